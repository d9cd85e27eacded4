-- How long the compliance audit keeps what is personal and what is recorded at all; legal holds that the API can place, and
-- that nothing which erases or deletes can overtake; and the ways into the audit that its readers ask for.
-- Locks: admin_audit_log cannot be written until the migration commits: five indexes are made on each partition.
set local role rookery_owner;

create table olap.audit_retention (
  category varchar(20) primary key check (category <> ''),
  keep_days integer check (keep_days > 0),
  personal_days integer not null check (personal_days > 0),
  check (personal_days <= keep_days)
);
comment on table olap.audit_retention is
  'How long entries of the compliance audit keep their values, by retention_category; without one, or of one that is not here, as security. What happened when, and the hashes, are kept for ever.';
comment on column olap.audit_retention.category is 'Value of admin_audit_log.retention_category.';
comment on column olap.audit_retention.keep_days is 'Days after which every committed column is erased. Null: never.';
comment on column olap.audit_retention.personal_days is 'Days after which the columns that its class calls personal are erased.';
-- Years have 366 days, so that none is too short.
insert into olap.audit_retention (category, keep_days, personal_days) values
  ('security', 2557, 30), ('billing', 3653, 30), ('configuration', 1096, 30), ('data_access', 2557, 30),
  ('audit_access', 1096, 30),
  -- What was erased and what was held explains all the others.
  ('records', null, 30);

create table olap.audit_class (
  data_classification varchar(20) primary key check (data_classification <> ''),
  personal_columns text[] not null check (personal_columns <@ array['ip_address', 'user_agent', 'notes', 'old_values', 'new_values'])
);
comment on table olap.audit_class is
  'Which columns of an entry of the compliance audit are personal, by data_classification; without one, or of one that is not here, as personal.';
comment on column olap.audit_class.data_classification is 'Value of admin_audit_log.data_classification.';
comment on column olap.audit_class.personal_columns is 'Columns that are erased after personal_days of the category; none where the proof needs the whole entry.';
insert into olap.audit_class (data_classification, personal_columns) values
  ('internal', array['ip_address', 'user_agent']),
  ('personal', array['ip_address', 'user_agent', 'notes', 'old_values', 'new_values']),
  ('restricted', '{}');
grant select on olap.audit_retention, olap.audit_class to rookery_ops, rookery_api;

-- What is erased has no salt, and leaves these two: a daily look at a log where all is done finds nothing to read.
create index admin_audit_log_whole on olap.admin_audit_log (tenant_id, creation_time, id)
  where salts ? 'admin_user_id';
create index admin_audit_log_personal on olap.admin_audit_log (tenant_id, creation_time, id)
  where salts ? 'ip_address' and data_classification is distinct from 'restricted';

-- What auditors ask for by name.
create index admin_audit_log_action on olap.admin_audit_log (tenant_id, action, creation_time, id);
create index admin_audit_log_user on olap.admin_audit_log (tenant_id, admin_user_id, creation_time, id);
create index admin_audit_log_resource on olap.admin_audit_log (tenant_id, resource_id, creation_time, id);

alter table monitoring.legal_hold
  add column released_by varchar(50),
  add column release_reason text,
  add constraint legal_hold_released_by check (released_at is not null or (released_by is null and release_reason is null));
comment on column monitoring.legal_hold.released_by is 'Who released it. Null while it is in force, and where SQL released it.';
comment on column monitoring.legal_hold.release_reason is 'Why it was released, in words.';

-- A statement that erases or deletes sees the holds that were committed before it began. Whoever takes this turn first and
-- looks for holds afterwards knows every hold; one that is placed meanwhile waits until what was erased is committed.
create function monitoring.hold_turn(tenant text) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('monitoring.legal_hold ' || tenant, 0))
$$;
comment on function monitoring.hold_turn(text) is
  'Waits for whoever erases, deletes or places a hold for this tenant, and keeps the others waiting until the transaction ends.';
revoke all on function monitoring.hold_turn(text) from public;
grant execute on function monitoring.hold_turn(text) to rookery_api, rookery_ops;

create function monitoring.legal_hold_turn() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform monitoring.hold_turn(new.tenant_id);
  return new;
end $$;
comment on function monitoring.legal_hold_turn() is 'Has every hold wait its turn, also one that SQL places.';
revoke all on function monitoring.legal_hold_turn() from public;
create trigger legal_hold_turn before insert or update on monitoring.legal_hold
  for each row execute function monitoring.legal_hold_turn();

-- Operators place and release holds over the API, and auditors see them, whatever a handler forgets.
create policy hold_keepers on monitoring.legal_hold as restrictive to rookery_api
  using ((select current_setting('app.role', true)) in ('auditor', 'operator'))
  with check ((select current_setting('app.role', true)) = 'operator');
grant insert, update (released_at, released_by, release_reason) on monitoring.legal_hold to rookery_api;
grant update (released_by, release_reason) on monitoring.legal_hold to rookery_ops;

reset role;
