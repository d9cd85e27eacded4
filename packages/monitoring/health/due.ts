import type { Db } from '@rookery/db/pool';
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

/**
 * Sends every service that is due at a slot to be checked, once; returns how many. They are sent before they are noted as
 * sent: where that fails they are still due, and one that is sent twice is counted once by its slot. A parent is in the
 * message of its children, for them to be judged together. `ops` is a pool of rookery_ops.
 */
export const lookForChecks = (ops: Db, { slot, windows, send }: Look): Promise<number> =>
  ops.transaction(async (tx) => {
    const covers = coversOf(spansOf(windows, slot, new Date(slot.getTime() + 1)));
    const due = await tx.query(giveOutDue, { slot: slot.toISOString(), covers });
    const order = due
      .map((row) => ({ ...row, by: `${row.tenant_id}\n${row.family}\n${row.id}` }))
      .toSorted((a, b) => (a.by < b.by ? -1 : 1));
    if (order.length > 0)
      await send(
        messagesOf(
          slot,
          order.map(({ tenant_id, id }) => ({ tenantId: tenant_id, serviceId: id })),
        ),
      );
    return order.length;
  });
