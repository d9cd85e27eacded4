import { isMissingPartition } from '@rookery/db/fault';
import type { Db, Session } from '@rookery/db/pool';
import { dayAt, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { periodOf } from '@rookery/kernel/period';
import { coverDays } from '../billing/period.sql.ts';
import { countUsage } from '../billing/usage.sql.ts';
import { scoreMailboxes, scoreWarmups } from '../health/score.sql.ts';
import { openCells, type Fence } from './gate.sql.ts';
import { readLeads, writeLeads } from './lead.sql.ts';
import { ensurePartitions } from './partition.sql.ts';
import { readCells } from './read.sql.ts';
import { writeCells } from './write.sql.ts';

/** What the aggregation works with: the source read only, the warehouse as rookery_etl, and the time. */
export type Workplace = { readonly source: Db; readonly warehouse: Db; readonly now: () => Date };

/** The cells of one tenant to replace, and leads to recount by name. */
export type Cells = {
  readonly tenantId: string;
  readonly days: readonly Day[];
  readonly leads: readonly string[];
  readonly reason: string;
};

/** What became of them. `overtaken` days had already been replaced from a newer snapshot: nothing to do. */
export type Aggregated = {
  readonly tenantId: string;
  readonly days: readonly Day[];
  readonly overtaken: readonly Day[];
  readonly written: number;
  readonly deleted: number;
  readonly leads: number;
  readonly adjusted: number;
  /** Leads whose e-mails left these days: recount them by name. */
  readonly stale: readonly string[];
  readonly milliseconds: number;
};

type Facts = Awaited<ReturnType<typeof read>>;

const silent = () =>
  new Failure('unavailable', 'source-silent', 'the source answered without a row');

const read = async ({ source, now }: Workplace, { tenantId, days }: Cells) => {
  const [row] = await source.query(readCells, { tenantId, days });
  if (row === undefined) throw silent();
  const { timezone, billing_anchor: anchor } = row;
  if (timezone === null || anchor === null)
    throw new Failure(
      'missing',
      'tenant-unknown',
      `tenant "${tenantId}" is not in source.tenants; add it, then redrive this message`,
    );
  return { row, timezone, anchor, today: dayAt(now(), timezone) };
};

const fenceOf = (row: { system: string; xmax: string; in_progress: number }): Fence => ({
  system: row.system,
  xmax: row.xmax,
  inProgress: row.in_progress,
});

const cover = async (
  tx: Session,
  { timezone, anchor }: Facts,
  tenantId: string,
  days: readonly Day[],
) => {
  const periods = days.map((day) => periodOf(day, anchor));
  await tx.query(coverDays, {
    tenantId,
    timezone,
    days,
    firsts: periods.map((period) => period.first),
    ends: periods.map((period) => period.end),
  });
};

const write = (
  { source, warehouse }: Workplace,
  { tenantId, days, leads: named, reason }: Cells,
  facts: Facts,
  milliseconds: number,
) =>
  warehouse.transaction(
    async (tx) => {
      const fence = fenceOf(facts.row);
      const [gate] = await tx.query(openCells, {
        ...fence,
        tenantId,
        timezone: facts.timezone,
        billingAnchor: facts.anchor,
        days,
        reason,
        today: facts.today,
      });
      if (gate === undefined || gate.epoch === null)
        throw new Failure(
          'conflict',
          'source-unregistered',
          'the warehouse does not know this incarnation of the source yet; the next look for changes registers it',
        );
      const open = gate.days;
      if (gate.moved || gate.uncovered.length > 0) await cover(tx, facts, tenantId, gate.uncovered);
      const cells = { tenantId, days: open, values: facts.row, milliseconds };
      const [rows] = open.length > 0 ? await tx.query(writeCells, cells) : [];
      // Read under the tenant's lock: an unchanged or absent lead row keeps no newer fence, so a lead read before the lock
      // could bring back an open that was undone or an e-mail that was deleted (test/scenarios/overtaken.test.ts).
      const [lead] = await source.query(readLeads, { tenantId, days, leads: named });
      if (lead === undefined) throw silent();
      const [leads] = await tx.query(writeLeads, {
        ...fenceOf(lead),
        tenantId,
        epoch: gate.epoch,
        days: open,
        facts: fence,
        values: lead,
      });
      await tx.query(scoreWarmups, { tenantId, days: open });
      await tx.query(scoreMailboxes, { tenantId, days: open });
      const [usage] = await tx.query(countUsage, {
        tenantId,
        // Leads recounted by name can have been written to in any period.
        days: named.length > 0 ? null : open,
        subscriptions: {
          ids: facts.row.subscriptions,
          starts: facts.row.subscribed_from,
          ends: facts.row.subscribed_to,
        },
      });
      return {
        days: open,
        overtaken: days.filter((day) => !open.includes(day)),
        written: rows?.written ?? 0,
        deleted: rows?.deleted ?? 0,
        leads: (leads?.written ?? 0) + (leads?.gone ?? 0),
        adjusted: usage?.adjusted ?? 0,
        stale: leads?.stale ?? [],
      };
    },
    { tenantId },
  );

const refuseFuture = ({ tenantId, days }: Cells, { today, timezone }: Facts): void => {
  const future = days.filter((day) => day > today);
  if (future.length === 0) return;
  throw new Failure(
    'invalid',
    'day-in-future',
    `${future.join(', ')} has not begun for tenant "${tenantId}", where it is ${today} (${timezone})`,
  );
};

/**
 * Replaces some cells of one tenant: reads their aggregates from the source, then writes facts, leads, scores and billing
 * in one transaction of the warehouse. It can run twice, late, out of order and beside itself: a cell is always the full
 * truth of one snapshot, and an older snapshot never overwrites a newer one (DESIGN.md D9).
 * Fails with tenant-unknown, day-in-future (permanent, after the other days are done), database-unavailable or
 * source-unregistered (try again).
 */
export const aggregate = async (place: Workplace, cells: Cells): Promise<Aggregated> => {
  const started = place.now().getTime();
  const sorted = { ...cells, days: [...new Set(cells.days)].sort() };
  const facts = await read(place, sorted);
  const milliseconds = place.now().getTime() - started;
  const present = { ...sorted, days: sorted.days.filter((day) => day <= facts.today) };
  const once = () => write(place, present, facts, milliseconds);
  const done = await once().catch(async (error: unknown) => {
    if (!isMissingPartition(error)) throw error;
    await place.warehouse.query(ensurePartitions, { days: present.days });
    return once();
  });
  refuseFuture(sorted, facts);
  return { tenantId: cells.tenantId, ...done, milliseconds: place.now().getTime() - started };
};
