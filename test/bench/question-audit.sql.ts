/** Columns of an entry that its writer fills, and their values for the entry `i`; 1 KB of it with its chain. */
const columns = `tenant_id, creation_time, admin_user_id, action, resource_type, resource_id, old_values, new_values,
  ip_address, user_agent, notes, metadata, data_classification, retention_category`;
const values = (tenant: string, time: string): string => `'${tenant}', ${time}, 'admin-' || i % 50,
  (array['role.granted', 'role.changed', 'role.revoked', 'api_key.created', 'webhook.changed', 'tenant_settings.changed'])[1 + i % 6],
  'role-assignment', 'user-' || i % 5000, jsonb_build_object('role', 'member', 'n', i), jsonb_build_object('role', 'admin', 'n', i),
  '192.0.2.' || i % 250, 'Mozilla/5.0 (X11; Linux x86_64)', 'gave somebody another role, ticket ' || i,
  jsonb_build_object('audit_event', 'event-' || i, 'deed', 'update', 'role', 'owner', 'outcome', 'success'), 'personal', 'security'`;

/** A script that writes so many entries of a tenant of this month in one statement, chained by the database. */
export const chainedScript = (tenant: string, entries: number): string => `
insert into olap.admin_audit_log (${columns})
select ${values(tenant, `now() - (${entries} - i) * interval '1 ms'`)}
from generate_series(1, ${entries}) i`;

const names = `array['admin_user_id', 'ip_address', 'user_agent', 'notes', 'old_values', 'new_values', 'metadata']`;

/**
 * A script that writes as many bytes into the same table and indexes with no trigger: no number of its place, no salt, no hash
 * is computed. Its entries end `lastDay` ago and go back over `span`. For a superuser.
 */
export const unchainedScript = (
  tenant: string,
  entries: number,
  {
    span = '1 second',
    lastDay = '0 days',
  }: { readonly span?: string; readonly lastDay?: string } = {},
): string => `
begin;
set local session_replication_role = replica;
insert into olap.admin_audit_log (id, ${columns}, seq, prev_hash, hash, commitments, salts)
select nextval('olap.admin_audit_log_id_seq'),
  ${values(tenant, `now() - interval '${lastDay}' - (${entries} - i) * (interval '${span}' / ${entries})`)},
  i, repeat('a', 64), repeat('b', 64), committed.to, committed.by
from generate_series(1, ${entries}) i,
  (select jsonb_object_agg(n, repeat('c', 64)) as to, jsonb_object_agg(n, repeat('d', 32)) as by from unnest(${names}) n) committed;
insert into olap.audit_chain (tenant_id, seq, hash) values ('${tenant}', ${entries}, repeat('b', 64));
commit;`;

/** A script that erases of a tenant's entries what ageing erases, in one statement and with no trigger. For a superuser. */
export const bareErasure = (tenant: string): string => `
begin;
set local session_replication_role = replica;
update olap.admin_audit_log
set ip_address = null, user_agent = null, notes = null, old_values = null, new_values = null,
  salts = salts - array['ip_address', 'user_agent', 'notes', 'old_values', 'new_values']
where tenant_id = '${tenant}';
commit;`;

/** All that an export has of a tenant's entries, read at once. */
export const allEntries = (tenant: string): string =>
  `select * from olap.admin_audit_log where tenant_id = '${tenant}' order by seq`;
