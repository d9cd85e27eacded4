import { isMissingPartition } from '@rookery/db/fault';
import type { Db } from '@rookery/db/pool';
import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { eraseBatch, readDueTenants, readPlan, reasons, type Reason } from './ageing.sql.ts';

/** What is due, or kept from it by a legal hold: entries of a tenant by reason, category and class. */
export type Due = RowOf<typeof readPlan.columns>;

/** What was erased of a tenant's entries, for a reason, in how many batches. */
export type Aged = {
  readonly tenant: string;
  readonly reason: Reason;
  readonly entries: number;
  readonly batches: number;
};

/** How the audit ages: whose (null is everybody's), as of when, by whom, and how long it may go on. */
export type AgeingAsk = {
  readonly tenantId: string | null;
  readonly now: Date;
  readonly by: string;
  /** Waits for whoever places a hold for the tenant and keeps others waiting; monitoring knows how. */
  readonly takeTurn: (tx: Session, tenantId: string) => Promise<unknown>;
  /** Asked before each batch: false leaves the rest to the next time. */
  readonly goesOn: () => boolean;
  readonly batchEntries?: number;
};

/** What would be erased at an instant, and what holds keep; changes nothing. */
export const ageingPlan = (
  db: Session,
  ask: Pick<AgeingAsk, 'tenantId' | 'now'>,
): Promise<readonly Due[]> => db.query(readPlan, { tenantId: ask.tenantId, now: ask.now });

const reasonOf = (text: string): Reason => {
  const reason = reasons.find((known) => known === text);
  if (reason === undefined) throw new Error(`no reason to erase: ${text}`);
  return reason;
};

const homeless = (cause: unknown): unknown =>
  isMissingPartition(cause)
    ? new Failure(
        'unavailable',
        'audit-partition-missing',
        'the audit log has no partition for this month, so that nothing can be erased, which it would have to say there: fire the schedule partitions',
        { cause },
      )
    : cause;

const eraseAll = async (
  db: Db,
  { now, by, takeTurn, goesOn, batchEntries = 1_000 }: AgeingAsk,
  { tenantId, reason }: { readonly tenantId: string; readonly reason: Reason },
): Promise<{ readonly aged: Aged; readonly finished: boolean }> => {
  let entries = 0;
  let batches = 0;
  let after: { readonly time: string; readonly id: number } | null = null;
  const answer = (finished: boolean) => ({
    aged: { tenant: tenantId, reason, entries, batches },
    finished,
  });
  const ask = { tenantId, reason, now, by, most: batchEntries };
  for (;;) {
    if (!goesOn()) return answer(false);
    const [did] = await db.transaction(async (tx) => {
      // In a statement of its own: the next one sees every hold that was committed before it had the turn.
      await takeTurn(tx, tenantId);
      return tx.query(eraseBatch, { ...ask, after });
    });
    if (did === undefined || did.time === null || did.id === null) return answer(true);
    entries += did.entries;
    batches += 1;
    after = { time: did.time, id: did.id };
    if (did.entries < batchEntries) return answer(true);
  }
};

/**
 * Erases what is beyond its time, the oldest first, batch by batch: each commits together with its entry in the chain, so
 * that a run that is cut off, repeated or done beside another goes on where the batches ended. `finished` is false when it
 * was stopped before its end.
 */
export const ageAudit = async (
  db: Db,
  ask: AgeingAsk,
): Promise<{ readonly aged: readonly Aged[]; readonly finished: boolean }> => {
  const aged: Aged[] = [];
  try {
    const due = await db.query(readDueTenants, { tenantId: ask.tenantId, now: ask.now });
    for (const { tenant_id: tenantId, reason } of due) {
      const one = await eraseAll(db, ask, { tenantId, reason: reasonOf(reason) });
      aged.push(one.aged);
      if (!one.finished) return { aged, finished: false };
    }
    return { aged, finished: true };
  } catch (error) {
    throw homeless(error);
  }
};
