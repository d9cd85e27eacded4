import type { Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { packLeads, type CellsMessage, type SizedCell } from './message.ts';
import { markCells, pendingOf } from './pending.sql.ts';
import { readFence } from './position.sql.ts';
import type { Tenant } from './tenant.ts';

/** What is still marked of some tenants, of any age: the cells, and the messages that recount the leads. */
export const stillPending = async (
  warehouse: Db,
  tenants: readonly Tenant[],
): Promise<{ cells: SizedCell[]; messages: CellsMessage[] }> => {
  const rows = await warehouse.query(pendingOf, { tenantIds: tenants.map((t) => t.tenant_id) });
  const cells: SizedCell[] = [];
  const leads = new Map<string, string[]>();
  for (const { tenant_id: tenantId, day, lead_id: lead } of rows) {
    if (day !== null) cells.push({ tenantId, day, emails: 0 });
    if (lead === null) continue;
    const named = leads.get(tenantId) ?? [];
    named.push(lead);
    leads.set(tenantId, named);
  }
  return {
    cells,
    messages: [...leads].flatMap(([tenantId, named]) => packLeads(tenantId, named, 'nightly')),
  };
};

/** Marks cells that are known to have changed, behind a snapshot taken now: not older than any in which they were found. */
export const mark = async (
  { source, warehouse }: { readonly source: Db; readonly warehouse: Db },
  epoch: number,
  cells: readonly SizedCell[],
): Promise<void> => {
  if (cells.length === 0) return;
  const [fence] = await source.query(readFence, {});
  if (fence === undefined)
    throw new Failure('unavailable', 'source-silent', 'the source did not answer');
  await warehouse.query(markCells, {
    tenantIds: cells.map((cell) => cell.tenantId),
    days: cells.map((cell) => cell.day),
    epoch,
    xmax: fence.xmax,
    inProgress: fence.in_progress,
  });
};
