import type { Session } from '@rookery/db/pool';
import {
  holdBack,
  noteReminded,
  noteTold,
  releaseHeld,
  removeGroups,
  writeGroups,
  writeMembership,
  writeNotices,
} from './dispatch-write.sql.ts';
import { noteEnds, writeEscalations } from './escalation.sql.ts';
import type { Key, Plan } from './plan.ts';

const keysOf = (rows: readonly Key[]) => ({
  tenants: rows.map(({ tenantId }) => tenantId),
  ids: rows.map(({ id }) => id),
});

const writeAlerts = async (tx: Session, plan: Plan, now: string): Promise<void> => {
  const { membership, heldBack, released, escalated, ended } = plan;
  const groups = membership.map(({ groupId }) => groupId ?? '');
  if (membership.length > 0) await tx.query(writeMembership, { ...keysOf(membership), groups });
  if (heldBack.length > 0) await tx.query(holdBack, { ...keysOf(heldBack), now });
  if (released.length > 0) await tx.query(releaseHeld, { ...keysOf(released), now });
  if (escalated.length > 0)
    await tx.query(writeEscalations, {
      ...keysOf(escalated),
      levels: escalated.map(({ level }) => level),
      rounds: escalated.map(({ round }) => round),
      notes: escalated.map(({ note }) => note),
      destinations: escalated.map(({ destinations }) => JSON.stringify(destinations)),
      now,
    });
  if (ended.length > 0) await tx.query(noteEnds, { ...keysOf(ended), now });
  const told = [...plan.told.values()];
  if (told.length > 0)
    await tx.query(noteTold, {
      ...keysOf(told),
      firing: told.map(({ isFiring }) => isFiring),
      sent: told.map(({ sent }) => JSON.stringify(sent)),
      notes: told.map(({ notes }) => notes.join('; ')),
      now,
    });
};

/**
 * Writes what was decided, and returns how many notices there are of it. The same decision is never told twice: what was in
 * the outbox already is a fault of the decision, and among the problems.
 */
export const writePlan = async (tx: Session, plan: Plan): Promise<number> => {
  const now = plan.now.toISOString();
  const { groups, removed, notices, reminded } = plan;
  if (groups.length > 0) await tx.query(writeGroups, { groups: JSON.stringify(groups) });
  if (removed.length > 0) await tx.query(removeGroups, keysOf(removed));
  if (reminded.length > 0) await tx.query(noteReminded, { ...keysOf(reminded), now });
  await writeAlerts(tx, plan, now);
  if (notices.length === 0) return 0;
  const written = await tx.query(writeNotices, { notices: JSON.stringify(notices), now });
  const twice = notices.length - written.length;
  if (twice > 0) plan.problems.push(`${twice} notices were in the outbox already`);
  return written.length;
};
