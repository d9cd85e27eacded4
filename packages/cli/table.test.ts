import { expect, test } from 'vitest';
import { shown, table } from './table.ts';

test('numbers stand to the right, names to the left, unknown is a dash, the total below a rule', () => {
  const text = table(
    ['tenant', 'sent', 'health'],
    [
      ['a', 5, null],
      ['bee', 83_083, 71.5],
    ],
    ['total', 83_088, null],
  );

  expect(text.split('\n')).toEqual([
    'tenant    sent  health',
    '──────────────────────',
    'a            5       –',
    'bee     83,083    71.5',
    '──────────────────────',
    'total   83,088       –',
  ]);
});

test('zero is a measurement, null is not', () => {
  expect([shown(0), shown(null), shown(false)]).toEqual(['0', '–', 'false']);
});
