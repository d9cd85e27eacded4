import { sql } from 'kysely';
import type { Day } from '@rookery/kernel/day';
import { statement } from '@rookery/db/statement';
import { spanOf } from '../facts/span.ts';
import { curveSql } from './curve.ts';
import { caps, components, domainCaps, enough, scoreVersion, windowDays } from './mailbox.ts';

/** The days whose facts were replaced: scores of the 13 days after them look back on them. */
export type DaysToScore = { readonly tenantId: string; readonly days: readonly Day[] };

const lookback = windowDays - 1;

const rate = (c: (typeof components)[number]): string =>
  `((w.${c.events} + ${c.prior * c.mass}::float8) / (w.${c.base} + ${c.mass}))`;

const isCounted = (c: (typeof components)[number]): string =>
  c.name === 'warmup_spam' ? `w.placed >= ${enough.placed}` : 'true';

const points = components
  .map((c) => `case when ${isCounted(c)} then ${curveSql(c.points, rate(c))} end as ${c.name}`)
  .join(',\n    ');

const weighted = components.map((c) => `coalesce(p.${c.name} * ${c.weight}, 0)`).join(' + ');
const weights = components
  .map((c) => `case when p.${c.name} is null then 0 else ${c.weight} end`)
  .join(' + ');

// Integer against float8: `events >= rate * base`, as in mailboxHealth.
const ceilings = [
  ...caps.map(
    (c) =>
      `case when w.${c.base} >= ${c.least} and w.${c.events} >= ${c.rate}::float8 * w.${c.base} then ${c.at} end`,
  ),
  ...domainCaps.map((c) => `case when not w.${c.column} then ${c.at} end`),
].join(',\n      ');

const published = components.map((c) => `'${c.name}', round(p.${c.name}::numeric, 1)`).join(', ');

/**
 * Scores the mailboxes of a tenant on the replaced days and the 13 days after each (guide §6.3), from the facts alone,
 * and fills current_volume. Rows whose score stays the same are not written. Run it after the facts, in their transaction.
 * `p` and `scores` are materialized because every mention of a curve would be worked out again, and the updated rows have
 * bounds because the join alone read the tenant's whole history: 288 ms (and 24 to plan) became 40 (and 6) for a day of
 * the biggest of 200 tenants at 1 M e-mails, 2026-11.
 */
export const scoreMailboxes = statement<DaysToScore, { written: 'int8' }>({
  title: 'score mailboxes',
  on: 'warehouse',
  columns: { written: 'int8' },
  example: { tenantId: 'nobody', days: [] },
  sql: ({ tenantId, days }) => {
    const { first, last } = spanOf(days);
    const reach = sql.raw(String(lookback));
    return sql`
with scored as materialized (
  select distinct d + n as day from unnest(${days}::date[]) d, generate_series(0, ${sql.raw(String(lookback))}) n
), volume as (
  select mailbox_id, day, sent, delivered, hard_bounced, spam_complaints, replied, unsubscribed,
    0 as placed, 0 as in_spam, 0 as warm, spf, dkim, dmarc, true as campaign
  from olap.mailbox_analytics
  where tenant_id = ${tenantId} and day between ${first}::date - ${reach} and ${last}::date + ${reach}
  union all
  select mailbox_id, day, 0, 0, 0, 0, 0, 0, delivered, spam_complaints, sent, null, null, null, false
  from olap.warmup_analytics
  where tenant_id = ${tenantId} and day between ${first}::date - ${reach} and ${last}::date + ${reach}
), daily as (
  select mailbox_id, day, sum(sent) as sent, sum(delivered) as delivered, sum(hard_bounced) as hard_bounced,
    sum(spam_complaints) as spam_complaints, sum(replied) as replied, sum(unsubscribed) as unsubscribed,
    sum(placed) as placed, sum(in_spam) as in_spam, (sum(sent) + sum(warm))::integer as current_volume,
    bool_and(spf) as spf, bool_and(dkim) as dkim, bool_and(dmarc) as dmarc, bool_or(campaign) as campaign
  from volume group by mailbox_id, day
), w as (
  select mailbox_id, day, current_volume, campaign, spf, dkim, dmarc,
    ${sql.raw(
      [
        'sent',
        'delivered',
        'hard_bounced',
        'spam_complaints',
        'replied',
        'unsubscribed',
        'placed',
        'in_spam',
      ]
        .map((name) => `(sum(${name}) over recent)::float8 as ${name}`)
        .join(',\n    '),
    )}
  from daily
  window recent as (partition by mailbox_id order by day range between interval '${sql.raw(String(lookback))} days' preceding and current row)
), p as materialized (
  select w.*, ${sql.raw(points)},
    least(100, ${sql.raw(ceilings)}) as ceiling
  from w join scored using (day)
  where w.campaign
), scores as materialized (
  select p.mailbox_id, p.day, p.current_volume,
    case when p.sent < ${sql.raw(String(enough.sent))} and p.placed < ${sql.raw(String(enough.placed))} then null
      else least(p.ceiling, floor((${sql.raw(weighted)}) / (${sql.raw(weights)}) + 0.5))::integer end as score,
    jsonb_strip_nulls(jsonb_build_object('version', ${sql.raw(String(scoreVersion))}, 'sent', p.sent, 'placed', p.placed,
      'cap', nullif(p.ceiling, 100), 'points', jsonb_build_object(${sql.raw(published)}))) as components
  from p
), written as (
  update olap.mailbox_analytics m set
    health_score = s.score, current_volume = s.current_volume, updated = now(),
    health_components = case when s.score is not null then s.components end
  from scores s
  where m.tenant_id = ${tenantId} and m.day = s.day and m.mailbox_id = s.mailbox_id
    and m.day between ${first}::date and ${last}::date + ${reach}
    and (m.health_score, m.current_volume, m.health_components)
      is distinct from (s.score, s.current_volume, case when s.score is not null then s.components end)
  returning 1
)
select count(*) as written from written`;
  },
});

