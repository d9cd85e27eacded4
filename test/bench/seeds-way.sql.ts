import { sql } from 'kysely';
import type { Day } from '@rookery/kernel/day';
import { statement } from '@rookery/db/statement';
import type { Db } from '@rookery/db/pool';

/** The table of the seeds' pipeline, with the unique key that its ON CONFLICT needs and it forgot. */
export const seedsTable = `create table seeds_campaign_analytics (
  campaign_id text primary key, company_id text, sent integer, delivered integer, opened_tracked integer,
  clicked_tracked integer, replied integer, bounced integer, unsubscribed integer, spam_complaints integer, updated timestamptz)`;

const counted = {
  campaign_id: 'text',
  sent: 'int8',
  delivered: 'int8',
  opened_tracked: 'int8',
  clicked_tracked: 'int8',
  replied: 'int8',
  bounced: 'int8',
  unsubscribed: 'int8',
  spam_complaints: 'int8',
} as const;

/** The seeds' select (seed 003, analytics/etlPipeline.ts), word for word. */
const readCampaigns = statement<{ tenantId: string; day: Day }, typeof counted>({
  title: 'campaign metrics, as in the seeds',
  on: 'source',
  columns: counted,
  example: { tenantId: 'nobody', day: '2026-01-01' as Day },
  sql: ({ tenantId, day }) => sql`
select campaign_id, count(*) as sent,
  count(*) filter (where status = 'delivered') as delivered,
  count(*) filter (where opened is not null) as opened_tracked,
  count(*) filter (where clicked is not null) as clicked_tracked,
  count(*) filter (where replied is not null) as replied,
  count(*) filter (where bounce_type is not null) as bounced,
  count(*) filter (where unsubscribed is not null) as unsubscribed,
  count(*) filter (where complaint is not null) as spam_complaints
from source.emails
where tenant_id = ${tenantId} and date(sent_at) = ${day}
group by campaign_id`,
});

type Campaign = { [K in keyof typeof counted]: string | number };

/** The seeds' insert, one a row; its company_id, which their select forgets, is null here. */
const writeCampaign = statement<Campaign, Record<string, never>>({
  title: 'upsert of one campaign, as in the seeds',
  on: 'warehouse',
  columns: {},
  example: {
    campaign_id: 'nothing',
    sent: 0,
    delivered: 0,
    opened_tracked: 0,
    clicked_tracked: 0,
    replied: 0,
    bounced: 0,
    unsubscribed: 0,
    spam_complaints: 0,
  },
  sql: (row) => sql`
insert into seeds_campaign_analytics (campaign_id, company_id, sent, delivered, opened_tracked, clicked_tracked, replied,
  bounced, unsubscribed, spam_complaints, updated)
values (${row.campaign_id}, null, ${row.sent}, ${row.delivered}, ${row.opened_tracked}, ${row.clicked_tracked},
  ${row.replied}, ${row.bounced}, ${row.unsubscribed}, ${row.spam_complaints}, now())
on conflict (campaign_id) do update set sent = excluded.sent, delivered = excluded.delivered,
  opened_tracked = excluded.opened_tracked, clicked_tracked = excluded.clicked_tracked, replied = excluded.replied,
  bounced = excluded.bounced, unsubscribed = excluded.unsubscribed, spam_complaints = excluded.spam_complaints,
  updated = now()`,
});

/** One day in the seeds' way, for every tenant: the campaign fact only, a row at a time. */
export const seedsDay = async (
  source: Db,
  warehouse: Db,
  tenants: readonly string[],
  day: Day,
): Promise<number> => {
  let written = 0;
  for (const tenantId of tenants)
    for (const row of await source.query(readCampaigns, { tenantId, day })) {
      await warehouse.query(writeCampaign, row);
      written += 1;
    }
  return written;
};
