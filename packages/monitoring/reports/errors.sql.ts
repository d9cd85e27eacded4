import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { parseDay, type Day } from '@rookery/kernel/day';

/** The groups of errors of a tenant seen from a day of UTC on, and what to narrow them to. */
export type ErrorsAsk = {
  readonly tenantId: string;
  readonly from: Day;
  readonly environment: string | null;
};

const example = { tenantId: 'nobody', from: parseDay('2025-03-10'), environment: null };

const start = (from: Day): RawBuilder<unknown> => sql`${from}::date::timestamp at time zone 'UTC'`;

const groups = ({ tenantId, environment }: Omit<ErrorsAsk, 'from'>): RawBuilder<unknown> => sql`
g.tenant_id = ${tenantId} ${environment === null ? sql`` : sql`and g.environment = ${environment}::text`}`;

/** What the top of the errors is by: occurrences in the window, or over the whole life of the group as in the seed. */
export type TopErrorsAsk = ErrorsAsk & {
  readonly by: 'occurrences_in_window' | 'occurrence_count';
  readonly limit: number;
};

const topColumns = {
  id: 'varchar',
  message: 'text',
  error_type: 'varchar',
  severity: 'text',
  environment: 'varchar',
  occurrence_count: 'int4',
  occurrences_in_window: 'int8?',
  affected_users: 'int4',
  status: 'text',
  first_seen: 'timestamptz',
  last_seen: 'timestamptz',
  duration_hours: 'float8',
} as const satisfies Columns;

const topOrders = {
  occurrences_in_window: sql`w.occurrences desc nulls last, g.occurrence_count desc`,
  occurrence_count: sql`g.occurrence_count desc, w.occurrences desc nulls last`,
} as const;

/**
 * Q6 of seed 004: the groups with the most occurrences. The seed orders what was seen in the window by what occurred in a whole
 * life: a group of last year that came once today would be on top. 7 of 30 days of 35,000 groups each, 1,050,000 counted days:
 * 0.2 to 0.8 s (Postgres 18 on two busy cores, 2026-11).
 */
export const topErrors = statement<TopErrorsAsk, typeof topColumns>({
  title: 'top errors by occurrence',
  on: 'warehouse',
  columns: topColumns,
  example: { ...example, by: 'occurrences_in_window', limit: 20 },
  sql: (ask) => sql`
select g.id, g.message, g.error_type, g.severity::text as severity, g.environment, g.occurrence_count,
  w.occurrences as occurrences_in_window, g.affected_users, g.status::text as status, g.first_seen, g.last_seen,
  round(extract(epoch from g.last_seen - g.first_seen) / 3600, 4)::float8 as duration_hours
from monitoring.tb_error_log g
left join (
  select d.error_id, sum(d.occurrences)::bigint as occurrences from monitoring.error_day d
  where d.tenant_id = ${ask.tenantId} and d.day >= ${ask.from}::date group by d.error_id
) w on w.error_id = g.id
where ${groups(ask)} and g.last_seen >= ${start(ask.from)}
order by ${topOrders[ask.by]}, g.id limit ${ask.limit}`,
});

/** What a trend counts: occurrences, or as the seed does groups by the day of their last occurrence. */
export type ErrorTrendAsk = ErrorsAsk & {
  readonly of: 'occurrences' | 'groups';
  readonly errorType: string | null;
  readonly limit: number;
};

const trendColumns = {
  day: 'date',
  error_type: 'varchar',
  error_count: 'int8',
  affected_users: 'int8',
  groups: 'int8',
} as const satisfies Columns;

const ofType = (errorType: string | null): RawBuilder<unknown> =>
  errorType === null ? sql`` : sql`and g.error_type = ${errorType}::text`;

