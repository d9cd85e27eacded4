import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { isDay } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { chainNow, exportEntries } from './export.sql.ts';
import type { Edge } from './log.sql.ts';
import { anything, type EntryFilter } from './matching.sql.ts';

/** What a caller asks for; `from` and `to` are days in the zone of the tenant, or instants, and the range is half-open. */
export type ExportQuery = {
  readonly action?: string | undefined;
  readonly admin_user_id?: string | undefined;
  readonly resource_type?: string | undefined;
  readonly resource_id?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** An entry as it is exported. */
export type ExportedEntry = RowOf<typeof exportEntries.columns>;

/** What an export turned out to hold once it was read: how many entries, from where to where in the chain. */
export type Extent = {
  readonly rows: number;
  readonly first_seq: number | null;
  readonly last_seq: number | null;
  /** The hash of the last entry in it. */
  readonly last_hash: string | null;
};

/** The entries that an export holds: bounded by the head of the chain when it was opened, so that all who read it read the same. */
export type OpenExport = {
  readonly as_of: Date;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** Reads them from the first one on, part by part, as often as it is asked. */
  readonly parts: AsyncIterable<readonly ExportedEntry[]>;
  /** Of what was last read to its end. */
  readonly extent: () => Extent;
};

// Entries are small and may be large: 1,000 usual ones are 1 MB of text, and of large ones a part holds no more than 4 MB.
const partRows = 1_000;
const partBytes = 4_000_000;

const edgeOf = (text: string | undefined): Edge | null => {
  if (text === undefined) return null;
  return isDay(text) ? { day: text } : { instant: text };
};

const refuseEmpty = ({ from, to }: ExportQuery): void => {
  if (from === undefined || to === undefined || isDay(from) !== isDay(to)) return;
  if (from !== to && Date.parse(from) <= Date.parse(to)) return;
  throw new Failure(
    'invalid',
    'range-empty',
    `\`to\` (${to}) must be after \`from\` (${from}): the range is half-open`,
  );
};

const filterOf = (query: ExportQuery): EntryFilter => ({
  ...anything,
  actions: query.action === undefined ? null : [query.action],
  adminUserId: query.admin_user_id ?? null,
  resourceType: query.resource_type ?? null,
  resourceId: query.resource_id ?? null,
  from: edgeOf(query.from),
  to: edgeOf(query.to),
});

const nothing: Extent = { rows: 0, first_seq: null, last_seq: null, last_hash: null };

const extended = (extent: Extent, entries: readonly ExportedEntry[]): Extent => {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return extent;
  return {
    rows: extent.rows + entries.length,
    first_seq: extent.first_seq ?? first.seq,
    last_seq: last.seq,
    last_hash: last.hash,
  };
};

/** Opens an export of a tenant's audit, in the order of its chain; fails with `range-empty`. */
export const openExport = async (
  session: Session,
  tenantId: string,
  query: ExportQuery,
): Promise<OpenExport> => {
  refuseEmpty(query);
  const [now] = await session.query(chainNow, { tenantId });
  if (now === undefined) throw new Error('the head of a chain has no row');
  const { as_of, seq, hash } = now;
  const head = seq === null || hash === null ? null : { seq, hash };
  const last = head?.seq ?? 0;
  const filter = filterOf(query);
  let extent = nothing;
  const read = async function* () {
    let found = nothing;
    for (let after = 0; after < last;) {
      const ask = { tenantId, filter, after, last, limit: partRows, bytes: partBytes };
      const part: ExportedEntry[] = await session.query(exportEntries, ask);
      if (part.length === 0) break;
      yield part;
      found = extended(found, part);
      after = found.last_seq ?? last;
    }
    extent = found;
  };
  return {
    as_of,
    head,
    parts: { [Symbol.asyncIterator]: read },
    extent: () => extent,
  };
};
