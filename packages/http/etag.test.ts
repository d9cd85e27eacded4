import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { etagOf, matches } from './etag.ts';

const etag = etagOf(['a']);
const strong = etag.slice(2);

test('a tag is weak, of 22 characters, and the same for the same parts', () => {
  expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
  expect(etagOf(['a'])).toBe(etag);
});

test('parts do not run into each other', () => {
  const all = [
    ['ab', 'c'],
    ['a', 'bc'],
    ['abc'],
    ['abc', ''],
    ['', 'abc'],
    ['1:a'],
    ['a', '1:a'],
    [],
  ];

  expect(new Set(all.map(etagOf)).size).toBe(all.length);
});

test.each([
  [etag],
  [strong],
  ['*'],
  [' * '],
  [`"other", ${etag}`],
  [`${etag},"other"`],
  [` \t${strong} ,, W/"x,y" ,`],
  [`"", "!#~é", ${strong}`],
])('If-None-Match: %s names it', (header) => {
  expect(matches(header, etag)).toBe(true);
});

test.each([
  [undefined],
  [''],
  [','],
  ['"other"'],
  [strong.slice(1, -1)],
  [strong.slice(0, -1)],
  [`w/${strong}`],
  [`W/ ${strong}`],
  [`${etag} "other"`],
  [`${etag}"other"`],
  [`${etag}, other`],
  [`${etag}, *`],
  [`other, ${etag}`],
  [`"a b", ${etag}`],
])('If-None-Match: %s does not', (header) => {
  expect(matches(header, etag)).toBe(false);
});

test('any header at all is an answer, and only with the tag inside a yes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (header) => {
      expect(matches(header, etag)).toBe(header.trim() === '*');
    }),
  );
});
