import { dropPartitions, destroyedKeys, plan, unitsOf, type Dropped, type Due } from './look.ts';
import { actions } from './shelf.sql.ts';
import { doUnit, type Bench, type Unit } from './unit.ts';

/** A finished unit and its rows. */
export type Finished = Unit & { readonly rows: number };

/** All that one run did, and what is still due, with the reasons. */
export type Ran = {
  readonly dropped: readonly Dropped[];
  readonly units: readonly Finished[];
  readonly keys: number;
  readonly left: readonly Due[];
};

/**
 * Does all that is due at `slot`, here and now: action by action, because what one did decides what the next may do. Of one
 * tenant it leaves partitions and keys alone: partitions belong to all. `report` hears of each unit before it is done.
 */
export const runAll = async (
  bench: Bench,
  slot: Date,
  tenantId: string | null,
  report: (unit: Unit) => void = () => {},
): Promise<Ran> => {
  const { db } = bench;
  const dropped = tenantId === null ? await dropPartitions(db, slot) : [];
  const units: Finished[] = [];
  for (const action of actions) {
    const due = (await plan(db, slot, tenantId)).filter((one) => one.action === action);
    for (const message of unitsOf(due, slot)) {
      const unit = { tenantId: message.tenant_id, table: message.table_name, action, slot };
      report(unit);
      let progress = await doUnit(bench, unit);
      while (!progress.finished && bench.signal?.aborted !== true)
        progress = await doUnit(bench, unit);
      units.push({ ...unit, rows: progress.rows });
    }
  }
  const keys = tenantId === null ? await destroyedKeys(db, slot) : 0;
  return { dropped, units, keys, left: await plan(db, slot, tenantId) };
};
