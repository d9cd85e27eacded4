import { expect, test } from 'vitest';
import { isOwnInstant } from './cursor.ts';

test('a key that is an instant is one that exists, in the one form that a list gives out', () => {
  for (const real of [
    '2025-03-10T23:59:59.999999Z',
    '2024-02-29T00:00:00.000000Z',
    '0001-01-01T00:00:00.000000Z',
  ])
    expect(isOwnInstant(real)).toBe(true);
  for (const made of [
    '2025-02-30T00:00:00.000000Z',
    '2025-02-29T00:00:00.000000Z',
    '2025-04-31T00:00:00.000000Z',
    '2025-03-10T24:00:00.000000Z',
    '2025-03-10T23:60:00.000000Z',
    '2025-03-10T23:59:60.000000Z',
    '0000-01-01T00:00:00.000000Z',
    '2025-03-10T10:00:00.000Z',
    '2025-03-10T10:00:00.000000+00:00',
    20250310,
    null,
  ])
    expect(isOwnInstant(made)).toBe(false);
});
