import { expect, test } from 'vitest';
import { asciiJson, asciiJsonBytes, inMarkup, isPlain, isStorable } from './text.ts';

test.each([
  ['Müller 🐦', true, true],
  ['', true, true],
  ['tab\t', false, true],
  ['del\x7f', false, true],
  ['nul\0', false, false],
  ['half \ud83d', false, false],
  ['half \udc26', false, false],
])('%j: plain is %j, storable is %j', (text, plain, storable) => {
  expect([isPlain(text), isStorable(text)]).toEqual([plain, storable]);
});

test('every UTF-16 unit and every pair reads back from ASCII', () => {
  const units = Array.from({ length: 65_536 }, (_, unit) => String.fromCharCode(unit));
  const value = { [units.join(' ')]: ['🐦', units.join('')] };
  const text = asciiJson(value);

  expect(text).toMatch(/^[\x20-\x7e]*$/);
  expect(text.length).toBe(asciiJsonBytes(value));
  expect(JSON.parse(text)).toEqual(value);
});

test('in markup no text opens a tag, ends an attribute or begins an entity', () => {
  expect(inMarkup(`<a href="x" id='y'>&amp; ü</a>`)).toBe(
    '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp; ü&lt;/a&gt;',
  );
});
