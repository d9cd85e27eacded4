import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { fence } from '../facts/read.sql.ts';

/**
 * Where the source stands now. Read it BEFORE looking for changes: whatever commits after this moment carries an
 * `updated_at` of at least `horizon` and an xid of at least `xmin`, so the next look finds it.
 * `horizon` is the start of the oldest open transaction (or prepared one) when we may see them all, with 5 s of margin for
 * a transaction that has begun but is not yet published; without pg_read_all_stats it is 15 minutes ago, and a
 * transaction that stays open longer is only found by the exact sweep.
 */
export const readPosition = statement<
  Record<string, never>,
  {
    now: 'timestamptz';
    system: 'text';
    xmin: 'text';
    xmax: 'text';
    privileged: 'bool';
    standby: 'bool';
    horizon: 'timestamptz';
  }
>({
  title: 'position of the source',
  on: 'source',
  columns: {
    now: 'timestamptz',
    system: 'text',
    xmin: 'text',
    xmax: 'text',
    privileged: 'bool',
    standby: 'bool',
    horizon: 'timestamptz',
  },
  example: {},
  sql: () => sql`
select clock_timestamp() as now, (select system_identifier::text from pg_control_system()) as system,
  pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
  pg_snapshot_xmax(pg_current_snapshot())::text as xmax,
  pg_has_role(current_user, 'pg_read_all_stats', 'usage') as privileged,
  pg_is_in_recovery() as standby,
  case when pg_has_role(current_user, 'pg_read_all_stats', 'usage')
    then least(clock_timestamp(), (select min(xact_start) from pg_stat_activity),
      (select min(prepared) from pg_prepared_xacts)) - interval '5 seconds'
    else clock_timestamp() - interval '15 minutes'
  end as horizon`,
});

/** The fence of a snapshot taken now: read it after looking for changes, and it is not older than what was found. */
export const readFence = statement<
  Record<string, never>,
  { system: 'text'; xmax: 'text'; in_progress: 'int4' }
>({
  title: 'fence of the source',
  on: 'source',
  columns: { system: 'text', xmax: 'text', in_progress: 'int4' },
  example: {},
  sql: () => sql`select ${fence}`,
});

/**
 * The tenants as the source has them now, each id once. Postgres judges the zone too: it must read it as we do
 * (Intl knows AET and US/Pacific-New, Postgres does not).
 */
export const readTenants = statement<
  Record<string, never>,
  { tenant_id: 'text'; timezone: 'text'; billing_anchor: 'int4'; zone_known: 'bool'; rows: 'int4' }
>({
  title: 'tenants of the source',
  on: 'source',
  columns: {
    tenant_id: 'text',
    timezone: 'text',
    billing_anchor: 'int4',
    zone_known: 'bool',
    rows: 'int4',
  },
  example: {},
  sql: () => sql`
with zone as materialized (select lower(name) as name from pg_timezone_names)
select tenant_id, min(timezone) as timezone, min(billing_anchor) as billing_anchor,
  bool_and(lower(timezone) in (select name from zone)) as zone_known, count(*)::integer as rows
from source.tenants
group by tenant_id
order by tenant_id`,
});
