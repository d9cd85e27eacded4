import type { Db } from '@rookery/db/pool';
import { addDays, dayAt, isZone, parseDay, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { cellsFrom, changedSince, changedSinceXmin, type Zones } from './dirty.sql.ts';
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
import { readPosition, readTenants } from './position.sql.ts';

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

/** How many days back the nightly recompute goes without asking what changed. */
export const nightlyDays = 35;

const beginningOfTime = parseDay('1970-01-01');

type Tenant = { tenant_id: string; timezone: string; billing_anchor: number };

const usable = (tenants: readonly Tenant[]) => {
  const good: Tenant[] = [];
  const bad: Tenant[] = [];
  const problems: string[] = [];
  for (const tenant of tenants) {
    const { tenant_id: id, timezone, billing_anchor: anchor } = tenant;
    if (!isZone(timezone))
      problems.push(
        `tenant "${id}": "${timezone}" is not an IANA time zone; correct source.tenants.timezone`,
      );
    else if (anchor < 1 || anchor > 31)
      problems.push(
        `tenant "${id}": billing anchor ${anchor} is not a day 1–31; correct source.tenants`,
      );
    else good.push(tenant);
    // Remembered under a zone it cannot have: when it is mended, all its cells are looked at again.
    if (good.at(-1) !== tenant)
      bad.push({ ...tenant, timezone: `unusable: ${timezone}`, billing_anchor: 1 });
  }
  return { good, bad, problems };
};

/** The tenants as the two arrays the statements take. */
export const zonesOf = (tenants: readonly Tenant[]): Zones => ({
  tenantIds: tenants.map((t) => t.tenant_id),
  timezones: tenants.map((t) => t.timezone),
});

const sized = (rows: readonly { tenant_id: string; day: Day; emails: number }[]): SizedCell[] =>
  rows.map((row) => ({ tenantId: row.tenant_id, day: row.day, emails: row.emails }));

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
  const known = new Set(now.map((cell) => `${cell.tenantId} ${cell.day}`));
  const held = await warehouse.query(heldCells, { tenantIds: zones.tenantIds, from, to });
  return [...now, ...sized(held).filter((cell) => !known.has(`${cell.tenantId} ${cell.day}`))];
};

/** The tenants of the source that can be worked on, and what is wrong with the others. */
export const readUsableTenants = async (source: Db) => usable(await source.query(readTenants, {}));

// Read and registered by one look at a time: with two, the position read first but registered last would look like an
// xid space that ran backwards, a restored source (3 epochs in 45 looks before the lock, 2026-11).
const locate = ({ source, warehouse }: Lookout) =>
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

/**
 * Looks for cells whose e-mails changed and queues them. The slot makes a double fire harmless, and the watermark only
 * moves after every message was taken: a crash anywhere repeats cells and loses none.
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
  const zones = zonesOf(good);
  const tomorrow = addDays(dayAt(slot.scheduledTime, 'Pacific/Kiritimati'), 1);
  const everything = (tenants: readonly Tenant[]) =>
    cellsBetween(lookout, tenants, beginningOfTime, tomorrow);

  const before = new Map(
    (await warehouse.query(knownTenants, {})).map((t) => [t.tenant_id, t.timezone]),
  );
  // A tenant that is new here counts as moved: its e-mails may be older than its row.
  const moved = good.filter((t) => before.get(t.tenant_id) !== t.timezone);

  const look = async (): Promise<SizedCell[]> => {
    if (layer === 'nightly')
      return cellsBetween(lookout, good, addDays(tomorrow, -nightlyDays - 1), tomorrow);
    if (layer === 'swept' && known.swept_xmin !== null)
      return sized(await source.query(changedSinceXmin, { ...zones, xmin: known.swept_xmin }));
    if (layer === 'swept') return everything(good);
    return sized(
      await source.query(changedSince, { ...zones, since: known.changed_since ?? new Date(0) }),
    );
  };

  const messages = known.fresh
    ? packCells(await everything(good), known.epoch > 1 ? 'restored' : 'backfill')
    : [...packCells(await look(), layer), ...packCells(await everything(moved), 'zone')];
  await send(messages);

  const all = [...good, ...bad];
  await warehouse.query(rememberTenants, {
    ...zonesOf(all),
    anchors: all.map((t) => t.billing_anchor),
  });
  await warehouse.query(advance, {
    epoch: known.epoch,
    // The nightly recompute asks no watermark and so proves nothing about one.
    changedSince: layer === 'changed' || known.fresh ? here.horizon : null,
    sweptXmin: layer === 'swept' || known.fresh ? here.xmin : null,
    completeThrough: here.horizon,
  });
  const cells = messages.reduce((sum, message) => sum + message.days.length, 0);
  await warehouse.query(finishRun, { ...slot, cells, messages: messages.length, problems });
  return { cells, messages: messages.length, problems, repeated: false };
};
