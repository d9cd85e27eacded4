import { expect, test } from 'vitest';
import { money, priceText, quantity } from './figures.ts';

test('dollars are to the cent, and less than half a cent is not nothing', () => {
  expect([0, 0.004_999, 0.005, 1_234.5].map(money)).toEqual(['0.00', '< 0.01', '0.01', '1,234.50']);
});

test('a count has the digits that count: three below a hundred, whole from there on', () => {
  expect([0, 0.123_4, 99.94, 100.4, 1_234_567.8].map(quantity)).toEqual([
    '0',
    '0.123',
    '99.9',
    '100',
    '1,234,568',
  ]);
});

test('a price is for one, for many, or for a million', () => {
  const price = { usd: 0.2, unit: 'request', source: '', isChecked: true };

  expect([1, 1_000, 1_000_000].map((per) => priceText({ ...price, per }))).toEqual([
    '0.20 / request',
    '0.20 / 1,000 requests',
    '0.20 / million requests',
  ]);
});
