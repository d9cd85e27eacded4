import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayAt, daysBetween, daysIn, isDay, isZone, parseDay } from './day.ts';

const day = fc
  .date({ min: new Date('1970-01-01Z'), max: new Date('2099-12-31Z'), noInvalidDate: true })
  .map((date) => parseDay(date.toISOString().slice(0, 10)));

test.each([
  ['2025-02-28', true],
  ['2025-02-29', false],
  ['2024-02-29', true],
  ['1900-02-29', false],
  ['2025-13-01', false],
  ['2025-1-1', false],
  ['2025-01-01T00:00:00Z', false],
  ['', false],
])('%s is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});

test('what is no day is refused with the way to write one', () => {
  expect(() => parseDay('2025-02-29')).toThrow('"2025-02-29" is not a day; write it as YYYY-MM-DD');
});

test('adding days and counting them are each other’s inverse', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -5_000, max: 5_000 }), (from, count) => {
      expect(daysBetween(from, addDays(from, count))).toBe(count);
    }),
  );
});

test('a range holds its first day and not its end', () => {
  expect(daysIn(parseDay('2024-02-28'), parseDay('2024-03-01'))).toEqual([
    '2024-02-28',
    '2024-02-29',
  ]);
  expect(daysIn(parseDay('2024-03-01'), parseDay('2024-02-28'))).toEqual([]);
});

test.each([
  ['2025-03-29T22:59:59.999Z', 'Europe/Berlin', '2025-03-29'],
  ['2025-03-29T23:00:00.000Z', 'Europe/Berlin', '2025-03-30'],
  ['2025-03-30T21:59:59.999Z', 'Europe/Berlin', '2025-03-30'],
  ['2025-03-30T22:00:00.000Z', 'Europe/Berlin', '2025-03-31'],
  ['2025-04-06T13:29:59.999Z', 'Australia/Lord_Howe', '2025-04-06'],
  ['2025-04-06T13:30:00.000Z', 'Australia/Lord_Howe', '2025-04-07'],
  // Samoa had no 30th of December 2011.
  ['2011-12-30T09:59:59.999Z', 'Pacific/Apia', '2011-12-29'],
  ['2011-12-30T10:00:00.000Z', 'Pacific/Apia', '2011-12-31'],
])('%s in %s is %s', (instant, zone, expected) => {
  expect(dayAt(new Date(instant), zone)).toBe(expected);
});

test.each([
  ['UTC', true],
  ['Etc/UTC', true],
  ['Europe/Berlin', true],
  ['+02:00', false],
  ['Mars/Olympus', false],
  ['', false],
])('"%s" is a zone: %s', (zone, is) => {
  expect(isZone(zone)).toBe(is);
});

test('no day can be told in a zone that is none', () => {
  expect(() => dayAt(new Date(0), 'Mars/Olympus')).toThrow(
    '"Mars/Olympus" is not an IANA time zone',
  );
});
