import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween, parseDay } from './day.ts';
import { periodOf } from './period.ts';

const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((count) => addDays(parseDay('1990-01-01'), count));
const anchor = fc.integer({ min: 1, max: 31 });

test.each([
  ['2025-03-10', 1, '2025-03-01', '2025-04-01'],
  ['2025-03-14', 15, '2025-02-15', '2025-03-15'],
  ['2025-03-15', 15, '2025-03-15', '2025-04-15'],
  ['2025-02-27', 31, '2025-01-31', '2025-02-28'],
  ['2025-02-28', 31, '2025-02-28', '2025-03-31'],
  ['2024-02-28', 31, '2024-01-31', '2024-02-29'],
  ['2024-02-29', 30, '2024-02-29', '2024-03-30'],
  ['2025-12-31', 31, '2025-12-31', '2026-01-31'],
  ['2026-01-30', 31, '2025-12-31', '2026-01-31'],
])('%s with anchor %i is in [%s, %s)', (held, on, first, end) => {
  expect(periodOf(parseDay(held), on)).toEqual({ first, end });
});

test('every day is in its period, and so is every other day of that period', () => {
  fc.assert(
    fc.property(day, anchor, (held, on) => {
      const period = periodOf(held, on);

      expect(period.first <= held && held < period.end).toBe(true);
      expect(periodOf(period.first, on)).toEqual(period);
      expect(periodOf(addDays(period.end, -1), on)).toEqual(period);
    }),
  );
});

test('periods follow each other without gap or overlap and are 28 to 31 days long', () => {
  fc.assert(
    fc.property(day, anchor, (held, on) => {
      const { first, end } = periodOf(held, on);

      expect(periodOf(end, on).first).toBe(end);
      expect(periodOf(addDays(first, -1), on).end).toBe(first);
      expect(daysBetween(first, end)).toBeGreaterThanOrEqual(28);
      expect(daysBetween(first, end)).toBeLessThanOrEqual(31);
    }),
  );
});

test.each([0, 32, 1.5, Number.NaN])('%d is no anchor', (on) => {
  expect(() => periodOf(parseDay('2025-03-10'), on)).toThrow(/is not a day 1–31/);
});
