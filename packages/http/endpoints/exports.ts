import * as z from 'zod';
import { analysts, type Endpoint, type Endpoints } from '../contract.ts';
import { day, id, instant, range } from '../fields.ts';
import { emailCounts, warmupCounts } from '../figures.ts';

const count = z.int().min(0);
const name = z.string().nullable();
const score = z.int().min(0).max(100).nullable();
const known = z.boolean().nullable();
const billing_id = z
  .int()
  .nullable()
  .meta({ description: 'The billing period that holds the day.' });
const updated = instant.meta({ description: 'When a value of the row last changed.' });

const table = <const Path extends string, R extends z.ZodRawShape>(
  path: Path,
  what: string,
  row: R,
) => {
  const rows = z.object(row);
  return {
    method: 'GET',
    path: `/v1/exports/${path}`,
    tag: 'Exports',
    summary: `${what}, whole`,
    description: `Every row of the range, in the order of its key, as one snapshot; written while it is read, however many there are. An answer that ends without its last chunk failed on the way: ask again. Not packed by default; gzip on request.`,
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject(range),
    response: rows,
    rows,
    streaming: true,
    cache: 'none',
    rate: 'export',
    examples: [
      { title: `${what} of a month, as CSV`, query: { from: '2025-03-01', to: '2025-04-01' } },
    ],
  } as const satisfies Endpoint;
};

/** The fact tables as they are, for a customer's own warehouse. */
export const exportEndpoints = {
  exportCampaignDays: table('campaign-days', 'Campaigns by day', {
    day,
    campaign_id: id,
    company_id: id,
    ...emailCounts,
    status: name,
    completed_leads: count.nullable(),
    billing_id,
    updated,
  }),
  exportMailboxDays: table('mailbox-days', 'Mailboxes by day', {
    day,
    mailbox_id: id,
    company_id: id,
    ...emailCounts,
    warmup_status: name,
    health_score: score,
    current_volume: count.nullable(),
    campaign_status: name,
    domain_id: name,
    spf: known,
    dkim: known,
    dmarc: known,
    billing_id,
    updated,
  }),
  exportStepDays: table('step-days', 'Sequence steps by day', {
    day,
    campaign_id: id,
    step_id: id,
    company_id: id,
    ...emailCounts,
    step_position: z.int().min(1).nullable(),
    variant: name,
    billing_id,
    updated,
  }),
  exportWarmupDays: table('warmup-days', 'Warm-ups by day', {
    day,
    mailbox_id: id,
    company_id: id,
    ...warmupCounts,
    planned: count.nullable(),
    ramp_days: z.int().min(1).nullable(),
    health_score: score,
    progress_percentage: score,
    billing_id,
    updated,
  }),
  exportLeads: table('leads', 'Leads last written to in the range', {
    campaign_id: id,
    lead_id: id,
    ...emailCounts,
    status: name,
    first_day: day,
    last_day: day,
    billing_id,
    updated,
  }),
} as const satisfies Endpoints;
