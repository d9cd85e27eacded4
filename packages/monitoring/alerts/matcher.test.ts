import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matcherFault, matches, type Matcher } from './matcher.ts';
import { wholePattern } from './pattern.ts';

const one = (op: Matcher['op'], value: string, label = 'host'): Matcher => ({ label, op, value });

test('a label that is not there has the empty value, whatever else objects have', () => {
  expect(matches([one('=', '')], {})).toBe(true);
  expect(matches([one('!=', 'a')], {})).toBe(true);
  expect(matches([one('=~', 'a?')], {})).toBe(true);
  expect(matches([one('!~', '.+')], {})).toBe(true);
  expect(matches([one('=', '', 'constructor')], {})).toBe(true);
});

test('all matchers have to agree, and none agree with all', () => {
  expect(matches([], { host: 'a' })).toBe(true);
  expect(matches([one('=', 'a'), one('=', 'b', 'zone')], { host: 'a', zone: 'b' })).toBe(true);
  expect(matches([one('=', 'a'), one('=', 'b', 'zone')], { host: 'a', zone: 'c' })).toBe(false);
});

test('a pattern is about the whole value', () => {
  expect(matches([one('=~', 'web')], { host: 'web1' })).toBe(false);
  expect(matches([one('=~', 'web.*|db')], { host: 'web1' })).toBe(true);
  expect(matches([one('=~', 'web.*|db')], { host: 'xdb' })).toBe(false);
  expect(matches([one('=~', '^web1$')], { host: 'web1' })).toBe(true);
});

const atoms = ['a', 'b', '.', '\\d', '[ab]', '[^a]', '[a-c0]', '(a|b)', '(?:ab|a)', '(a*)', '(|b)'];
const piece = fc
  .tuple(
    fc.constantFrom(...atoms),
    fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'),
  )
  .map((parts) => parts.join(''));
const patterns = fc
  .array(
    fc.array(piece, { maxLength: 4 }).map((parts) => parts.join('')),
    { minLength: 1, maxLength: 3 },
  )
  .map((ways) => ways.join('|'));
const values = fc
  .array(fc.constantFrom('a', 'b', 'c', '0', '-'), { maxLength: 8 })
  .map((s) => s.join(''));

test('of 20,000 random patterns and values each is decided as the engine of JavaScript decides it', () => {
  fc.assert(
    fc.property(patterns, values, (pattern, value) => {
      expect(wholePattern(pattern)(value)).toBe(new RegExp(`^(?:${pattern})$`, 'u').test(value));
    }),
    { numRuns: 20_000 },
  );
});

test('a pattern that takes other engines for ever is decided at once', () => {
  const value = `${'a'.repeat(500)}!`;
  for (const pattern of ['(a+)+', '(a|a)*', '((((a*)*)*)*)*', '(a|aa)+', 'a*a*a*a*a*a*a*a*b']) {
    const began = performance.now();
    expect(wholePattern(pattern)(value)).toBe(false);
    expect(performance.now() - began).toBeLessThan(2_000);
  }
});

test('what cannot be used is refused in words', () => {
  const refused = [
    '(a',
    'a)',
    '[a',
    '*a',
    'a**',
    '(?=a)',
    '(?i)a',
    'a\\',
    '\\1',
    '[b-a]',
    'a{60}',
    'a{3,2}',
    'a'.repeat(201),
  ];
  for (const pattern of [...refused, '((a{50}){50}){50}'])
    expect(matcherFault(one('=~', pattern))).toContain('pattern-invalid');
  expect(matcherFault(one('=', '(a'))).toBeNull();
  expect(matcherFault(one('=~', 'web-[0-9]+'))).toBeNull();
  expect(matcherFault(one('=', 'a', ''))).toContain('label');
  expect(matcherFault({ ...one('=', 'a'), op: '==' as '=' })).toContain('==');
});
