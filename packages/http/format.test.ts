import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { chooseFormat, contentTypes, formats } from './format.ts';

test.each([
  [undefined, 'json'],
  ['', 'json'],
  [' \t', 'json'],
  ['*/*', 'json'],
  ['application/*', 'json'],
  ['application/json', 'json'],
  ['Application/JSON; Charset="UTF-8"', 'json'],
  ['text/csv', 'csv'],
  ['TEXT/CSV', 'csv'],
  ['text/*', 'csv'],
  ['text/csv;header=present', 'csv'],
  ['text/csv;header=present;q=0.5, application/json;q=0.4', 'csv'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  // q is what counts, not the order.
  ['application/json;q=0.5, text/csv', 'csv'],
  ['application/json;q=0.5, text/csv;q=0.501', 'csv'],
  ['text/csv;q=0.4,application/json;q=0.5', 'json'],
  ['text/csv ; q=0.4 , application/json ; Q=0.5', 'json'],
  // Alike in weight: named more closely, then JSON.
  ['text/csv, application/json', 'json'],
  ['text/csv, */*', 'csv'],
  ['text/*, */*', 'csv'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'json'],
  ['application/json, text/plain, */*', 'json'],
  // The closest range decides, even to the contrary.
  ['*/*, application/json;q=0', 'csv'],
  ['application/json;q=0, text/*;q=0, */*;q=0.1', 'ndjson'],
  ['application/json;q=0.2, */*;q=0.1', 'json'],
  ['text/csv;header=present;q=0, text/csv, application/json;q=0.1', 'json'],
  ['application/x-ndjson;q=0, application/json;q=0.1', 'json'],
  // What is malformed or unknown is passed over.
  ['text/csv;q=2, application/json;q=0.1', 'json'],
  ['text/csv;q=0.1234, application/json;q=0.1', 'json'],
  ['text/csv;q=, application/json;q=0.1', 'json'],
  ['csv, ,, text/csv', 'csv'],
  ['text/csv;columns="a,b;c=\\"d"', 'csv'],
  ['text/csv;;q=1;', 'csv'],
  ['text/csv;q=0.1, text/csv, application/json;q=0.5', 'csv'],
  ['text/csv;x="', 'csv'],
])('Accept: %s is answered as %s', (accept, format) => {
  expect(chooseFormat({ accept })).toBe(format);
});

test.each([
  'text/html',
  '*/*;q=0',
  'application/json;q=0',
  'text/csv;header=absent',
  'application/json;charset=utf-16',
  'application/problem+json',
  'json',
  '*',
  'text/csv;q=1.1',
  'text/html;x="\\", text/csv, "',
  '"',
])('Accept: %s cannot be answered, and the types that can are named', (accept) => {
  expect(() => chooseFormat({ accept })).toThrow(
    expect.objectContaining({
      code: 'not-acceptable',
      message: expect.stringContaining('application/json, text/csv, application/x-ndjson'),
    }),
  );
});

test('the suffix of the path goes before Accept', () => {
  for (const format of formats)
    expect(chooseFormat({ suffix: `.${format}`, accept: 'text/html' })).toBe(format);
});

test('what is not offered is not chosen, by no way', () => {
  const offered = ['json'] as const;

  expect(chooseFormat({ accept: 'text/csv, */*;q=0.1', offered })).toBe('json');
  expect(() => chooseFormat({ accept: 'text/csv', offered })).toThrow(
    /comes as application\/json;/,
  );
  expect(() => chooseFormat({ suffix: '.csv', offered })).toThrow(Failure);
  expect(() => chooseFormat({ suffix: '.xml' })).toThrow(Failure);
});

const pieces = 'text csv application/json * / , ; = q 0 . 1 " \\ é'.split(' ');
const scrap = fc.constantFrom(...pieces, ' ', '\t', '\0');
const scraps = fc.array(scrap, { maxLength: 40 }).map((all) => all.join(''));

const outcome = (accept: string): string => {
  try {
    return chooseFormat({ accept });
  } catch (error) {
    if (error instanceof Failure && error.kind === 'invalid') return error.code;
    throw error;
  }
};

test('any Accept at all leads to a format or to not-acceptable', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), scraps), (accept) => {
      expect([...formats, 'not-acceptable']).toContain(outcome(accept));
    }),
  );
});

test('every type says its charset, and CSV that it has a row of names', () => {
  for (const format of formats) expect(contentTypes[format]).toContain('; charset=utf-8');
  expect(contentTypes.csv).toContain('; header=present');
});
