import { expect, test } from 'vitest';
import { parseDay } from '@rookery/kernel/day';
import { elapsedShare, fullDaysOf, projectedOf, reachesOn, shareOf } from './period-pace.ts';

// March 2025 in Berlin: 31 days, one of them of 23 hours.
const march = {
  first_day: parseDay('2025-03-01'),
  end_day: parseDay('2025-04-01'),
  period_start: new Date('2025-02-28T23:00:00Z'),
  period_end: new Date('2025-03-31T22:00:00Z'),
  timezone: 'Europe/Berlin',
};
const at = (as_of: string, complete_through: string | null = as_of) => ({
  as_of: new Date(as_of),
  complete_through: complete_through === null ? null : new Date(complete_through),
});
const sent = (fullDays: number, fullDaysSent: number, used = fullDaysSent) => ({
  fullDays,
  fullDaysSent,
  used,
});

test.each([
  ['2025-02-28T22:00:00Z', 0],
  ['2025-02-28T23:00:00Z', 0],
  // 371.5 of 743 hours.
  ['2025-03-16T10:30:00Z', 0.5],
  ['2025-03-31T22:00:00Z', 1],
  ['2025-04-02T00:00:00Z', 1],
])('at %s the share %f of the period is over', (now, share) => {
  expect(elapsedShare(march, new Date(now))).toBe(share);
});

test.each([
  ['2025-03-01T22:59:59.999Z', 0],
  ['2025-03-01T23:00:00.000Z', 1],
  ['2025-03-30T21:59:59.999Z', 29],
  ['2025-03-30T22:00:00.000Z', 30],
  ['2025-03-31T21:59:59.999Z', 30],
  ['2025-03-31T22:00:00.000Z', 31],
  ['2025-04-09T00:00:00.000Z', 31],
  ['2025-02-20T00:00:00.000Z', 0],
])('complete through %s, %i days are full', (through, days) => {
  expect(fullDaysOf(march, at('2025-04-30T00:00:00Z', through))).toBe(days);
});

test('a day is not full before it is over, whatever is complete, nor while nothing is', () => {
  expect(fullDaysOf(march, at('2025-03-05T12:00:00Z', '2025-03-20T00:00:00Z'))).toBe(4);
  expect(fullDaysOf(march, at('2025-03-05T12:00:00Z', null))).toBe(0);
});

test('each day to come is taken to be like the average full one', () => {
  expect(projectedOf(march, sent(0, 0, 70))).toBeNull();
  expect(projectedOf(march, sent(1, 100, 170))).toBe(3_100);
  // 40 × 31 / 3 = 413.33
  expect(projectedOf(march, sent(3, 40))).toBe(413);
  expect(projectedOf(march, sent(31, 500))).toBe(500);
  expect(projectedOf(march, sent(5, 0, 0))).toBe(0);
});

test('a projection is never below what was sent already', () => {
  expect(projectedOf(march, sent(1, 1, 1_000))).toBe(1_000);
});

test.each([
  // 10 a day: the 100th e-mail is the last of the 10th day, and the 101st the first of the 11th.
  [100, '2025-03-10'],
  [101, '2025-03-11'],
  [310, '2025-03-31'],
  [311, null],
])('at 10 a day a quota of %i is reached on %s', (quota, day) => {
  expect(reachesOn(march, sent(3, 30), quota, parseDay('2025-03-04'))).toBe(day);
});

test('a quota that is not reached yet is reached today at the earliest', () => {
  // By the pace of two full days it was due on the 5th; it is the 9th.
  expect(reachesOn(march, sent(2, 20), 45, parseDay('2025-03-09'))).toBe('2025-03-09');
});

test('without a pace nothing is known of the day', () => {
  expect(reachesOn(march, sent(0, 0, 5), 10, parseDay('2025-03-01'))).toBeNull();
  expect(reachesOn(march, sent(4, 0), 10, parseDay('2025-03-05'))).toBeNull();
});

test('a share of what is unknown is unknown, and one of nothing is 0', () => {
  expect([shareOf(null, 3), shareOf(0, 3), shareOf(1, 3), shareOf(4, 3)]).toEqual([
    null,
    0,
    0.3333,
    1.3333,
  ]);
});
