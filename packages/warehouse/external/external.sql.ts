import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { parseDay, type Day } from '@rookery/kernel/day';

/** The figures of one metric for a range of days, half-open; tenants and days are unique together. */
export type ExternalDays = {
  readonly metric: string;
  readonly source: string;
  readonly from: Day;
  readonly to: Day;
  readonly figures: readonly {
    readonly tenant_id: string;
    readonly day: Day;
    readonly value: number;
  }[];
};

/**
 * Replaces the days of a metric for all tenants: equal rows are not written, rows that came no more are deleted, and of
 * tenants that are not ours nothing is kept. One statement, so that a reader sees the old days or the new ones.
 */
export const replaceExternalDays = statement<
  ExternalDays,
  { written: 'int8'; removed: 'int8'; unknown: 'int8' }
>({
  title: 'replace the days of an external aggregate',
  on: 'warehouse',
  columns: { written: 'int8', removed: 'int8', unknown: 'int8' },
  example: {
    metric: 'product_active_users',
    source: 'posthog',
    from: parseDay('2026-01-01'),
    to: parseDay('2026-01-02'),
    figures: [],
  },
  sql: ({ metric, source, from, to, figures }) => sql`
with given as materialized (
  select * from unnest(${figures.map(({ tenant_id }) => tenant_id)}::text[],
    ${figures.map(({ day }) => day)}::date[], ${figures.map(({ value }) => value)}::bigint[]) as g(tenant_id, day, value)
), ours as materialized (
  select g.* from given g join olap.tenant t using (tenant_id)
), removed as (
  delete from olap.external_daily e
  where e.metric = ${metric} and e.day >= ${from}::date and e.day < ${to}::date
    and not exists (select from ours o where o.tenant_id = e.tenant_id and o.day = e.day)
  returning 1
), written as (
  insert into olap.external_daily as e (tenant_id, day, metric, value, source)
  select tenant_id, day, ${metric}, value, ${source} from ours order by tenant_id, day
  on conflict (tenant_id, metric, day) do update set value = excluded.value, source = excluded.source, updated = now()
  where (e.value, e.source) is distinct from (excluded.value, excluded.source)
  returning 1
)
select (select count(*) from written) as written, (select count(*) from removed) as removed,
  (select count(*) from given) - (select count(*) from ours) as unknown`,
});

/** How many rows the days of a metric hold. */
export const countExternalDays = statement<
  Omit<ExternalDays, 'figures' | 'source'>,
  { rows: 'int8' }
>({
  title: 'count the days of an external aggregate',
  on: 'warehouse',
  columns: { rows: 'int8' },
  example: {
    metric: 'product_active_users',
    from: parseDay('2026-01-01'),
    to: parseDay('2026-01-02'),
  },
  sql: ({ metric, from, to }) => sql`
select count(*) as rows from olap.external_daily
where metric = ${metric} and day >= ${from}::date and day < ${to}::date`,
});
