import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { isDay } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { completeThrough } from '../changes/complete-through.sql.ts';
import { orderOf, type Asked, type Page } from './ask.ts';
import { emailSums } from './figures.ts';
import { spanColumns, spanList, sumsSql } from './fragment.sql.ts';

/**
 * What leads did, each as a condition on a row: at least one e-mail of the campaign to the lead was …; `not_…`: none was,
 * delivered or not, so that `opened` and `not_opened` part the contacted. `…_human` holds only where the source says so.
 */
const engaged = {
  contacted: 'f.sent > 0',
  delivered: 'f.delivered > 0',
  opened: 'f.opened_tracked > 0',
  opened_human: 'f.opened_human > 0',
  clicked: 'f.clicked_tracked > 0',
  replied: 'f.replied > 0',
  replied_human: 'f.replied_human > 0',
  bounced: 'f.bounced > 0',
  hard_bounced: 'f.hard_bounced > 0',
  unsubscribed: 'f.unsubscribed > 0',
  complained: 'f.spam_complaints > 0',
  not_opened: 'f.opened_tracked = 0',
  not_replied: 'f.replied = 0',
} as const satisfies Readonly<Record<string, string>>;

/** What a lead did in a campaign. */
export type Engagement = keyof typeof engaged;

/** One page of leads. A filter that is null does not filter; the range is of the day they were last written to. */
export type LeadListAsk = {
  readonly tenantId: string;
  readonly range: Asked;
  readonly page: Page;
  readonly campaignIds: readonly string[] | null;
  readonly leadIds: readonly string[] | null;
  readonly statuses: readonly string[] | null;
  readonly engagement: Engagement | null;
  /** Counting all that match reads all of them: a page of 1,000,000 leads takes 3 ms, their totals 0.4 to 0.7 s (Postgres 18, 2026-11). */
  readonly totals: boolean;
};

const known = { status: 'text?', first_day: 'date?', last_day: 'date?' } as const satisfies Columns;

/** One row `all` with the totals, then one `lead` for each lead in a campaign. */
const leadColumns = {
  ...spanColumns,
  part: 'text',
  matching: 'int8?',
  leads: 'int8?',
  sort_key: 'text?',
  campaign_id: 'text',
  lead_id: 'text',
  ...emailSums,
  ...known,
} as const satisfies Columns;

// Tombstones have no last day. What is left out of the range is filled in by the leads there are, so that it leaves none out.
const lifeSpan = (tenantId: string, { from, to }: Asked): RawBuilder<unknown> => sql`
span as (
  select z.timezone, coalesce(${from}::date, least(l.first, e.range_to - 1)) as range_from, e.range_to,
    now() as as_of, ${completeThrough(tenantId)} as complete_through
  from (select coalesce((select timezone from olap.tenant where tenant_id = ${tenantId}), 'UTC') as timezone) z,
    (select min(last_day) as first, max(last_day) as last from olap.lead_analytics where tenant_id = ${tenantId}) l,
    lateral (select coalesce(${to}::date,
      greatest((now() at time zone z.timezone)::date, ${from}::date, l.last) + 1) as range_to) e
)`;

const figures = sql.raw(sumsSql(emailSums));
const nobody = sql`null::text as sort_key, '' as campaign_id, '' as lead_id`;
const unknown = sql`null::text as status, null::date as first_day, null::date as last_day`;
const stay = sql`f.campaign_id, f.lead_id, ${figures}, f.status, f.first_day, f.last_day`;
const ofStay = sql`f.campaign_id, f.lead_id, f.status, f.first_day, f.last_day`;

const within = (column: string, values: readonly string[] | null): RawBuilder<unknown> =>
  values === null ? sql`` : sql`and ${sql.raw(column)} = any(${values}::text[])`;

// `sent > 0` and the last day say the same; the second keeps an index on the day from walking over the tombstones.
const matching = (ask: LeadListAsk, range = ask.range): RawBuilder<unknown> => sql`
  f.tenant_id = ${ask.tenantId} and f.sent > 0 and f.last_day is not null
  ${within('f.campaign_id', ask.campaignIds)} ${within('f.lead_id', ask.leadIds)}
  ${within('f.status', ask.statuses)}
  ${ask.engagement === null ? sql`` : sql.raw(`and ${engaged[ask.engagement]}`)}
  ${range.from === null ? sql`` : sql`and f.last_day >= ${range.from}::date`}
  ${range.to === null ? sql`` : sql`and f.last_day < ${range.to}::date`}`;

// By the identifiers alone, or by one column before them: as columns and not as expressions, an index can serve them.
const sortable = {
  id: '',
  sent: 'sent',
  opened_tracked: 'opened_tracked',
  replied: 'replied',
  last_day: 'last_day',
} as const;

const isKey = (by: string, key: string): boolean => {
  if (by === '') return key === '';
  return by === 'last_day' ? isDay(key) : /^\d{1,9}$/.test(key);
};

