import { parseDay, type Day } from './day.ts';
import { Failure } from './failure.ts';

/** Billing days `[first, end)`: a month counted from the tenant's anchor day. */
export type Period = { readonly first: Day; readonly end: Day };

const lastOfMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

// A 31st anchor falls on the last day of shorter months, and returns to the 31st afterwards.
const anchored = (year: number, month: number, anchor: number): Day => {
  const start = new Date(Date.UTC(year, month, 1));
  start.setUTCDate(Math.min(anchor, lastOfMonth(start.getUTCFullYear(), start.getUTCMonth())));
  return parseDay(start.toISOString().slice(0, 10));
};

/**
 * The billing period that holds `day` for a tenant whose periods start on day `anchor` (1–31) of the month.
 * Fails with `anchor-malformed`.
 */
export const periodOf = (day: Day, anchor: number): Period => {
  if (!Number.isInteger(anchor) || anchor < 1 || anchor > 31)
    throw new Failure('invalid', 'anchor-malformed', `billing anchor ${anchor} is not a day 1–31`);
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1;
  const here = anchored(year, month, anchor);
  return day >= here
    ? { first: here, end: anchored(year, month + 1, anchor) }
    : { first: anchored(year, month - 1, anchor), end: here };
};
