import type { Db } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { giveOutDue } from './due.sql.ts';
import { messagesOf, type ProbeMessage } from './message.ts';
import { coversOf } from './window.sql.ts';
import { spansOf, type MaintenanceWindow } from './window.ts';

/** A slot of the schedule, the windows around it, and where messages go. */
export type Look = {
  readonly slot: Date;
  readonly windows: readonly MaintenanceWindow[];
  readonly send: (messages: readonly ProbeMessage[]) => Promise<void>;
};

type Due = RowOf<(typeof giveOutDue)['columns']>;

// Tenants with few services first: nobody waits behind the ten thousand of another. Parents stand by their children.
const fairly = (due: readonly Due[]): readonly Due[] => {
  const counts = new Map<string, number>();
  for (const { tenant_id: tenant } of due) counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
  return due
    .map((row) => ({
      row,
      count: counts.get(row.tenant_id) ?? 0,
      by: `${row.tenant_id}\n${row.family}\n${row.id}`,
    }))
    .toSorted((a, b) => a.count - b.count || (a.by < b.by ? -1 : 1))
    .map(({ row }) => row);
};

/**
 * Sends every service that is due at a slot to be checked, once; returns how many. They are sent before they are noted as
 * sent: where that fails they are still due, and one that is sent twice is counted once by its slot. A parent is in the
 * message of its children, for them to be judged together. `ops` is a pool of rookery_ops.
 */
export const lookForChecks = (ops: Db, { slot, windows, send }: Look): Promise<number> =>
  ops.transaction(async (tx) => {
    const covers = coversOf(spansOf(windows, slot, new Date(slot.getTime() + 1)));
    const due = await tx.query(giveOutDue, { slot: slot.toISOString(), covers });
    const order = fairly(due);
    if (order.length > 0)
      await send(
        messagesOf(
          slot,
          order.map(({ tenant_id, id }) => ({ tenantId: tenant_id, serviceId: id })),
        ),
      );
    return order.length;
  });
