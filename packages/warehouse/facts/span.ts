import type { Day } from '@rookery/kernel/day';

/** The first and the last of some days; null when there are none. */
export type Span = { readonly first: Day | null; readonly last: Day | null };

/**
 * The bounds of some days, to be named in a statement beside `day = any(days)`: a bound lets Postgres leave out
 * partitions in a prepared plan, an array parameter does not (Postgres 18).
 */
export const spanOf = (days: readonly Day[]): Span => {
  const sorted = days.toSorted();
  return { first: sorted[0] ?? null, last: sorted.at(-1) ?? null };
};
