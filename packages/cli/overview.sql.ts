import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/**
 * What the warehouse holds of each tenant, the largest first, and of all together in a last row without a tenant.
 * `health` is the median over mailboxes of their newest score, `period` the e-mails of the newest billing period,
 * `drift` what the newest reconciliation found. Run it as rookery_ops, who sees every tenant.
 */
export const overview = statement({
  title: 'overview of the tenants',
  on: 'warehouse',
  columns: {
    tenant_id: 'text?',
    timezone: 'text?',
    days: 'int8?',
    sent: 'int8?',
    delivered: 'int8?',
    replied: 'int8?',
    bounced: 'int8?',
    campaigns: 'int8?',
    mailboxes: 'int8?',
    leads: 'int8?',
    health: 'float8?',
    period: 'int8?',
    drift: 'int8?',
  },
  example: {},
  sql: () => sql`
with fact as (
  select tenant_id, sum(sent) as sent, sum(delivered) as delivered, sum(replied) as replied, sum(bounced) as bounced,
    count(distinct campaign_id) as campaigns
  from olap.campaign_analytics group by tenant_id
), newest as materialized (
  select distinct on (tenant_id, mailbox_id) tenant_id, mailbox_id, health_score
  from olap.mailbox_analytics order by tenant_id, mailbox_id, day desc
), mailbox as (
  select tenant_id, count(*) as mailboxes, percentile_cont(0.5) within group (order by health_score) as health
  from newest group by tenant_id
), lead as (
  select tenant_id, count(distinct lead_id) as leads from olap.lead_analytics where sent > 0 group by tenant_id
), cell as (
  select tenant_id, count(*) as days from olap.cell where source_emails + source_warmups > 0 group by tenant_id
), billing as (
  select distinct on (tenant_id) tenant_id, emails_sent as period
  from olap.billing_analytics order by tenant_id, first_day desc
), reconciled as (
  select distinct on (tenant_id) tenant_id, drift from olap.reconciliation order by tenant_id, scheduled_time desc
), tenant as materialized (
  select tenant_id, timezone, days, sent, delivered, replied, bounced, campaigns, mailboxes, leads, health, period, drift
  from olap.tenant
  left join cell using (tenant_id) left join fact using (tenant_id) left join mailbox using (tenant_id)
  left join lead using (tenant_id) left join billing using (tenant_id) left join reconciled using (tenant_id)
)
(select tenant_id, timezone, days, sent::bigint, delivered::bigint, replied::bigint, bounced::bigint, campaigns,
  mailboxes, leads, health, period::bigint, drift::bigint
from tenant order by tenant.sent desc nulls last, tenant_id)
union all
select null, null, sum(days)::bigint, sum(sent)::bigint, sum(delivered)::bigint, sum(replied)::bigint,
  sum(bounced)::bigint, sum(campaigns)::bigint, sum(mailboxes)::bigint, sum(leads)::bigint,
  (select percentile_cont(0.5) within group (order by health_score) from newest), sum(period)::bigint, sum(drift)::bigint
from tenant`,
});
