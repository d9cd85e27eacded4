import { Failure } from '@rookery/kernel/failure';
import type { Cadence } from '../topology.ts';
import { assumed } from './assumptions.ts';

const hour = 60;
const day = 24 * hour;
const week = 7 * day;

const valuesOf = (field: string, all: number): readonly number[] =>
  field === '*' ? Array.from({ length: all }, (_, nth) => nth) : [Number(field)];

/**
 * The minutes of a week, from Sunday 00:00 on, at which a cadence fires. One that names a day of the month or a month is no
 * matter of weeks and fails with `cadence-unpriced`.
 */
export const firingsOfWeek = (cadence: Cadence | 'off'): readonly number[] => {
  if (cadence === 'off') return [];
  if ('everyMinutes' in cadence)
    return Array.from(
      { length: week / cadence.everyMinutes },
      (_, nth) => nth * cadence.everyMinutes,
    );
  const [minute = '', hours = '', dayOfMonth, month, weekday = ''] = cadence.cron.split(' ');
  if (dayOfMonth !== '*' || month !== '*')
    throw new Failure(
      'invalid',
      'cadence-unpriced',
      `the cost model counts by weeks and cannot price ${cadence.cron}: teach infra/cost/cadence.ts months`,
    );
  // Sunday is 0, and 7 as well.
  const days = valuesOf(weekday === '7' ? '0' : weekday, week / day);
  return days.flatMap((nth) =>
    valuesOf(hours, day / hour).flatMap((at) =>
      valuesOf(minute, hour).map((more) => nth * day + at * hour + more),
    ),
  );
};

const weeksOfMonth = () => (assumed('monthHours') * hour) / week;

/** How often a cadence fires in a month. */
export const firingsOfMonth = (cadence: Cadence | 'off'): number =>
  firingsOfWeek(cadence).length * weeksOfMonth();

/**
 * The hours of a month in which a database is awake that is woken at these minutes of each week, and sleeps when it was idle
 * for long enough: a union of intervals of one length, so each lasts until the next begins, or for its whole length.
 */
export const awakeHours = (wakes: readonly number[]): number => {
  const starts = [...new Set(wakes)].toSorted((a, b) => a - b);
  const [first] = starts;
  if (first === undefined) return 0;
  const length = assumed('busyMinutes') + assumed('suspendMinutes');
  const minutes = starts.reduce(
    (sum, start, nth) => sum + Math.min((starts[nth + 1] ?? first + week) - start, length),
    0,
  );
  return (minutes * weeksOfMonth()) / hour;
};
