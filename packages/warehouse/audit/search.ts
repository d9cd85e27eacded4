import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import type { Keys } from '../reports/ask.ts';
import { freshNow } from '../reports/freshness.sql.ts';
import { firstOf } from '../reports/reading.ts';
import { filterOf, refuseEmpty, type Asked } from './asked.ts';
import { listEntries, lookAhead, type Spot, type WalkAsk } from './entries.sql.ts';
import { recordRead, type Committing, type Reader } from './log.ts';
import { isSlow } from './matching.sql.ts';

/** What a caller asks of the audit, and how it is to be answered. */
export type LogQuery = Asked & {
  readonly order?: 'newest' | 'oldest' | undefined;
  readonly limit: number;
};

// An instant as this list answers it; keys of a cursor are given back by callers.
const ownInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
// In CSV, within the answer of a Lambda, a quotation mark of JSON becomes four bytes; an answer may have 6 MB.
const mostBytes = 1_500_000;
// What no index answers is looked for entry by entry: in so many of 1 KB one word took 60 to 150 ms and five took 600 ms on
// two busy cores, in 300,000 of one tenant 1.3 s and 9 to 15 s (2026-11).
const examined = 20_000;

const startOf = (after: Keys | null): Spot | null => {
  if (after === null) return null;
  const [creationTime, id, ...rest] = after;
  if (
    typeof creationTime !== 'string' ||
    !ownInstant.test(creationTime) ||
    Number.isNaN(Date.parse(creationTime)) ||
    typeof id !== 'number' ||
    !Number.isSafeInteger(id) ||
    rest.length > 0
  )
    throw new Failure(
      'invalid',
      'cursor-malformed',
      'the cursor is not one of this list; start again without it',
    );
  return { creationTime, id };
};

const endOf = async (session: Session, walk: WalkAsk): Promise<Spot | null> => {
  if (!isSlow(walk.filter)) return null;
  const [found] = await session.query(lookAhead, { ...walk, entries: examined });
  return found === undefined ? null : { creationTime: found.creation_time, id: found.id };
};

/**
 * A page of the compliance audit of a tenant, the newest first unless asked otherwise. It ends early where its entries are
 * large, and where values had to be looked through, so that it may even be empty though `next` goes on. That it was read is
 * committed as an entry of it before anything is looked at; when that fails, so does the read.
 */
export const auditLog = async (
  session: Session,
  commit: Committing,
  reader: Reader,
  { query, after }: { readonly query: LogQuery; readonly after: Keys | null },
) => {
  refuseEmpty(query);
  const start = startOf(after);
  const { limit, ...filters } = query;
  await recordRead(commit, reader, { filters, limit, continued: start !== null });
  const { tenantId } = reader;
  const { as_of, complete_through } = firstOf(await session.query(freshNow, { tenantId }));
  const order = query.order ?? 'newest';
  const walk: WalkAsk = { tenantId, filter: filterOf(query), order, after: start };
  const through = await endOf(session, walk);
  const rows = await session.query(listEntries, { ...walk, through, limit, bytes: mostBytes });
  const last = rows.at(-1);
  const goesOn =
    last?.followed === true ? { creationTime: last.creation_time, id: last.id } : through;
  const next = goesOn === null ? null : [goesOn.creationTime, goesOn.id];
  const data = rows.map(({ followed: _followed, ...entry }) => entry);
  return { body: { data }, fresh: { as_of, complete_through }, next };
};
