import type { Db } from '@rookery/db/pool';
import { parseDay, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { closePeriods } from '../billing/usage.sql.ts';
import { packCells, packLeads, type CellsMessage } from '../changes/message.ts';
import { sweepLeads } from '../facts/lead.sql.ts';
import {
  compareFacts,
  countSource,
  heldLeads,
  lockTenant,
  recordReconciliation,
  sourceLeads,
} from './compare.sql.ts';

/**
 * One difference between source and warehouse; counters as
 * `sent.delivered.opened.clicked.replied.bounced.unsubscribed.complaints`, then a digest of the rows behind them.
 */
export type Difference = {
  readonly subject: string;
  readonly day: Day | null;
  readonly campaign_id: string | null;
  readonly expected: string | null;
  readonly found: string | null;
  readonly behind: boolean;
};

/** What a comparison found. `behind` will be mended by work already under way; `drift` should never be. */
export type Comparison = {
  readonly tenantId: string;
  readonly cells: number;
  readonly behind: number;
  readonly drift: number;
  readonly differences: readonly Difference[];
};

/** The databases of a comparison: the warehouse as rookery_etl, one tenant at a time. */
export type Books = { readonly source: Db; readonly warehouse: Db };

// The days travel as one array literal; leads have none.
const cellsOf = (days: string | null): number =>
  new Set((days ?? '').match(/\d{4}-\d{2}-\d{2}/g)).size;

const everyDay = { from: parseDay('2000-01-01'), to: parseDay('9999-01-01') };

/**
 * Compares one tenant's facts with its e-mails, counted afresh; writes nothing.
 * A cell that changes while we look can show as behind. Fails with tenant-unknown.
 */
export const compare = async (
  { source, warehouse }: Books,
  tenantId: string,
  range: { readonly from: Day; readonly to: Day } = everyDay,
): Promise<Comparison> => {
  const [counted] = await source.query(countSource, { tenantId, ...range });
  if (counted === undefined || counted.timezone === null)
    throw new Failure('missing', 'tenant-unknown', `tenant "${tenantId}" is not in source.tenants`);
  const differences = await warehouse.transaction(
    (tx) => tx.query(compareFacts, { tenantId, ...range, counted }),
    { tenantId },
  );
  const behind = differences.filter((difference) => difference.behind).length;
  return {
    tenantId,
    cells: cellsOf(counted.days),
    behind,
    drift: differences.length - behind,
    differences,
  };
};

/** The messages that mend what a comparison found. */
export const mend = async (
  { source, warehouse }: Books,
  { tenantId, differences }: Comparison,
): Promise<CellsMessage[]> => {
  // The first counter is what was sent: how much a cell will have to read.
  const sizes = new Map<Day, number>();
  for (const { day, expected } of differences)
    if (day !== null)
      sizes.set(day, Math.max(sizes.get(day) ?? 0, Number.parseInt(expected ?? '0', 10)));
  const cells = [...sizes].map(([day, emails]) => ({ tenantId, day, emails }));
  const campaigns = differences.flatMap(({ campaign_id: id }) => (id === null ? [] : [id]));
  if (campaigns.length === 0) return packCells(cells, 'reconcile');
  const here = await source.query(sourceLeads, { tenantId, campaigns });
  const there = await warehouse.transaction((tx) => tx.query(heldLeads, { tenantId, campaigns }), {
    tenantId,
  });
  const leads = [...new Set([...here, ...there].map((row) => row.lead_id))].sort();
  return [...packCells(cells, 'reconcile'), ...packLeads(tenantId, leads, 'reconcile')];
};

/**
 * Reconciles one tenant for a slot: compares everything, records the result, queues what mends it, and, when nothing
 * differs, closes the billing periods whose grace is over. Running it twice records the slot once and closes nothing twice.
 */
export const reconcile = async (
  books: Books & { readonly send: (messages: readonly CellsMessage[]) => Promise<void> },
  tenantId: string,
  scheduledTime: Date,
): Promise<Comparison & { readonly closed: number }> => {
  const found = await compare(books, tenantId);
  await books.send(await mend(books, found));
  const closed = await books.warehouse.transaction(
    async (tx) => {
      await tx.query(lockTenant, { tenantId });
      await tx.query(recordReconciliation, {
        ...found,
        scheduledTime,
        detail: found.differences.slice(0, 100),
      });
      await tx.query(sweepLeads, { tenantId });
      if (found.differences.length > 0) return 0;
      const [periods] = await tx.query(closePeriods, { tenantId, now: scheduledTime });
      return periods?.closed ?? 0;
    },
    { tenantId },
  );
  return { ...found, closed };
};
