import type { Day } from '@rookery/kernel/day';
import type { RowOf } from '@rookery/db/statement';
import type { Failure } from '@rookery/kernel/failure';
import { before, type Asked, type Fresh, type Keys, type ListAsk, type Range } from './ask.ts';
import type { spanColumns } from './fragment.sql.ts';
import type { OneAsk } from './one.sql.ts';
import type { SeriesAsk } from './series.sql.ts';

type SpanRow = RowOf<typeof spanColumns>;
type Run<A, R> = (ask: A) => Promise<readonly R[]>;

/** The range and freshness that every row of a report repeats. */
export const stampsOf = (row: SpanRow): { readonly range: Range; readonly fresh: Fresh } => ({
  range: { from: row.range_from, to: row.range_to, timezone: row.timezone },
  fresh: { as_of: row.as_of, complete_through: row.complete_through },
});

/** The first row of a report that always has one. */
export const firstOf = <R>([first]: readonly R[]): R => {
  if (first === undefined) throw new Error('a report without its first row');
  return first;
};

/** The rows of a page out of one more than it may have, and the keys of its last row when there are more. */
export const pageOf = <R>(
  rows: readonly R[],
  limit: number,
  keysOf: (row: R) => Keys,
): { readonly shown: readonly R[]; readonly next: Keys | null } => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next: rows.length > limit && last !== undefined ? keysOf(last) : null };
};

type ListRow = SpanRow & { readonly matching: number | null; readonly sort_key: number | null };

// The totals of the range before do not depend on the page: the smallest is read.
const noPage = { sort: undefined, limit: 0, after: null } as const;

/** Reads a page of entities with totals, and the totals of the range before when compared. */
export const readList = async <R extends ListRow, D extends object, F extends object>(
  run: Run<ListAsk, R>,
  ask: ListAsk & { readonly compare: boolean },
  shape: {
    readonly idsOf: (row: R) => readonly string[];
    readonly data: (row: R) => D;
    readonly figures: (row: R) => F;
  },
) => {
  const rows = await run(ask);
  const total = firstOf(rows);
  const stamps = stampsOf(total);
  const { shown, next } = pageOf(rows.slice(1), ask.page.limit, (last) => [
    last.sort_key ?? 0,
    ...shape.idsOf(last),
  ]);
  const previous = async () => {
    const earlier = firstOf(await run({ ...ask, range: before(stamps.range), page: noPage }));
    return { previous: { range: stampsOf(earlier).range, ...shape.figures(earlier) } };
  };
  return {
    body: {
      data: shown.map(shape.data),
      totals: { matching: total.matching ?? 0, ...shape.figures(total) },
      ...(ask.compare ? await previous() : {}),
    },
    ...stamps,
    next,
  };
};

type OneRow = SpanRow & { readonly period: string; readonly first_day: Day | null };

/**
 * Reads one entity: what is known of it, its figures in the range and over its life, and of the range before when
 * compared. Fails with what `missing` says when the tenant has no such entity.
 */
export const readOne = async <R extends OneRow, D extends object, F extends object>(
  run: Run<OneAsk, R>,
  ask: OneAsk & { readonly compare: boolean },
  shape: {
    readonly data: (row: R) => D;
    readonly figures: (row: R) => F;
    readonly missing: () => Failure;
  },
) => {
  const [life, inRange] = await run(ask);
  if (life === undefined || inRange === undefined || life.first_day === null) throw shape.missing();
  const stamps = stampsOf(life);
  const previous = async () => {
    const [, earlier] = await run({ ...ask, range: before(stamps.range) });
    if (earlier === undefined) throw shape.missing();
    return { previous: { range: stampsOf(earlier).range, ...shape.figures(earlier) } };
  };
  return {
    body: {
      data: { ...shape.data(life), ...shape.figures(inRange), lifetime: shape.figures(life) },
      ...(ask.compare ? await previous() : {}),
    },
    ...stamps,
  };
};

type SeriesRow = SpanRow & {
  readonly exists: boolean;
  readonly bucket_from: Day | null;
  readonly bucket_to: Day | null;
  readonly mature: boolean | null;
};

/** Reads a series with its totals, and that of the range before when compared. `missing` as with `readOne`. */
export const readSeries = async <R extends SeriesRow, F extends object>(
  run: Run<SeriesAsk, R>,
  ask: SeriesAsk & { readonly compare: boolean },
  shape: { readonly figures: (row: R) => F; readonly missing: () => Failure },
) => {
  const read = async (range: Asked) => {
    const rows = await run({ ...ask, range });
    const total = firstOf(rows);
    if (!total.exists && ask.entity !== null) throw shape.missing();
    const data = rows.flatMap((row) => {
      const { bucket_from: from, bucket_to: to, mature } = row;
      if (from === null || to === null || mature === null) return [];
      return [{ from, to, mature, ...shape.figures(row) }];
    });
    return { data, totals: shape.figures(total), stamps: stampsOf(total) };
  };
  const { data, totals, stamps } = await read(ask.range);
  const previous = async () => {
    const earlier = await read(before(stamps.range));
    const { range } = earlier.stamps;
    return { previous: { range, totals: earlier.totals, data: earlier.data } };
  };
  return {
    body: {
      data,
      totals,
      interval: ask.interval,
      ...(ask.compare ? await previous() : {}),
    },
    ...stamps,
  };
};
