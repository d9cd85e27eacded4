import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { filterOf, refuseEmpty, type Asked } from './asked.ts';
import { chainNow, exportEntries } from './export.sql.ts';

/** What a caller asks for; `from` and `to` are days in the zone of the tenant, or instants, and the range is half-open. */
export type ExportQuery = Pick<
  Asked,
  'admin_user_id' | 'resource_type' | 'resource_id' | 'from' | 'to'
> & { readonly action?: string | undefined };

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
  const { action, ...rest } = query;
  const filter = filterOf({ ...rest, ...(action === undefined ? {} : { action: [action] }) });
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
