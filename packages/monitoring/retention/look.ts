import { codeOf } from '@rookery/db/fault';
import type { Db } from '@rookery/db/pool';
import { describe } from '@rookery/kernel/failure';
import { destroyKeys } from './key.sql.ts';
import type { RetentionMessage } from './message.ts';
import { dropPartition, readDue, readPastPartitions } from './plan.sql.ts';
import { readPolicy } from './policy.sql.ts';
import { noteRun, openRun, takeRun, type Entry } from './run.sql.ts';
import { actions, type Action } from './shelf.sql.ts';

/** Rows that an action is due on, or that are held back and why; `why` is null when nothing holds them. */
export type Due = {
  readonly tenant_id: string;
  readonly table_name: string;
  readonly action: Action;
  readonly why: string | null;
  readonly rows: number;
  readonly oldest: Date;
};

/** A partition that is past: dropped with so many rows, or why it had to stay. */
export type Dropped = {
  readonly partition: string;
  readonly rows: number | null;
  readonly why: string | null;
};

const isAction = (text: string): text is Action => actions.some((action) => action === text);

/** What is due at an instant, of one tenant or of all; changes nothing. */
export const plan = async (db: Db, now: Date, tenantId: string | null = null): Promise<Due[]> =>
  (await db.query(readDue, { now, tenantId })).flatMap((row) =>
    isAction(row.action) ? [{ ...row, action: row.action }] : [],
  );

const mustStay = '55000';
// Somebody reads or writes the stream for longer than a drop waits for: it is dropped the next time, and the rest goes on.
const busy = new Set(['55P03', '57014']);

// What the database says after it has named the partition, without the statement that asked.
const reasonOf = (error: unknown): string =>
  describe(error)
    .replace(/^.*?must stay: /s, '')
    .replace(/\s*\[[^\]]*\]$/, '');

const drop = async (
  db: Db,
  past: { readonly stream: string; readonly partition_name: string; readonly ends: Date },
  slot: Date,
): Promise<Dropped> => {
  const partition = past.partition_name;
  const entry: Entry = {
    tenantId: 'platform',
    table: past.stream,
    action: 'drop',
    slot,
    partition,
  };
  try {
    const rows = await db.transaction(async (tx) => {
      const [policy] = await tx.query(readPolicy, { tenantId: 'platform', table: past.stream });
      await tx.query(openRun, { ...entry, coversUntil: past.ends });
      const [before] = await tx.query(takeRun, entry);
      const [gone] = await tx.query(dropPartition, { partition, before: past.ends });
      const detail = JSON.stringify({ keep_days: policy?.keep_days ?? null });
      const count = gone?.rows ?? 0;
      // Made again for a late row, a partition is dropped twice at a slot: the proof has the rows of both.
      const rows = (before?.rows ?? 0) + count;
      await tx.query(noteRun, { ...entry, rows, checksum: '', detail, finished: true });
      return count;
    });
    return { partition, rows, why: null };
  } catch (error) {
    // What somebody needs stays, and so does what somebody else has just dropped.
    const code = codeOf(error) ?? '';
    if (busy.has(code)) return { partition, rows: null, why: `${past.stream} is in use` };
    if (![mustStay, '42P01'].includes(code)) throw error;
    return { partition, rows: null, why: reasonOf(error) };
  }
};

/** Drops the partitions that no policy, hold, mark or archive needs; those that must stay are named with the reason. */
export const dropPartitions = async (db: Db, slot: Date): Promise<Dropped[]> => {
  const all: Dropped[] = [];
  for (const past of await db.query(readPastPartitions, { now: slot }))
    all.push(await drop(db, past, slot));
  return all;
};

/** Destroys the keys of pseudonyms that nothing needs any more; returns how many. */
export const destroyedKeys = async (db: Db, now: Date): Promise<number> =>
  (await db.query(destroyKeys, { now })).length;

/** The units of what is due, in an order in which none waits for a later one. */
export const unitsOf = (due: readonly Due[], slot: Date): RetentionMessage[] =>
  due
    .filter(({ why }) => why === null)
    .toSorted((a, b) => actions.indexOf(a.action) - actions.indexOf(b.action))
    .map(({ tenant_id, table_name, action }) => ({
      kind: 'retention',
      tenant_id,
      table_name,
      action,
      scheduled_time: slot.toISOString(),
    }));
