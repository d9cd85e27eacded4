import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ndjsonOf } from './ndjson.ts';

test('every line is one row, for any text', () => {
  const row = fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }));

  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const lines = ndjsonOf(rows).split('\n');

      expect(lines.pop()).toBe('');
      expect(lines).toEqual(rows.map((each) => JSON.stringify(each)));
    }),
  );
});

test('no rows are no lines', () => {
  expect(ndjsonOf([])).toBe('');
});
