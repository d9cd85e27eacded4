import * as z from 'zod';
import { isDay, type Day } from '@rookery/kernel/day';

const day = z.custom<Day>(
  (value) => typeof value === 'string' && isDay(value),
  'not a day YYYY-MM-DD',
);

/** One unit of aggregation: some cells of one tenant, and leads to recount by name. Fits in an SQS message. */
export const cellsMessage = z.strictObject({
  kind: z.literal('cells'),
  tenant_id: z.string().min(1).max(200),
  days: z.array(day).max(400),
  leads: z.array(z.string().min(1)).max(5_000).default([]),
  reason: z.enum([
    'changed',
    'swept',
    'nightly',
    'backfill',
    'reconcile',
    'zone',
    'stale-leads',
    'restored',
  ]),
});
export type CellsMessage = z.infer<typeof cellsMessage>;

/** One unit of reconciliation: everything of one tenant, as asked for by one slot of the schedule. */
export const reconcileMessage = z.strictObject({
  kind: z.literal('reconcile'),
  tenant_id: z.string().min(1).max(200),
  scheduled_time: z.iso.datetime(),
});
export type ReconcileMessage = z.infer<typeof reconcileMessage>;

/** A cell and about how many e-mails it holds: what messages are packed by. */
export type SizedCell = { readonly tenantId: string; readonly day: Day; readonly emails: number };

// 50,000 e-mails keep a message under about 1 s of work and 20 MB in transit; 31 days keep its transaction short.
const mostEmails = 50_000;
const mostDays = 31;

/** Packs cells into messages of one tenant each, days in order; a cell asked for twice goes out once. */
export const packCells = (
  cells: readonly SizedCell[],
  reason: CellsMessage['reason'],
): CellsMessage[] => {
  const sorted = cells.toSorted((a, b) =>
    a.tenantId === b.tenantId ? (a.day < b.day ? -1 : 1) : a.tenantId < b.tenantId ? -1 : 1,
  );
  const messages: CellsMessage[] = [];
  let current: CellsMessage | undefined;
  let emails = 0;
  for (const cell of sorted) {
    if (current?.tenant_id === cell.tenantId && current.days.at(-1) === cell.day) continue;
    const full =
      current !== undefined &&
      (current.days.length >= mostDays || emails + cell.emails > mostEmails);
    if (current === undefined || current.tenant_id !== cell.tenantId || full) {
      current = { kind: 'cells', tenant_id: cell.tenantId, days: [], leads: [], reason };
      messages.push(current);
      emails = 0;
    }
    current.days.push(cell.day);
    emails += cell.emails;
  }
  return messages;
};

const mostLeads = 2_000;

/** Packs leads to be recounted into messages. */
export const packLeads = (
  tenantId: string,
  leads: readonly string[],
  reason: CellsMessage['reason'],
): CellsMessage[] =>
  Array.from({ length: Math.ceil(leads.length / mostLeads) }, (_, i) => ({
    kind: 'cells' as const,
    tenant_id: tenantId,
    days: [],
    leads: leads.slice(i * mostLeads, (i + 1) * mostLeads),
    reason,
  }));
