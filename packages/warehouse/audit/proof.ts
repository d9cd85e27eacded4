import * as z from 'zod';
import type { Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { freshNow } from '../reports/freshness.sql.ts';
import { firstOf } from '../reports/reading.ts';
import { zeroHash } from './chain.ts';
import { readEntry, readHead } from './entries.sql.ts';
import { recordRead, type Committing, type Reader } from './log.ts';

const byColumn = z.record(z.string(), z.string().nullable());

/**
 * One entry with its proof: everything that its hash is computed from, so that the reader can compute it without trusting
 * us. The salts are in it for whoever may see the values: they only help to check a value that one has, and are destroyed
 * with it. Recorded before it is read; fails with `not-found`.
 */
export const auditEntry = async (
  session: Session,
  commit: Committing,
  reader: Reader,
  seq: number,
) => {
  await recordRead(commit, reader, { seq });
  const { tenantId } = reader;
  const { as_of, complete_through } = firstOf(await session.query(freshNow, { tenantId }));
  const [row] = await session.query(readEntry, { tenantId, seq });
  if (row === undefined)
    throw new Failure('missing', 'not-found', `the audit log has no entry ${seq}`);
  const { commitments, salts, texts, ...entry } = row;
  const proof = {
    commitments: byColumn.parse(commitments),
    salts: byColumn.parse(salts),
    texts: byColumn.parse(texts),
  };
  const data = { ...entry, proof };
  return { body: { data }, fresh: { as_of, complete_through } };
};

/** The head of the tenant's chain, with the entry of this very read in it. */
export const auditHead = async (session: Session, commit: Committing, reader: Reader) => {
  await recordRead(commit, reader, { chain: true });
  const { tenantId } = reader;
  const { as_of, complete_through } = firstOf(await session.query(freshNow, { tenantId }));
  const [head] = await session.query(readHead, { tenantId });
  if (head === undefined) throw new Error(`tenant ${tenantId} has an entry and no chain`);
  const data = { ...head, updated: head.updated.toISOString(), first_prev_hash: zeroHash };
  return { body: { data }, fresh: { as_of, complete_through } };
};
