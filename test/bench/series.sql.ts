import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Whose series: all of a tenant, or one of its campaigns. */
export type Series = { readonly tenantId: string; readonly campaignId: string | null };

const columns = { day: 'date', sent: 'int8', opened: 'int8', replied: 'int8' } as const;
const example = { tenantId: 'nobody', campaignId: null };

const only = (campaignId: string | null) =>
  campaignId === null ? sql`true` : sql`campaign_id = ${campaignId}`;

/** The daily series of 90 days from the facts. */
export const seriesFromFacts = statement<Series, typeof columns>({
  title: 'series from facts',
  on: 'warehouse',
  columns,
  example,
  sql: ({ tenantId, campaignId }) => sql`
select day, sum(sent) as sent, sum(opened_tracked) as opened, sum(replied) as replied
from olap.campaign_analytics where tenant_id = ${tenantId} and ${only(campaignId)} group by day order by day`,
});

/** The same series from the e-mails. */
export const seriesFromEmails = statement<Series, typeof columns>({
  title: 'series from e-mails',
  on: 'source',
  columns,
  example,
  sql: ({ tenantId, campaignId }) => sql`
select (sent_at at time zone 'UTC')::date as day, count(*) as sent, count(opened) as opened, count(replied) as replied
from source.emails where tenant_id = ${tenantId} and ${only(campaignId)} group by 1 order by 1`,
});
