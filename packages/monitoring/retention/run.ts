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

type Round = (unit: Unit, rows: number) => void;

// Until it is finished, or gets no further; returns its rows.
const wholly = async (bench: Bench, unit: Unit): Promise<number> => {
  for (let before = -1; ;) {
    const { rows, finished } = await doUnit(bench, unit);
    if (finished || rows <= before || bench.signal?.aborted === true) return rows;
    before = rows;
  }
};

// One unit after the other; returns how many rows they had.
const round = async (
  bench: Bench,
  slot: Date,
  tenantId: string | null,
  { begun, done }: { begun: (unit: Unit) => void; done: Round },
): Promise<number> => {
  let rows = 0;
  for (const action of actions) {
    const due = (await plan(bench.db, slot, tenantId)).filter((one) => one.action === action);
    for (const message of unitsOf(due, slot)) {
      if (bench.signal?.aborted === true) return 0;
      const unit = { tenantId: message.tenant_id, table: message.table_name, action, slot };
      begun(unit);
      const progress = await wholly(bench, unit);
      done(unit, progress);
      rows += progress;
    }
  }
  return rows;
};

// A group of errors waits for its occurrences, its copy in the archive for the group, and the key of an event for its copy.
const mostRounds = 5;

/**
 * Does all that is due at `slot`, here and now: action by action, because what one did decides what the next may do, and again
 * for what that has freed. Of one tenant it leaves partitions and keys alone: partitions belong to all. `report` hears of each
 * unit before it is done.
 */
export const runAll = async (
  bench: Bench,
  slot: Date,
  tenantId: string | null,
  report: (unit: Unit) => void = () => {},
): Promise<Ran> => {
  const { db } = bench;
  const dropped = tenantId === null ? await dropPartitions(db, slot) : [];
  const units = new Map<string, Finished>();
  const done: Round = (unit, rows) => {
    units.set(`${unit.tenantId} ${unit.table} ${unit.action}`, { ...unit, rows });
  };
  for (let nth = 0; nth < mostRounds; nth += 1)
    if ((await round(bench, slot, tenantId, { begun: report, done })) === 0) break;
  const keys = tenantId === null ? await destroyedKeys(db, slot) : 0;
  return { dropped, units: [...units.values()], keys, left: await plan(db, slot, tenantId) };
};
