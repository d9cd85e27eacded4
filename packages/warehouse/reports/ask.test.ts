import { expect, test } from 'vitest';
import { addDays, parseDay } from '@rookery/kernel/day';
import { asked, before, keysOf, longest, orderOf } from './ask.ts';

const from = parseDay('2025-03-01');
const now = new Date('2025-03-10T12:00:00Z');
const until = (days: number) => ({ query: { from, to: addDays(from, days) }, now });
const since = (days: number) => ({ query: { from: addDays(parseDay('2025-03-12'), -days) }, now });

test.each([
  ['by days', 'day', longest.byDay],
  ['by weeks', 'week', longest.days],
  ['as a whole', undefined, longest.days],
] as const)('a range %s is as long as it may be and not a day longer', (_title, interval, most) => {
  expect(() => asked(until(most), interval)).not.toThrow();
  expect(() => asked(until(most + 1), interval)).toThrow(/are the most/);
});

test('a range without an end is held against tomorrow where it comes first', () => {
  expect(() => asked(since(longest.byDay), 'day')).not.toThrow();
  expect(() => asked(since(longest.byDay + 1), 'day')).toThrow(/are the most/);
});

test.each([0, -1])('a range of %i days is empty', (days) => {
  expect(() => asked(until(days))).toThrow(/must be after/);
});

test('the range before is as long and ends where this one starts', () => {
  const range = { from, to: parseDay('2025-03-08'), timezone: 'UTC' };
  expect(before(range)).toEqual({ from: '2025-02-22', to: '2025-03-01' });
});

test('an order is one of those there are', () => {
  expect(orderOf<string>('-sent', { sent: 'x', id: 'y' }, 'id')).toEqual({
    by: 'x',
    descending: true,
  });
  expect(orderOf<string>(undefined, { sent: 'x', id: 'y' }, 'id')).toEqual({
    by: 'y',
    descending: false,
  });
  expect(() => orderOf('colour', { id: 'y' }, 'id')).toThrow(/cannot sort/);
});

test.each([[[]], [['a', 'b']], [[1]], [[1, 2]], [[1, 'a', 'b']]])(
  'keys %j are not of a list with one identifier',
  (keys) => {
    expect(() => keysOf(keys, 1)).toThrow(/not one of this list/);
  },
);
