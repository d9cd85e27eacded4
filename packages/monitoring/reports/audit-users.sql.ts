import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';

/** The users who acted most since an instant. */
export type AuditUsersAsk = {
  readonly tenantId: string;
  readonly from: string;
  readonly limit: number;
};

const columns = {
  user_id: 'varchar',
  user_email: 'varchar?',
  total_actions: 'int8',
  active_days: 'int8',
  first_action: 'timestamptz',
  last_action: 'timestamptz',
  failed_actions: 'int8',
} as const satisfies Columns;

/**
 * The users with the most audited actions, one row each: the seed groups by the address as well, and tells a user whose
 * address changed, or was anonymised, as two. The address is that of the last action; active days are UTC days.
 * Outcome and address stay out of the first pass, which then never leaves the index of users, and a day is a group of its
 * own before a user is: 520 ms for 1 M events of 5,000 users, from 15,000 blocks of that index and one block for each of the
 * 20,000 failures (2026-11). It grows with the events of the window, whatever the limit.
 */
export const auditUsers = statement<AuditUsersAsk, typeof columns>({
  title: 'audited actions by user',
  on: 'warehouse',
  columns,
  example: { tenantId: 'nobody', from: '2025-01-01T00:00:00.000Z', limit: 20 },
  sql: ({ tenantId, from, limit }) => sql`
with daily as (
  select e.user_id, (e.time at time zone 'UTC')::date as day, count(*) as actions, min(e.time) as first, max(e.time) as last
  from monitoring.tb_audit_event e
  where e.tenant_id = ${tenantId} and e.time >= ${from}::timestamptz
  group by 1, 2
), failed as (
  select e.user_id, count(*) as actions from monitoring.tb_audit_event e
  where e.tenant_id = ${tenantId} and e.outcome = 'failure' and e.time >= ${from}::timestamptz
  group by 1
), most as (
  select d.user_id, sum(d.actions)::int8 as total_actions, count(*) as active_days, min(d.first) as first_action,
    max(d.last) as last_action
  from daily d group by 1 order by 2 desc, 1 limit ${limit}
)
select m.user_id, (
    select n.user_email from monitoring.tb_audit_event n
    where n.tenant_id = ${tenantId} and n.user_id = m.user_id and n.time = m.last_action
    order by n.id desc limit 1) as user_email,
  m.total_actions, m.active_days, m.first_action, m.last_action, coalesce(f.actions, 0) as failed_actions
from most m left join failed f on f.user_id = m.user_id
order by m.total_actions desc, m.user_id`,
});
