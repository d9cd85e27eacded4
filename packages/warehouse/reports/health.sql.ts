import { sql } from 'kysely';
import { parseDay, type Day } from '@rookery/kernel/day';
import { statement, type Columns } from '@rookery/db/statement';
import { completeThrough } from '../changes/complete-through.sql.ts';
import { windowDays } from '../health/mailbox.ts';
import type { Interval } from './ask.ts';

/** One mailbox, and the day whose score is asked for: by default the last with e-mails, or else with warm-up messages. */
export type WindowAsk = {
  readonly tenantId: string;
  readonly mailboxId: string;
  readonly day: Day | null;
};

const windowColumns = {
  exists: 'bool',
  timezone: 'text',
  day: 'date',
  as_of: 'timestamptz',
  complete_through: 'timestamptz?',
  sent: 'int8',
  delivered: 'int8',
  hard_bounced: 'int8',
  spam_complaints: 'int8',
  replied: 'int8',
  unsubscribed: 'int8',
  placed: 'int8',
  in_spam: 'int8',
  spf: 'bool?',
  dkim: 'bool?',
  dmarc: 'bool?',
} as const satisfies Columns;

/**
 * What the score of a mailbox rests on, in one row: the sums over the 14 days that end with a day, and the domain's
 * records on the last of them with e-mails. `exists`: the tenant has facts of the mailbox at all.
 * The last day is found backwards by the index (tenant, mailbox, day), partition by partition until the first hit, and the
 * bounds are scalars, so that other months are pruned when it runs: 64 buffers and 1.7 ms of 1,169,600 rows in each of the
 * two tables over two years (2026-11). Planning names every month four times: 16 ms, in a session's first runs only.
 */
export const healthWindow = statement<WindowAsk, typeof windowColumns>({
  title: 'window of a mailbox score',
  on: 'warehouse',
  columns: windowColumns,
  example: { tenantId: 'nobody', mailboxId: 'none', day: null },
  sql: ({ tenantId, mailboxId, day }) => {
    const mine = sql`tenant_id = ${tenantId} and mailbox_id = ${mailboxId}`;
    const inWindow = sql`day > (select day from chosen) - ${sql.raw(String(windowDays))} and day <= (select day from chosen)`;
    return sql`
with chosen as materialized (
  select last.day is not null as exists, z.timezone,
    coalesce(${day}::date, last.day, (now() at time zone z.timezone)::date) as day
  from (select coalesce((select timezone from olap.tenant where tenant_id = ${tenantId}), 'UTC') as timezone) z,
    (select coalesce((select max(day) from olap.mailbox_analytics where ${mine}),
      (select max(day) from olap.warmup_analytics where ${mine})) as day) last
), volume as (
  select day, sent, delivered, hard_bounced, spam_complaints, replied, unsubscribed, 0 as placed, 0 as in_spam,
    spf, dkim, dmarc, true as campaign
  from olap.mailbox_analytics where ${mine} and ${inWindow}
  union all
  select day, 0, 0, 0, 0, 0, 0, delivered, spam_complaints, null, null, null, false
  from olap.warmup_analytics where ${mine} and ${inWindow}
), w as (
  select coalesce(sum(sent), 0) as sent, coalesce(sum(delivered), 0) as delivered,
    coalesce(sum(hard_bounced), 0) as hard_bounced, coalesce(sum(spam_complaints), 0) as spam_complaints,
    coalesce(sum(replied), 0) as replied, coalesce(sum(unsubscribed), 0) as unsubscribed,
    coalesce(sum(placed), 0) as placed, coalesce(sum(in_spam), 0) as in_spam,
    (array_agg(spf order by day desc) filter (where campaign))[1] as spf,
    (array_agg(dkim order by day desc) filter (where campaign))[1] as dkim,
    (array_agg(dmarc order by day desc) filter (where campaign))[1] as dmarc
  from volume
)
select exists, timezone, day, now() as as_of, ${completeThrough(tenantId)} as complete_through,
  w.* from chosen, w`;
  },
});

/** One mailbox over half-open days. */
export type ScoresAsk = {
  readonly tenantId: string;
  readonly mailboxId: string;
  readonly from: Day;
  readonly to: Day;
};

const someScores: ScoresAsk = {
  tenantId: 'nobody',
  mailboxId: 'none',
  from: parseDay('2026-01-01'),
  to: parseDay('2026-02-01'),
};

/**
 * The stored scores of a mailbox on its days with e-mails, the oldest first, with the lowest cap that applied.
 * A row a day by the index (tenant, mailbox, day): 90 days are 96 buffers and 0.2 ms of 1,169,600 rows (2026-11).
 */
export const scoreHistory = statement<
  ScoresAsk,
  { day: 'date'; score: 'int4?'; cap: 'int4?'; version: 'int4?' }
>({
  title: 'history of a mailbox score',
  on: 'warehouse',
  columns: { day: 'date', score: 'int4?', cap: 'int4?', version: 'int4?' },
  example: someScores,
  sql: ({ tenantId, mailboxId, from, to }) => sql`
select day, health_score as score, (health_components ->> 'cap')::integer as cap,
  (health_components ->> 'version')::integer as version
from olap.mailbox_analytics
where tenant_id = ${tenantId} and mailbox_id = ${mailboxId} and day >= ${from}::date and day < ${to}::date
order by day`,
});

/** One mailbox over half-open days, cut as its series is. */
export type LevelsAsk = ScoresAsk & { readonly interval: Interval };

const bucketOf = (interval: Interval, from: Day) =>
  sql`greatest(date_trunc(${interval}::text, day::timestamp)::date, ${from}::date)`;

/**
 * The score of a sending mailbox on the last day with e-mails of each bucket that has one; null there is unknown.
 * 90 days by day are 96 buffers and 0.2 ms, two years by week 779 and 2.4 ms, of 1,169,600 rows (2026-11).
 */
export const mailboxLevels = statement<LevelsAsk, { bucket_from: 'date'; health_score: 'int4?' }>({
  title: 'scores of a mailbox by bucket',
  on: 'warehouse',
  columns: { bucket_from: 'date', health_score: 'int4?' },
  example: { ...someScores, interval: 'week' },
  sql: ({ tenantId, mailboxId, from, to, interval }) => sql`
select ${bucketOf(interval, from)} as bucket_from, (array_agg(health_score order by day desc))[1] as health_score
from olap.mailbox_analytics
where tenant_id = ${tenantId} and mailbox_id = ${mailboxId} and day >= ${from}::date and day < ${to}::date
group by 1`,
});

/**
 * The score and the progress of a warm-up on the last day with messages of each bucket that has one.
 * 90 days by day are 96 buffers and 0.3 ms of 1,169,600 rows (2026-11).
 */
export const warmupLevels = statement<
  LevelsAsk,
  { bucket_from: 'date'; health_score: 'int4?'; progress_percentage: 'int4?' }
>({
  title: 'scores of a warm-up by bucket',
  on: 'warehouse',
  columns: { bucket_from: 'date', health_score: 'int4?', progress_percentage: 'int4?' },
  example: { ...someScores, interval: 'week' },
  sql: ({ tenantId, mailboxId, from, to, interval }) => sql`
select ${bucketOf(interval, from)} as bucket_from, (array_agg(health_score order by day desc))[1] as health_score,
  (array_agg(progress_percentage order by day desc))[1] as progress_percentage
from olap.warmup_analytics
where tenant_id = ${tenantId} and mailbox_id = ${mailboxId} and day >= ${from}::date and day < ${to}::date
group by 1`,
});
