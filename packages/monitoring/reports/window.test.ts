import { expect, test } from 'vitest';
import { lastDays, lastDaysByHour, lastHours, told, wholeHours } from './window.ts';

const now = new Date('2025-03-10T12:34:56.789Z');

test.each([
  ['24 hours in five minutes', lastHours(now, 24), '2025-03-09T12:30', '2025-03-10T12:35'],
  ['7 days in hours', lastDaysByHour(now, 7), '2025-03-03T12:00', '2025-03-10T13:00'],
  ['30 days in days', lastDays(now, 30), '2025-02-08T00:00', '2025-03-11T00:00'],
])('the last %s leave nothing out at either end', (_, window, from, to) => {
  expect(told(window)).toEqual({ from: `${from}:00.000Z`, to: `${to}:00.000Z` });
});

test('on the stroke of the hour, what begins just then is in the window', () => {
  const sharp = new Date('2025-03-10T12:00:00Z');

  expect(told(lastHours(sharp, 1))).toEqual({
    from: '2025-03-10T11:00:00.000Z',
    to: '2025-03-10T12:05:00.000Z',
  });
});

test('the whole hours of a window are those that lie in it', () => {
  expect(told(wholeHours(lastHours(now, 24)))).toEqual({
    from: '2025-03-09T13:00:00.000Z',
    to: '2025-03-10T12:00:00.000Z',
  });
});

test('a window without a whole hour is all edge', () => {
  const window = lastHours(new Date('2025-03-10T12:55:00Z'), 1);
  const short = { from: new Date('2025-03-10T12:05:00Z'), to: new Date('2025-03-10T12:59:00Z') };

  expect(told(wholeHours(window))).toEqual({
    from: '2025-03-10T12:00:00.000Z',
    to: '2025-03-10T13:00:00.000Z',
  });
  expect(wholeHours(short)).toEqual({ from: short.to, to: short.to });
});