const after = ({ after: keys }: Page, by: string, descending: boolean): RawBuilder<unknown> => {
  if (keys === null) return sql``;
  const [key, campaign, lead] = keys.filter((each) => typeof each === 'string');
  if (keys.length !== 3 || key === undefined || lead === undefined || !isKey(by, key))
    throw new Failure(
      'invalid',
      'cursor-malformed',
      'the cursor is not one of this list; start again without it',
    );
  const compared = sql.raw(descending ? '<' : '>');
  if (by === '') return sql`and (f.campaign_id, f.lead_id) ${compared} (${campaign}, ${lead})`;
  const type = sql.raw(by === 'last_day' ? 'date' : 'integer');
  return sql`and (f.${sql.raw(by)}, f.campaign_id, f.lead_id) ${compared} (${key}::${type}, ${campaign}, ${lead})`;
};

// The row before bounds the walk more closely than the range does. Given both, Postgres 18 starts at the end of the range:
// 20 ms instead of 2 in the middle of 90 days of 1,000,000 leads (2026-11).
const rest = ({ range, page }: LeadListAsk, by: string, descending: boolean): Asked => {
  const [key] = page.after ?? [];
  if (by !== 'last_day' || typeof key !== 'string') return range;
  const { from, to } = range;
  if (descending) return { from, to: to !== null && key < to ? null : to };
  return { from: from !== null && key >= from ? null : from, to };
};

/**
 * One page of leads in campaigns by keyset, behind a row of totals over all that match; where those are not asked for,
 * `matching` is null and nothing is summed. 50 of 1,000,000 leads in the usual order or by last day are a walk of 60 buffers
 * by an index, 2 to 4 ms with the way to the database; by a counter all are read: 0.3 s (Postgres 18, 2026-11).
 */
export const listLeads = statement<LeadListAsk, typeof leadColumns>({
  title: 'list leads',
  on: 'warehouse',
  columns: leadColumns,
  example: {
    tenantId: 'nobody',
    range: { from: null, to: null },
    page: { sort: undefined, limit: 50, after: null },
    campaignIds: null,
    leadIds: null,
    statuses: null,
    engagement: null,
    totals: true,
  },
  sql: (ask) => {
    const { by, descending } = orderOf(ask.page.sort, sortable, 'id');
    const direction = sql.raw(descending ? ' desc' : '');
    const order = (alias: string) =>
      sql.join(
        [by, 'campaign_id', 'lead_id']
          .filter((name) => name !== '')
          .map((name) => sql`${sql.raw(`${alias}.${name}`)}${direction}`),
      );
    const key = sql.raw(by === '' ? `''` : `f.${by}::text`);
    return sql`
with ${lifeSpan(ask.tenantId, ask.range)}, page as (
  select f.* from olap.lead_analytics f
  where ${matching(ask, rest(ask, by, descending))} ${after(ask.page, by, descending)}
  order by ${order('f')} limit ${ask.page.limit + 1}
), answer as (
  select 'all' as part, ${ask.totals ? sql`count(*)` : sql`null::int8`} as matching,
    ${ask.totals ? sql`count(distinct f.lead_id)` : sql`null::int8`} as leads, ${nobody}, ${figures}, ${unknown}
  from olap.lead_analytics f where ${ask.totals ? matching(ask) : sql`false`}
  union all
  select 'lead', null, null, ${key}, ${stay} from page f
  group by ${ofStay}${by === '' ? sql`` : sql`, f.${sql.raw(by)}`}
)
select ${spanList}, answer.* from answer, span
order by part, ${order('answer')}`;
  },
});

/** The most campaigns that the answer about one lead holds. */
export const mostCampaigns = 500;

/** The latest 500 campaigns of one lead, the latest first, behind a row of totals over all of them. */
export const oneLead = statement<
  { readonly tenantId: string; readonly leadId: string },
  typeof leadColumns
>({
  title: 'one lead',
  on: 'warehouse',
  columns: leadColumns,
  example: { tenantId: 'nobody', leadId: 'none' },
  sql: ({ tenantId, leadId }) => sql`
with ${lifeSpan(tenantId, { from: null, to: null })}, lead as (
  select f.* from olap.lead_analytics f
  where f.tenant_id = ${tenantId} and f.lead_id = ${leadId} and f.sent > 0
), answer as (
  select 'all' as part, count(*) as matching, count(distinct f.lead_id) as leads, ${nobody}, ${figures},
    null::text as status, min(f.first_day) as first_day, max(f.last_day) as last_day
  from lead f
  union all
  select 'lead', null, null, null, ${stay}
  from (select * from lead order by last_day desc, campaign_id limit ${mostCampaigns}) f group by ${ofStay}
)
select ${spanList}, answer.* from answer, span
order by part, answer.last_day desc, answer.campaign_id`,
});
