import { addDays, dayAt, daysBetween, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';

/** The days a caller named; what is left out is filled in by the tenant's calendar. */
export type Asked = { readonly from: Day | null; readonly to: Day | null };

/** Half-open days `[from, to)` in the zone of the tenant. */
export type Range = { readonly from: Day; readonly to: Day; readonly timezone: string };

/** Where a page starts: the sort key and the identifiers of the last row before it. */
export type Keys = readonly (string | number)[];

/** One page of a list: the order, how many rows, and after which. */
export type Page = {
  readonly sort: string | undefined;
  readonly limit: number;
  readonly after: Keys | null;
};

/** When facts were read, and up to when they are complete. */
export type Fresh = { readonly as_of: Date; readonly complete_through: Date | null };

/** How a series is cut; the most buckets one answer may have. */
export type Interval = 'day' | 'week' | 'month';

/** The longest range an answer covers, in days: ten years; and by single days two. */
export const longest = { days: 3_660, byDay: 732 } as const;

/** A query with a range, and when it came: what is left out of the range ends with tomorrow. */
export type Ranging = {
  readonly query: { readonly from?: Day | undefined; readonly to?: Day | undefined };
  readonly now: Date;
};

// The zone in which a day begins first: nowhere is tomorrow later.
const easternmost = 'Pacific/Kiritimati';

/**
 * The days asked for, checked: fails with `range-empty` when the end is not after the start and with `range-too-long`.
 * Without a start the range is the 30 days before its end; without an end it lasts until tomorrow, wherever the tenant is.
 */
export const asked = ({ query, now }: Ranging, interval?: Interval): Asked => {
  const { from = null, to = null } = query;
  if (from === null) return { from, to };
  if (to !== null && to <= from)
    throw new Failure(
      'invalid',
      'range-empty',
      `\`to\` (${to}) must be after \`from\` (${from}): the range is half-open`,
    );
  const days = daysBetween(from, to ?? addDays(dayAt(now, easternmost), 1));
  const most = interval === 'day' ? longest.byDay : longest.days;
  if (days > most)
    throw new Failure(
      'invalid',
      'range-too-long',
      interval === 'day'
        ? `${days} days are asked for and ${most} are the most by single days; take interval=week or a shorter range`
        : `${days} days are asked for and ${most} are the most; take a shorter range`,
    );
  return { from, to };
};

/** A query with a range that may be compared. */
export type Comparing = Ranging & {
  readonly query: { readonly compare?: 'previous' | undefined };
};

/** The days asked for as with `asked`, and whether the range before is wanted as well. */
export const compared = (
  ask: Comparing,
  interval?: Interval,
): { readonly range: Asked; readonly compare: boolean } => ({
  range: asked(ask, interval),
  compare: ask.query.compare === 'previous',
});

/** The ask of a query with a range and nothing else to choose; fails as `asked` does. */
export const ranged = (ask: Comparing & { readonly tenantId: string }) => ({
  tenantId: ask.tenantId,
  ...compared(ask),
});

/** The ask of a query for a series; fails as `asked` does. */
export const bucketed = (
  ask: Comparing & { readonly tenantId: string; readonly query: { readonly interval: Interval } },
) => ({
  tenantId: ask.tenantId,
  interval: ask.query.interval,
  ...compared(ask, ask.query.interval),
});

/** One page of entities over a range. What is null or undefined does not filter. */
export type ListAsk = {
  readonly tenantId: string;
  readonly range: Asked;
  readonly page: Page;
  /** The entities, by the first of their identifiers. */
  readonly only: readonly string[] | null;
  readonly companyIds: readonly string[] | null;
  /** What is known of an entity, and the values it may have. */
  readonly where: Readonly<Record<string, readonly string[] | undefined>>;
};

/** An ask for everything, as examples and comparisons start from. */
export const everything = (tenantId: string, range: Asked): ListAsk => ({
  tenantId,
  range,
  page: { sort: undefined, limit: 50, after: null },
  only: null,
  companyIds: null,
  where: {},
});

/** A query for a page of entities, and the keys it goes on after. */
export type Listing = Comparing & {
  readonly tenantId: string;
  readonly query: {
    readonly sort?: string | undefined;
    readonly limit: number;
    readonly company_id?: readonly string[] | undefined;
  };
  readonly after: Keys | null;
};

/** The ask of a list's query: its page, its range, and the filters that are named; fails as `asked` does. */
export const listed = (
  ask: Listing,
  only: readonly string[] | undefined,
  where: ListAsk['where'] = {},
): ListAsk & { readonly compare: boolean } => ({
  tenantId: ask.tenantId,
  ...compared(ask),
  page: { sort: ask.query.sort, limit: ask.query.limit, after: ask.after },
  only: only ?? null,
  companyIds: ask.query.company_id ?? null,
  where,
});

/** The range of equal length just before. */
export const before = ({ from, to }: Range): Asked => ({
  from: addDays(from, -daysBetween(from, to)),
  to: from,
});

/** The order a caller chose among the sortable columns; fails with `request-malformed` for another. */
export const orderOf = <K extends string>(
  sort: string | undefined,
  sortable: Readonly<Record<K, string>>,
  usual: K,
): { readonly by: string; readonly descending: boolean } => {
  const descending = sort?.startsWith('-') ?? false;
  const name = sort === undefined ? usual : descending ? sort.slice(1) : sort;
  const found = Object.entries<string>(sortable).find(([key]) => key === name);
  if (found === undefined)
    throw new Failure('invalid', 'request-malformed', `cannot sort by "${name}"`);
  return { by: found[1], descending };
};

/** The keys of a cursor as a list with one sort key and `count` identifiers has them; fails with `cursor-malformed`. */
export const keysOf = (
  keys: Keys,
  count: number,
): { readonly key: number; readonly ids: readonly string[] } => {
  const [key, ...rest] = keys;
  const ids = rest.filter((id) => typeof id === 'string');
  if (typeof key !== 'number' || rest.length !== count || ids.length !== count)
    throw new Failure(
      'invalid',
      'cursor-malformed',
      'the cursor is not one of this list; start again without it',
    );
  return { key, ids };
};
