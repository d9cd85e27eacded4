import { addDays, dayAt, daysBetween, type Day } from '@rookery/kernel/day';
import type { Fresh } from './ask.ts';

/** The bounds of a billing period, as days of its zone and as instants. */
export type Bounds = {
  readonly first_day: Day;
  readonly end_day: Day;
  readonly period_start: Date;
  readonly period_end: Date;
  readonly timezone: string;
};

/** What e-mails did so far in a period: on its first full days, and up to now. */
export type SoFar = {
  readonly fullDays: number;
  readonly fullDaysSent: number;
  readonly used: number;
};

const fourDecimals = (value: number): number => Math.round(value * 1e4) / 1e4;
const within = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);

/** A share to four decimals; null when what is used is unknown. */
export const shareOf = (used: number | null, quota: number): number | null =>
  used === null ? null : fourDecimals(used / quota);

/** How much of the time of a period is over, 0 to 1 to four decimals: a day of 23 hours is shorter than others. */
export const elapsedShare = ({ period_start, period_end }: Bounds, now: Date): number => {
  const whole = period_end.getTime() - period_start.getTime();
  return fourDecimals(within((now.getTime() - period_start.getTime()) / whole, 0, 1));
};

/** How many days at the start of a period are over, with every change up to their end in the facts. */
export const fullDaysOf = (
  { first_day, end_day, timezone }: Bounds,
  { as_of, complete_through }: Fresh,
): number => {
  if (complete_through === null) return 0;
  const known = complete_through < as_of ? complete_through : as_of;
  return within(daysBetween(first_day, dayAt(known, timezone)), 0, daysBetween(first_day, end_day));
};

/**
 * The e-mails of a whole period when each day that is not full yet is like the average full one, rounded, and never
 * fewer than there are; null before the first full day.
 */
export const projectedOf = (
  { first_day, end_day }: Bounds,
  { fullDays, fullDaysSent, used }: SoFar,
): number | null => {
  if (fullDays === 0) return null;
  const days = daysBetween(first_day, end_day);
  return Math.max(used, Math.round((fullDaysSent * days) / fullDays));
};

/**
 * The day on which the e-mails of a period will reach a quota that they have not reached, at the average of its full
 * days: today at the earliest. Null when that is after the period, or nothing is known of the pace.
 */
export const reachesOn = (
  { first_day, end_day }: Bounds,
  { fullDays, fullDaysSent }: SoFar,
  quota: number,
  today: Day,
): Day | null => {
  if (fullDaysSent === 0) return null;
  // Multiplied first: a quota that is met by the end of a day is met on that day, whatever the average rounds to.
  const daysNeeded = Math.ceil((quota * fullDays) / fullDaysSent);
  if (daysNeeded > daysBetween(first_day, end_day)) return null;
  const reached = addDays(first_day, daysNeeded - 1);
  return reached < today ? today : reached;
};
