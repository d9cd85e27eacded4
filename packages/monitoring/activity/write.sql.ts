import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { StoredActivity } from './write.ts';

/** Adds activities of one tenant, and marks their hours and UTC days for the rollups: one mark each and batch. */
export const addActivities = statement<
  { tenantId: string; rows: readonly StoredActivity[] },
  { written: 'int8' }
>({
  title: 'add user activity',
  on: 'warehouse',
  columns: { written: 'int8' },
  example: { tenantId: 'a', rows: [] },
  sql: ({ tenantId, rows }) => sql`
with given as materialized (
  select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(
    time timestamptz, user_id text, session_id text, activity_type text, module text, feature text, page_url text,
    action text, duration integer, metadata jsonb, device_type text, browser text, os text, ip_address inet)
),
hours as (
  insert into monitoring.user_activity_hourly_dirty (tenant_id, bucket)
  select distinct ${tenantId}::text, date_bin('1 hour', g.time, '2000-01-01Z') from given g
),
days as (
  insert into monitoring.user_activity_daily_dirty (tenant_id, bucket)
  select distinct ${tenantId}::text, date_bin('1 day', g.time, '2000-01-01Z') from given g
),
written as (
  insert into monitoring.tb_user_activity (tenant_id, time, user_id, session_id, activity_type, module, feature, page_url,
    action, duration, metadata, device_type, browser, os, ip_address)
  select ${tenantId}::text, g.time, g.user_id, g.session_id, g.activity_type, g.module, g.feature, g.page_url, g.action,
    g.duration, g.metadata, g.device_type, g.browser, g.os, g.ip_address
  from given g
  returning 1
)
select count(*) as written from written`,
});
