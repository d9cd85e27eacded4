import { addDays, dayAt, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { aggregateNames, type AggregateSource, type Figure } from './aggregate.ts';

/** How many days that have ended are read again each time: product analytics goes on taking late events. */
export const daysAgain = 7;

/** What a metric's days hold afterwards. */
export type Replaced = {
  readonly written: number;
  readonly removed: number;
  readonly unknown: number;
};

/** Puts figures where the days of a metric are kept, replacing what those days held. */
export type Replace = (days: {
  readonly metric: string;
  readonly source: string;
  readonly from: Day;
  readonly to: Day;
  readonly figures: readonly Figure[];
}) => Promise<Replaced>;

/**
 * Reads every aggregate that may come back for the seven UTC days that ended before `slot`, and replaces what was kept of
 * them. Twice or late it is the same. One that fails keeps back none of the others, and fails the whole at the end.
 */
export const pull = async (
  source: AggregateSource,
  replace: Replace,
  slot: Date,
): Promise<Replaced> => {
  const to = dayAt(slot, 'UTC');
  const from = addDays(to, -daysAgain);
  const total = { written: 0, removed: 0, unknown: 0 };
  const failures: unknown[] = [];
  for (const metric of aggregateNames)
    try {
      const figures = await source.read(metric, { from, to });
      const done = await replace({ metric, source: source.name, from, to, figures });
      total.written += done.written;
      total.removed += done.removed;
      total.unknown += done.unknown;
    } catch (error) {
      failures.push(error);
    }
  if (failures.length === 0) return total;
  throw failures.length === 1
    ? failures[0]
    : new Failure('unavailable', 'aggregates-failed', `${failures.length} aggregates failed`, {
        cause: new AggregateError(failures),
      });
};
