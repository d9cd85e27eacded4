import type { Db } from '@rookery/db/pool';
import { describe } from '@rookery/kernel/failure';
import { coldObjects, verifyObject } from './cold.ts';
import { plan, type Due } from './look.ts';
import type { ArchivePlace } from './place.ts';
import { readProofs } from './run.sql.ts';

/** What a recount found: rows that should be gone or anonymous, what is held and why, and what does not prove itself. */
export type Verdict = {
  readonly overdue: readonly Due[];
  readonly held: readonly Due[];
  readonly early: readonly number[];
  readonly objects: number;
  readonly broken: readonly string[];
  readonly ok: boolean;
};

// Work that waits for other work of retention is overdue as well; holds and rollups are no fault of it.
const waits = ({ why }: Due): boolean => why === null || why.endsWith('yet');

/**
 * Recounts what is due at an instant, compares every run with its policy and reads every archived object back.
 * `early` holds the numbers of ledger rows that reached further than their policy allowed.
 */
export const verify = async (db: Db, place: ArchivePlace, now: Date): Promise<Verdict> => {
  const due = await plan(db, now);
  const runs = await db.query(readProofs, {});
  const objects = runs.flatMap((run) => coldObjects.parse(run.objects));
  const broken: string[] = [];
  for (const object of objects)
    await verifyObject(place, object).catch((error: unknown) => {
      broken.push(describe(error));
    });
  const overdue = due.filter(waits);
  const early = runs.filter((run) => run.early).map(({ id }) => id);
  return {
    overdue,
    held: due.filter((one) => !waits(one)),
    early,
    objects: objects.length,
    broken,
    ok: overdue.length + early.length + broken.length === 0,
  };
};
