import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { emailSums } from '../reports/figures.ts';
import { sumsSql } from '../reports/fragment.sql.ts';
import { exampleWants, type WantArrays } from './want.ts';

/** Wants with their windows in days, and whether each is for the tenant as a whole. */
export type DaysWanted = WantArrays & {
  readonly days: readonly number[];
  readonly wholes: readonly boolean[];
};

const example: DaysWanted = { ...exampleWants, days: [2], wholes: [true] };

// Wants of the same days are one span: 500 minutes of a replay are one or two.
const spans = ({ places, tenants, slots, days, wholes }: DaysWanted): RawBuilder<unknown> => sql`
span as materialized (
  select w.tenant_id, w.whole, t.timezone is not null as known, d.last_day - w.days + 1 as first_day, d.last_day,
    array_agg(w.place order by w.place)::integer[] as wants
  from unnest(${places}::integer[], ${tenants}::text[], ${slots}::timestamptz[], ${days}::integer[], ${wholes}::boolean[])
    as w(place, tenant_id, slot, days, whole)
  left join olap.tenant t on t.tenant_id = w.tenant_id
  cross join lateral (select (w.slot at time zone coalesce(t.timezone, 'UTC'))::date as last_day) d
  group by w.tenant_id, w.whole, t.timezone, d.last_day, w.days
)`;

const inSpan = sql`f.tenant_id = s.tenant_id and f.day >= s.first_day and f.day <= s.last_day`;

const sums = sql.raw(sumsSql(emailSums));

const campaignColumns = {
  wants: '_int4',
  campaign_id: 'text?',
  ...emailSums,
} as const satisfies Columns;

/**
 * E-mails by campaign, or of the whole tenant (its campaign is null), over the days of each want. A tenant that is looked at
 * and sent nothing has sent 0; of one that is not there is nothing to say. Of 1,000,000 rows, 1,000 tenants over 7 days are
 * 350,000 of them: 35,180 buffers and 0.49 s (Postgres 18 on two busy cores, 2026-11).
 */
export const campaignSums = statement<DaysWanted, typeof campaignColumns>({
  title: 'metrics of campaigns and tenants',
  on: 'warehouse',
  columns: campaignColumns,
  example,
  sql: (wanted) => sql`
with ${spans(wanted)}
select s.wants, f.*
from span s cross join lateral (
  select f.campaign_id, ${sums}
  from olap.campaign_analytics f where not s.whole and ${inSpan}
  group by f.campaign_id
  union all
  select null, ${sums}
  from olap.campaign_analytics f where s.whole and ${inSpan}
  having s.whole and (s.known or count(*) > 0)
) f`,
});

const mailboxColumns = {
  wants: '_int4',
  mailbox_id: 'text',
  ...emailSums,
  health_score: 'int4?',
  scored_emails: 'int4?',
} as const satisfies Columns;

/**
 * E-mails by mailbox over the days of each want, with the score of the last of them that has e-mails. Of 1,000,000 rows: 100
 * rules about two days of 100 mailboxes 20 buffers and 1 ms, 500 slots of a replay 5 ms, 100 rules about 20 windows 79 ms,
 * 50,000 mailboxes of 1,000 tenants 11,691 buffers and 0.44 s (2026-11).
 */
export const mailboxSums = statement<DaysWanted, typeof mailboxColumns>({
  title: 'metrics of mailboxes',
  on: 'warehouse',
  columns: mailboxColumns,
  example: { ...example, wholes: [false] },
  sql: (wanted) => sql`
with ${spans(wanted)}
select s.wants, f.*
from span s cross join lateral (
  select f.mailbox_id, ${sums},
    (array_agg(f.health_score order by f.day desc))[1] as health_score,
    (array_agg((f.health_components ->> 'sent')::integer order by f.day desc))[1] as scored_emails
  from olap.mailbox_analytics f where ${inSpan}
  group by f.mailbox_id
) f`,
});
