import * as z from 'zod';
import { daysBetween, isDay, type Day } from '@rookery/kernel/day';

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
// Cells further apart would make one transaction look over years of partitions.
const widestDays = 62;

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
    const first = current?.days[0];
    const full =
      current !== undefined &&
      (current.days.length >= mostDays ||
        emails + cell.emails > mostEmails ||
        (first !== undefined && daysBetween(first, cell.day) > widestDays));
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

// Ids are ours to carry but not ours to shorten: 100 kB of them, well under the 1 MiB of a batch of ten messages.
const mostLeadBytes = 100_000;
const mostLeads = 5_000;

/** Packs leads to be recounted into messages. */
export const packLeads = (
  tenantId: string,
  leads: readonly string[],
  reason: CellsMessage['reason'],
): CellsMessage[] => {
  const messages: CellsMessage[] = [];
  let bytes = 0;
  for (const lead of leads) {
    const size = Buffer.byteLength(JSON.stringify(lead)) + 1;
    const current = messages.at(-1);
    if (
      current === undefined ||
      bytes + size > mostLeadBytes ||
      current.leads.length >= mostLeads
    ) {
      messages.push({ kind: 'cells', tenant_id: tenantId, days: [], leads: [lead], reason });
      bytes = size;
    } else {
      current.leads.push(lead);
      bytes += size;
    }
  }
  return messages;
};