/**
 * Scores the warm-ups of a tenant (guide §6.4): health over 14 days, progress over the whole ramp.
 * Progress counts qualified days (80 % of the planned volume at health 60 or better), so a replaced day can move
 * every later day of its mailbox. A ramp is a few weeks long: this reads those, not the tenant's history.
 */
export const scoreWarmups = statement<DaysToScore, { written: 'int8' }>({
  title: 'score warm-ups',
  on: 'warehouse',
  columns: { written: 'int8' },
  example: { tenantId: 'nobody', days: [] },
  sql: ({ tenantId, days }) => sql`
with touched as materialized (
  select distinct mailbox_id from olap.warmup_analytics
  where tenant_id = ${tenantId} and day >= (select min(d) from unnest(${days}::date[]) d)
), w as (
  select mailbox_id, day, sent, planned, ramp_days,
    (sum(sent) over recent)::float8 as n, (sum(delivered) over recent)::float8 as placed,
    (sum(spam_complaints) over recent)::float8 as in_spam, (sum(bounced) over recent)::float8 as bounced,
    (sum(replied) over recent)::float8 as replied,
    sum(sent) over (partition by mailbox_id order by day) as sent_so_far
  from olap.warmup_analytics
  where tenant_id = ${tenantId} and mailbox_id in (select mailbox_id from touched)
  window recent as (partition by mailbox_id order by day range between interval '${sql.raw(String(lookback))} days' preceding and current row)
), h as (
  select *, case when placed >= 20 then floor(least(
      case when in_spam >= 0.3::float8 * placed then 45 when in_spam >= 0.15::float8 * placed then 69 else 100 end,
      80 * greatest(0, (1 - (in_spam + 1) / (placed + 20) - 0.5) / 0.48)
        + 10 * greatest(0, 1 - bounced / n / 0.05)
        + 10 * least(1, replied / placed / 0.25)))::integer end as health
  from w
), progress as (
  select mailbox_id, day, health,
    case when ramp_days is null or planned is null then null else floor(100 * least(1,
      count(*) filter (where sent >= 0.8 * planned and health >= 60) over (partition by mailbox_id order by day)
        / ramp_days::numeric))::integer end as done,
    sent_so_far >= 200 and health >= 90 as graduated
  from h
), written as (
  update olap.warmup_analytics t set health_score = p.health, updated = now(),
    progress_percentage = case when p.done >= 100 and p.graduated is not true then 99 else p.done end
  from progress p
  where t.tenant_id = ${tenantId} and t.day = p.day and t.mailbox_id = p.mailbox_id
    and (t.health_score, t.progress_percentage) is distinct from
      (p.health, case when p.done >= 100 and p.graduated is not true then 99 else p.done end)
  returning 1
)
select count(*) as written from written`,
});
