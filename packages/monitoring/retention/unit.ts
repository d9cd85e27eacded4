import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import type { Db, Session } from '@rookery/db/pool';
import {
  anonymiseBatch,
  anonymiseTexts,
  copyToArchive,
  deleteBatch,
  readMonth,
  takeTexts,
  takeToArchive,
  type Batch,
} from './batch.sql.ts';
import { coldObjects, writeObjects, type ColdObject } from './cold.ts';
import { readExpired } from './expire.sql.ts';
import { takeHoldTurn } from './hold.sql.ts';
import { impersonal, impersonalText } from './impersonal.ts';
import { makeKey, readKey } from './key.sql.ts';
import { secretOf } from './pad.ts';
import type { ArchivePlace } from './place.ts';
import { readPolicy } from './policy.sql.ts';
import { noteRun, openRun, readRun, takeRun, type Entry } from './run.sql.ts';
import { shelfOf, type Action } from './shelf.sql.ts';

const names = z.array(z.string());

/** An action on one tenant's rows of a table, as they are due at `slot`. */
export type Unit = {
  readonly tenantId: string;
  readonly table: string;
  readonly action: Action;
  readonly slot: Date;
};

/** What a unit works with. `batchRows` rows make a transaction; after `batches` of them, or on `signal`, it stops for now. */
export type Bench = {
  readonly db: Db;
  readonly place: ArchivePlace;
  readonly batchRows?: number;
  readonly batches?: number;
  readonly signal?: AbortSignal;
};

/** How far a unit is: rows in all its batches so far, and whether it is finished. */
export type Progress = { readonly rows: number; readonly finished: boolean };

/** What a batch did: how many rows, a digest of their keys, and the objects that it wrote or removed. */
type Done = {
  readonly rows: number;
  readonly checksum: string;
  readonly objects?: readonly ColdObject[];
  readonly removed?: readonly string[];
};

const nothing: Done = { rows: 0, checksum: '' };

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const secret = async (tx: Session, batch: Batch) => {
  const [next] = await tx.query(readMonth, batch);
  if (next === undefined || next.month === null) return undefined;
  const of = { tenantId: batch.tenantId, month: next.month };
  await tx.query(makeKey, of);
  const [row] = await tx.query(readKey, of);
  return row && secretOf(row.key, of.month);
};

const cleaned = (table: string, fields: unknown): unknown => {
  const widths = new Map(shelfOf(table)?.texts);
  return Object.fromEntries(
    Object.entries(Object(fields)).map(([column, value]) => {
      const width = widths.get(column);
      return [
        column,
        typeof width === 'number' && typeof value === 'string'
          ? impersonalText(value, width)
          : impersonal(value),
      ];
    }),
  );
};

const anonymise = async (tx: Session, batch: Batch): Promise<Done> => {
  const key = await secret(tx, batch);
  if (key === undefined) return nothing;
  if (shelfOf(batch.table)?.texts.length === 0)
    return (await tx.query(anonymiseBatch, { ...batch, secret: key }))[0] ?? nothing;
  const rows = await tx.query(takeTexts, batch);
  const texts = rows.map(({ name, fields }) => ({ name, fields: cleaned(batch.table, fields) }));
  return (await tx.query(anonymiseTexts, { ...batch, cleaned: texts, secret: key }))[0] ?? nothing;
};

// The rows are in the archive's table only once their object has been read back: being there is the leave to delete.
const archive = async (tx: Session, batch: Batch, place: ArchivePlace): Promise<Done> => {
  const rows = await tx.query(takeToArchive, batch);
  if (rows.length === 0) return nothing;
  const { table, tenantId } = batch;
  const objects = await writeObjects(place, { table, tenantId }, rows);
  await tx.query(copyToArchive, { table, tenantId, names: rows.map(({ name }) => name) });
  const checksum = digest(objects.map(({ sha256 }) => sha256).join('\n'));
  return { rows: rows.length, checksum, objects };
};

// Cut off in between, objects are gone that the ledger still has: the next run removes them again, and notes it.
const expire = async (tx: Session, batch: Batch, place: ArchivePlace): Promise<Done> => {
  const objects = await tx.query(readExpired, batch);
  for (const { name } of objects) await place.remove(name);
  const removed = objects.map(({ name }) => name);
  const rows = objects.reduce((sum, object) => sum + object.rows, 0);
  return { rows, checksum: digest(removed.join('\n')), removed };
};

const work = async (
  tx: Session,
  action: Action,
  batch: Batch,
  place: ArchivePlace,
): Promise<Done> => {
  if (action === 'archive') return archive(tx, batch, place);
  if (action === 'anonymise') return anonymise(tx, batch);
  if (action === 'expire') return expire(tx, batch, place);
  return (await tx.query(deleteBatch, batch))[0] ?? nothing;
};

const entryOf = ({ tenantId, table, action, slot }: Unit): Entry => ({
  tenantId,
  table,
  action,
  slot,
  partition: null,
});

/** Opens the ledger row of a unit; returns the days its rows are kept or, to anonymise, known, and how many rows are done. */
const open = async (db: Db, unit: Unit): Promise<{ days: number; before: number }> => {
  const [policy] = await db.query(readPolicy, unit);
  const days = unit.action === 'anonymise' ? policy?.anonymise_after_days : policy?.keep_days;
  if (days === undefined || days === null)
    throw new Failure(
      'invalid',
      'retention-policy-missing',
      `no policy says when to ${unit.action} ${unit.table}; add one to monitoring.retention_policy`,
    );
  const coversUntil = new Date(unit.slot.getTime() - days * 86_400_000);
  await db.query(openRun, { ...entryOf(unit), coversUntil });
  const [run] = await db.query(readRun, entryOf(unit));
  return { days, before: run?.rows ?? 0 };
};

/**
 * Does one unit, batch by batch, each in a transaction that also notes it in the ledger: however often it is cut off, it goes
 * on where it was, and rows are counted once. A finished unit that is repeated does what other units have freed since. Done
 * twice at a time, the batches take turns.
 */
export const doUnit = async (bench: Bench, unit: Unit): Promise<Progress> => {
  const { db, place, batchRows: most = 1_000, batches = 100, signal } = bench;
  const { days, before } = await open(db, unit);
  const entry = entryOf(unit);
  const batch: Batch = { table: unit.table, tenantId: unit.tenantId, now: unit.slot, most };
  const step = (): Promise<Progress> =>
    db.transaction(async (tx) => {
      const [run] = await tx.query(takeRun, entry);
      if (run === undefined) return { rows: 0, finished: true };
      // A hold that is placed now waits for this batch, or this batch sees it.
      await tx.query(takeHoldTurn, batch);
      const did = await work(tx, unit.action, batch, place);
      const finished = did.rows === 0;
      if (finished && run.finished) return { rows: run.rows, finished };
      const rows = run.rows + did.rows;
      const checksum = finished ? run.checksum : digest(`${run.checksum}\n${did.checksum}`);
      const objects = [...coldObjects.parse(run.objects), ...(did.objects ?? [])];
      const removed = [...names.parse(run.removed), ...(did.removed ?? [])];
      const detail = JSON.stringify({ keep_days: days, objects, removed });
      await tx.query(noteRun, { ...entry, rows, checksum, detail, finished });
      return { rows, finished };
    });
  let progress: Progress = { rows: before, finished: false };
  for (let done = 0; done < batches && !progress.finished; done += 1) {
    if (signal?.aborted === true) break;
    progress = await step();
  }
  return progress;
};
