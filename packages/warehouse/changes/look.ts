import type { Db } from '@rookery/db/pool';
import { addDays, dayAt, parseDay, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { firstDay } from '../facts/local-day.sql.ts';
import { cellsFrom, changedSince, changedSinceXmin } from './dirty.sql.ts';
import {
  advance,
  beginRun,
  finishRun,
  heldCells,
  knownTenants,
  lockSource,
  registerSource,
  rememberTenants,
} from './ledger.sql.ts';
import { packCells, type CellsMessage, type SizedCell } from './message.ts';
import { dropAbsent } from './pending.sql.ts';
import { mark, stillPending } from './pending.ts';
import { readPosition } from './position.sql.ts';
import { readUsableTenants, zonesOf, type Tenant } from './tenant.ts';

/** What a look needs: the source, the warehouse as rookery_ops, and a way to queue messages that throws unless all were taken. */
export type Lookout = {
  readonly source: Db;
  readonly warehouse: Db;
  readonly send: (messages: readonly CellsMessage[]) => Promise<void>;
};

/** How to look: the three layers of DESIGN.md D10. */
export type Layer = 'changed' | 'swept' | 'nightly';

/** What a look found. `problems` are tenants left out, in words; they are found again once mended. */
export type Found = {
  readonly cells: number;
  readonly messages: number;
  readonly problems: readonly string[];
  readonly repeated: boolean;
};

// How many days back the nightly recompute goes without asking what changed.
const nightlyDays = 35;

const beginningOfTime = parseDay('0001-01-01');

/** The first day that has begun nowhere on Earth yet. */
export const dayAfter = (instant: Date): Day => addDays(dayAt(instant, 'Pacific/Kiritimati'), 1);

const sized = (rows: readonly { tenant_id: string; day: Day; emails: number }[]): SizedCell[] =>
  rows.map((row) => ({ tenantId: row.tenant_id, day: row.day, emails: row.emails }));

// The first has the size of a cell that both have.
const joined = (some: readonly SizedCell[], more: readonly SizedCell[]): SizedCell[] => {
  const known = new Set(some.map((cell) => `${cell.tenantId} ${cell.day}`));
  return [...some, ...more.filter((cell) => !known.has(`${cell.tenantId} ${cell.day}`))];
};

/** Every cell of some tenants in `[from, to)`: those with e-mails now, and those the warehouse holds from before. */
export const cellsBetween = async (
  { source, warehouse }: Pick<Lookout, 'source' | 'warehouse'>,
  tenants: readonly Tenant[],
  from: Day,
  to: Day,
): Promise<SizedCell[]> => {
  const zones = zonesOf(tenants);
  if (tenants.length === 0) return [];
  const now = sized(await source.query(cellsFrom, { ...zones, from, to }));
  const held = await warehouse.query(heldCells, { tenantIds: zones.tenantIds, from, to });
  return joined(now, sized(held));
};

/**
 * Reads where the source stands and registers it, one caller at a time: with two, the position read first but registered
 * last would look like an xid space that ran backwards, a restored source (3 epochs in 45 looks before the lock, 2026-11).
 * Fails with source-is-standby.
 */
export const locate = ({ source, warehouse }: Pick<Lookout, 'source' | 'warehouse'>) =>
  warehouse.transaction(async (tx) => {
    await tx.query(lockSource, {});
    const [here] = await source.query(readPosition, {});
    if (here === undefined)
      throw new Failure('unavailable', 'source-silent', 'the source did not answer');
    if (here.standby)
      throw new Failure(
        'invalid',
        'source-is-standby',
        'the source is a read replica, whose snapshots cannot be ordered; point SOURCE_DATABASE_URL at the primary',
      );
    const [known] = await tx.query(registerSource, here);
    if (known === undefined)
      throw new Failure('unavailable', 'warehouse-silent', 'the warehouse did not answer');
    return { here, known };
  });

// A stamp in the future or from before our time would poison the message it travels in: it is named and left out.
const plausible = (cells: readonly SizedCell[], tenants: readonly Tenant[], now: Date) => {
  const today = new Map(tenants.map((t) => [t.tenant_id, dayAt(now, t.timezone)]));
  const begun = ({ tenantId, day }: SizedCell) =>
    day >= firstDay && day <= (today.get(tenantId) ?? firstDay);
  return {
    cells: cells.filter(begun),
    problems: cells
      // One without e-mails is a mark that waits for its day to begin, in the tenant's new zone.
      .filter((cell) => !begun(cell) && cell.emails > 0)
      .map(
        ({ tenantId, day, emails }) =>
          `tenant "${tenantId}": ${emails} e-mails or warm-ups sent on ${day}, before ${firstDay} or not begun there; correct sent_at`,
      ),
  };
};

// A message is packed by what will be read, not by what changed: the ledger knows how large a cell was.
const resized = async (warehouse: Db, cells: readonly SizedCell[]): Promise<SizedCell[]> => {
  const days = cells.map((cell) => cell.day).toSorted();
  const [from, last] = [days[0], days.at(-1)];
  if (from === undefined || last === undefined) return [];
  const tenantIds = [...new Set(cells.map((cell) => cell.tenantId))];
  const held = await warehouse.query(heldCells, { tenantIds, from, to: addDays(last, 1) });
  const sizes = new Map(held.map((cell) => [`${cell.tenant_id} ${cell.day}`, cell.emails]));
  return cells.map((cell) => ({
    ...cell,
    emails: Math.max(cell.emails, sizes.get(`${cell.tenantId} ${cell.day}`) ?? 0),
  }));
};

type Reasoned = { readonly cells: readonly SizedCell[]; readonly reason: CellsMessage['reason'] };

/**
 * Looks for cells whose e-mails changed, marks them as pending and queues them. The slot makes a double fire harmless, and
 * the watermark only moves after every cell was marked and every message taken: a crash anywhere repeats cells and loses
 * none, and what the watermark has passed is counted or marked.
 * A source seen for the first time, a restored one, and a tenant with a new time zone have all their cells queued.
 */
export const lookForChanges = async (
  lookout: Lookout,
  layer: Layer,
  slot: { readonly job: string; readonly scheduledTime: Date },
): Promise<Found> => {
  const { source, warehouse, send } = lookout;
  const [run] = await warehouse.query(beginRun, slot);
  if (run?.finished === true)
    return { cells: run.cells, messages: run.messages, problems: [], repeated: true };

  const { here, known } = await locate(lookout);
  const { good, bad, problems } = await readUsableTenants(source);
  const now = new Date(Math.max(here.now.getTime(), slot.scheduledTime.getTime()));
  const everything = (tenants: readonly Tenant[]) =>
    cellsBetween(lookout, tenants, beginningOfTime, dayAfter(now));

  const changed = async (): Promise<SizedCell[]> => {
    const { changed_since: since, swept_xmin: xmin } = known;
    if (layer === 'nightly') {
      const end = dayAfter(slot.scheduledTime);
      return cellsBetween(lookout, good, addDays(end, -nightlyDays - 1), end);
    }
    const found =
      layer === 'swept'
        ? xmin !== null && source.query(changedSinceXmin, { ...zonesOf(good), xmin })
        : since !== null && source.query(changedSince, { ...zonesOf(good), since });
    return found === false ? everything(good) : sized(await found);
  };

  const found = async (): Promise<Reasoned[]> => {
    if (known.fresh)
      return [{ cells: await everything(good), reason: known.epoch > 1 ? 'restored' : 'backfill' }];
    const before = new Map(
      (await warehouse.query(knownTenants, {})).map((t) => [t.tenant_id, t.timezone]),
    );
    // A tenant that is new here counts as moved: its e-mails may be older than its row.
    const moved = good.filter((t) => before.get(t.tenant_id) !== t.timezone);
    return [
      { cells: joined(await changed(), pending?.cells ?? []), reason: layer },
      { cells: await everything(moved), reason: 'zone' },
    ];
  };

  // The night counts whatever is still marked: its message may be lost or dead.
  const pending = layer === 'nightly' ? await stillPending(warehouse, good) : undefined;
  const messages: CellsMessage[] = [...(pending?.messages ?? [])];
  const faults: string[] = [...problems];
  const dirty: SizedCell[] = [];
  for (const { cells, reason } of await found()) {
    const judged = plausible(cells, good, now);
    messages.push(...packCells(await resized(warehouse, judged.cells), reason));
    faults.push(...judged.problems);
    if (reason !== 'nightly') dirty.push(...judged.cells);
  }
  await mark(lookout, known.epoch, dirty);
  await send(messages);

  await warehouse.query(rememberTenants, {
    ...zonesOf(good),
    anchors: good.map((t) => t.billing_anchor),
  });
  await warehouse.query(dropAbsent, { present: [...good, ...bad].map((t) => t.tenant_id) });
  // The nightly recompute asks no watermark and so proves nothing about one.
  const proved = layer === 'changed' || known.fresh;
  await warehouse.query(advance, {
    epoch: known.epoch,
    changedSince: proved ? here.horizon : null,
    sweptXmin: layer === 'swept' || known.fresh ? here.xmin : null,
    completeThrough: proved ? here.horizon : null,
  });
  const cells = messages.reduce((sum, message) => sum + message.days.length, 0);
  await warehouse.query(finishRun, { ...slot, cells, messages: messages.length, problems: faults });
  return { cells, messages: messages.length, problems: faults, repeated: false };
};