// Occurrences are sampled; the counts of each day are not.
const occurrences = (ask: ErrorTrendAsk): RawBuilder<unknown> => sql`
with counted as (
  select d.day, g.error_type, sum(d.occurrences)::bigint as error_count, count(*) as groups
  from monitoring.error_day d join monitoring.tb_error_log g on g.id = d.error_id
  where d.tenant_id = ${ask.tenantId} and d.day >= ${ask.from}::date and ${groups(ask)} ${ofType(ask.errorType)}
  group by d.day, g.error_type
), met as (
  select u.day, u.error_type, count(*) as affected_users
  from (
    select distinct u.day, g.error_type, u.user_id
    from monitoring.error_user_day u join monitoring.tb_error_log g on g.id = u.error_id
    where u.tenant_id = ${ask.tenantId} and u.day >= ${ask.from}::date and ${groups(ask)} ${ofType(ask.errorType)}
  ) u group by u.day, u.error_type
)
select c.day, c.error_type, c.error_count, coalesce(m.affected_users, 0) as affected_users, c.groups
from counted c left join met m on m.day = c.day and m.error_type = c.error_type`;

const lastDayOfGroups = (ask: ErrorTrendAsk): RawBuilder<unknown> => sql`
select (g.last_seen at time zone 'UTC')::date as day, g.error_type, count(*) as error_count,
  count(distinct g.user_id) as affected_users, count(*) as groups
from monitoring.tb_error_log g
where ${groups(ask)} and g.last_seen >= ${start(ask.from)} ${ofType(ask.errorType)}
group by 1, 2`;

/**
 * Q7 of seed 004: errors by type and day of UTC, the latest day first. The seed counts groups, each on the day it was last seen,
 * and the user of that one occurrence (C19); this counts occurrences and whom they met, and the seed's way where asked for.
 * 30 days of 35,000 groups and 36,000 of their users each, a million rows of either: 4 to 6 s, most of it to tell users apart;
 * 7 days 0.9 s; the seed's way 80 ms. Counting groups as distinct took 4 s more: a day has one row of each (Postgres 18 on two busy
 * cores, 2026-11).
 */
export const errorTrend = statement<ErrorTrendAsk, typeof trendColumns>({
  title: 'error trend by type',
  on: 'warehouse',
  columns: trendColumns,
  example: { ...example, of: 'occurrences', errorType: null, limit: 500 },
  sql: (ask) => sql`
select t.* from (${ask.of === 'groups' ? lastDayOfGroups(ask) : occurrences(ask)}) t
order by t.day desc, t.error_count desc, t.error_type limit ${ask.limit}`,
});

const unresolvedColumns = {
  severity: 'text',
  unresolved_count: 'int8',
  total_occurrences: 'int8',
  total_users_affected: 'int8',
  distinct_users: 'int8',
} as const satisfies Columns;

/**
 * Q8 of seed 004: the groups that nobody resolved or ignores, the worst severity first by the order of the enum (C22: the seed
 * has critical last). Its sum of affected users counts who met two groups twice; the distinct ones are of the window.
 */
export const unresolvedErrors = statement<ErrorsAsk, typeof unresolvedColumns>({
  title: 'unresolved errors by severity',
  on: 'warehouse',
  columns: unresolvedColumns,
  example,
  sql: (ask) => sql`
with open as (
  select g.id, g.severity, g.occurrence_count, g.affected_users from monitoring.tb_error_log g
  where ${groups(ask)} and g.status in ('new', 'acknowledged', 'in-progress') and g.last_seen >= ${start(ask.from)}
), met as (
  select o.severity, count(distinct u.user_id) as users
  from monitoring.error_user_day u join open o on o.id = u.error_id
  where u.tenant_id = ${ask.tenantId} and u.day >= ${ask.from}::date
  group by o.severity
)
select o.severity::text as severity, count(*) as unresolved_count, sum(o.occurrence_count)::bigint as total_occurrences,
  sum(o.affected_users)::bigint as total_users_affected,
  coalesce((select m.users from met m where m.severity = o.severity), 0) as distinct_users
from open o
group by o.severity
order by o.severity desc`,
});
