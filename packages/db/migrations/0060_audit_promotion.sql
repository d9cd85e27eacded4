-- Compliance actions are promoted from the audit events into olap.admin_audit_log in the transaction that writes the event,
-- whoever writes it (C46): the allow-list, and a trigger. Events that are there already are not promoted.
-- Locks: tb_audit_event cannot be written until the migration commits; nothing is rewritten.
set local role rookery_owner;

create table olap.audit_action (
  action text primary key check (action ~ '^[a-z_]+[.][a-z_]+$'),
  deeds text[] not null,
  things text[] not null,
  named boolean not null,
  data_classification varchar(20) not null,
  retention_category varchar(20) not null,
  description text not null,
  check (named or (deeds <> '{}' and things <> '{}'))
);
comment on table olap.audit_action is
  'The allow-list of the compliance audit: which audit events are promoted into admin_audit_log, and as what. The same for every tenant; made from packages/telemetry/audit/actions.ts.';
comment on column olap.audit_action.action is 'Name of the action in admin_audit_log.';
comment on column olap.audit_action.deeds is 'Values of action_type of the events that tell of it. Empty: no event does, the log writes it itself.';
comment on column olap.audit_action.things is 'Values of resource_type of the events that tell of it.';
comment on column olap.audit_action.named is 'Whether metadata.action of the event must name it too, because others share its deeds and things.';
comment on column olap.audit_action.data_classification is 'Class of its entries; decides which columns age.';
comment on column olap.audit_action.retention_category is 'Why its entries are kept; decides for how long.';
comment on column olap.audit_action.description is 'What was done, after "somebody".';
grant select on olap.audit_action to rookery_etl, rookery_api, rookery_ingest, rookery_ops;

insert into olap.audit_action
  (action, deeds, things, named, data_classification, retention_category, description) values
  ('role.granted', '{create}', '{role-assignment}', false, 'internal', 'security',
   'gave somebody a role'),
  ('role.changed', '{update}', '{role-assignment}', false, 'internal', 'security',
   'gave somebody another role'),
  ('role.revoked', '{delete}', '{role-assignment}', false, 'internal', 'security',
   'took a role from somebody'),
  ('permission.changed', '{update,create,delete}', '{role,permission}', false, 'internal', 'security',
   'changed what a role allows'),
  ('api_key.created', '{create}', '{api-key}', false, 'restricted', 'security',
   'made a key for the API'),
  ('api_key.changed', '{update}', '{api-key}', false, 'restricted', 'security',
   'changed what a key for the API allows'),
  ('api_key.revoked', '{delete}', '{api-key}', false, 'restricted', 'security',
   'revoked a key for the API'),
  ('impersonation.started', '{create}', '{impersonation}', false, 'restricted', 'security',
   'began to act as somebody else'),
  ('impersonation.ended', '{delete,update}', '{impersonation}', false, 'restricted', 'security',
   'ceased to act as somebody else'),
  ('account.locked', '{execute,update}', '{account,user,tenant}', true, 'restricted', 'security',
   'locked an account'),
  ('account.unlocked', '{execute,update}', '{account,user,tenant}', true, 'restricted', 'security',
   'unlocked an account'),
  ('account.deleted', '{delete}', '{user,account}', false, 'personal', 'security',
   'deleted the account of a person'),
  ('tenant.deleted', '{delete}', '{tenant}', false, 'restricted', 'security',
   'deleted a tenant'),
  ('data.deleted', '{delete,execute}', '{lead-list,contact-list,personal-data}', false, 'personal', 'security',
   'deleted data of persons'),
  ('subscription.started', '{create}', '{subscription}', false, 'internal', 'billing',
   'subscribed to a plan'),
  ('subscription.changed', '{update}', '{subscription}', false, 'internal', 'billing',
   'changed a subscription'),
  ('subscription.cancelled', '{delete}', '{subscription}', false, 'internal', 'billing',
   'cancelled a subscription'),
  ('billing_details.changed', '{update,create,delete}', '{billing-details,payment-method}', false, 'personal', 'billing',
   'changed whom invoices go to, or how they are paid'),
  ('invoice.adjusted', '{update,create,delete}', '{invoice,billing-adjustment,credit,refund}', false, 'internal', 'billing',
   'changed what is owed: a credit, a refund, a correction'),
  ('tenant_settings.changed', '{update}', '{tenant-settings,tenant}', false, 'internal', 'configuration',
   'changed settings of the whole tenant'),
  ('security_policy.changed', '{update,create,delete}', '{security-policy,single-sign-on,ip-allowlist}', false, 'internal', 'security',
   'changed how people of the tenant come in: sign-on, second factor, addresses'),
  ('notification_target.changed', '{update,create,delete}', '{notification-target}', false, 'personal', 'configuration',
   'changed where notices leave the tenant to, or their secret'),
  ('webhook.changed', '{update,create,delete}', '{webhook}', false, 'internal', 'configuration',
   'changed where events leave the tenant to'),
  ('retention_policy.changed', '{update,create,delete}', '{retention-policy,retention-category}', false, 'internal', 'records',
   'changed how long something is kept'),
  ('legal_hold.placed', '{create}', '{legal-hold}', false, 'restricted', 'records',
   'placed a legal hold'),
  ('legal_hold.released', '{update,delete}', '{legal-hold}', false, 'restricted', 'records',
   'released a legal hold'),
  ('data_export.requested', '{create}', '{data-export}', false, 'personal', 'data_access',
   'asked for an export of personal or contractual data'),
  ('data_export.approved', '{update,execute}', '{data-export}', true, 'personal', 'data_access',
   'approved an export of personal or contractual data'),
  ('data_export.refused', '{update,execute}', '{data-export}', true, 'personal', 'data_access',
   'refused an export of personal or contractual data'),
  ('data.exported', '{export}', '{data-export,lead-list,contact-list,user,personal-data}', false, 'personal', 'data_access',
   'exported personal or contractual data'),
  ('sensitive_data.accessed', '{read}', '{personal-data}', false, 'personal', 'data_access',
   'looked at sensitive data of a person'),
  ('secret.revealed', '{read}', '{secret,credential}', false, 'restricted', 'security',
   'looked at a secret in clear'),
  ('audit_log.read', '{}', '{}', true, 'restricted', 'audit_access',
   'read the compliance audit'),
  ('audit_log.exported', '{}', '{}', true, 'restricted', 'audit_access',
   'exported the compliance audit'),
  ('audit_log.erased', '{}', '{}', true, 'restricted', 'records',
   'erased what the compliance audit need not keep any longer');

-- Names are compared in snake case, so that responseBody and Response-Body are response_body.
create function olap.payload_field(document jsonb) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select f.name #>> '{}'
  from jsonb_path_query(document, 'strict $.** ? (@.type() == "object").keyvalue().key') f(name),
    lower(regexp_replace(regexp_replace(f.name #>> '{}', '([a-z0-9])([A-Z])', '\1_\2', 'g'), '[^A-Za-z0-9]+', '_', 'g')) snake
  where snake ~ '(^|_)(request|response)(_(body|data|headers?|payload|text))?$'
    or snake ~ '(^|_)(body|html|content|payload|headers?|attachments?|snippet|query_text|sql|stack_trace)$'
    or snake ~ '^((email|message)_)?subject$'
    or snake ~ '_ms$|milliseconds|(^|_)(latency|elapsed|throughput|complexity(_score)?|rows_(scanned|returned|read)|queue_depth)$'
    or snake ~ '^(cpu|memory|disk|pool)(_|$)'
    or snake ~ '^(page_(url|views?)|click_target|utm_.*|referrer|distinct_id|scroll.*|keep_?alive)$'
  order by 1 limit 1
$$;
revoke all on function olap.payload_field(jsonb) from public;
comment on function olap.payload_field(jsonb) is
  'The name of a field, at any depth, that the compliance audit does not take (B2): a request, a response, a content, a measurement, an interface event. Null when there is none.';

-- Once an event, for an event_id has one event (audit_event_key). 500 events take 20 ms with this trigger and without when
-- none is on the list, and 285 ms when all are, 200 of them to look at some 70 fields of each (Postgres 18, 2026-11).
-- Whoever inserts, a partition of the log that is missing fails the statement, and with it the event.
create function olap.promote_audit_events() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  caller_tenant text := current_setting('app.tenant_id', true);
  refused record;
  tenant text;
begin
  for tenant in
    select distinct w.tenant_id from written w
    where exists (select from olap.audit_action a
      where w.action_type::text = any(a.deeds) and w.resource_type = any(a.things))
    order by 1
  loop
    -- First those on the list, then their fields: looking at fields is what takes long.
    with listed as materialized (
      select w.* from written w
      where w.tenant_id = tenant and exists (select from olap.audit_action a
        where w.action_type::text = any(a.deeds) and w.resource_type = any(a.things)
          and (not a.named or a.action = w.metadata->>'action')))
    select l.event_id, p.place, p.field into refused
    from listed l
    cross join lateral (values ('before_data', olap.payload_field(l.before_data)),
      ('after_data', olap.payload_field(l.after_data)), ('changes', olap.payload_field(l.changes)),
      ('metadata', olap.payload_field(l.metadata))) p(place, field)
    where p.field is not null
    order by l.event_id, p.place limit 1;
    if found then
      raise exception 'the compliance audit takes no requests, responses, contents or measurements: leave "%" out of % of event %',
        refused.field, refused.place, refused.event_id using errcode = 'check_violation';
    end if;

    perform set_config('app.tenant_id', tenant, true);
    insert into olap.admin_audit_log (creation_time, tenant_id, admin_user_id, action, resource_type, resource_id,
      old_values, new_values, ip_address, user_agent, notes, metadata, data_classification, retention_category)
    select w.time, w.tenant_id, w.user_id, a.action, w.resource_type, coalesce(w.resource_id, '-'),
      v.old_values, v.new_values, host(w.ip_address), w.user_agent, coalesce(nullif(w.metadata->>'reason', ''), w.description),
      jsonb_strip_nulls(jsonb_build_object('audit_event', w.event_id, 'deed', w.action_type, 'role', w.user_role,
        'outcome', w.outcome, 'failure', w.failure_reason, 'approval', w.metadata->'approval')),
      a.data_classification, a.retention_category
    from written w
    cross join lateral (
      select a.* from olap.audit_action a
      where w.action_type::text = any(a.deeds) and w.resource_type = any(a.things)
        and (not a.named or a.action = w.metadata->>'action')
      order by a.named desc, a.action limit 1) a
    -- What says neither before nor after, such as the mark of what was cut off, stands on both sides.
    cross join lateral (
      select jsonb_object_agg(c.key, case when c.sided then c.value->'before' else c.value end) as old_values,
        jsonb_object_agg(c.key, case when c.sided then c.value->'after' else c.value end) as new_values
      from (select key, value, jsonb_typeof(value) = 'object' and value ?| array['before', 'after'] as sided
        from jsonb_each(case jsonb_typeof(w.changes) when 'object' then w.changes end)) c) c
    cross join lateral (select
      case when c.old_values is not null then c.old_values
        when jsonb_typeof(w.after_data) = 'object' then null else nullif(w.before_data, 'null') end as old_values,
      case when c.new_values is not null then c.new_values
        when jsonb_typeof(w.before_data) = 'object' then null else nullif(w.after_data, 'null') end as new_values) v
    where w.tenant_id = tenant
    order by w.time, w.event_id;
    perform set_config('app.tenant_id', coalesce(caller_tenant, ''), true);
  end loop;
  return null;
end $$;
revoke all on function olap.promote_audit_events() from public;
comment on function olap.promote_audit_events() is
  'Promotes the audit events that a statement wrote, as far as the allow-list has them, into admin_audit_log: the changed fields only, failed attempts too. Fails when one of them holds what the log does not take.';

-- On the parent: nobody may write to a partition by its own name.
create trigger promote after insert on monitoring.tb_audit_event
  referencing new table as written
  for each statement execute function olap.promote_audit_events();

-- The trigger writes as the owner, who is bound like everybody.
alter policy one_tenant on olap.admin_audit_log to rookery_etl, rookery_api, rookery_ingest, rookery_owner;

comment on column olap.admin_audit_log.notes is
  'The administrator''s reason, in words; without one, what the audit event said was done. Null when neither was given.';

-- Who makes room for audit events makes it for their promotion too: the month of one is the month of the other. Of the log
-- alone: an event that comes late shall not wait for the locks of the facts.
create function olap.ensure_audit_partitions(first_time timestamptz, last_time timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  month timestamp;
  partition_name text;
  made integer := 0;
begin
  for month in select generate_series(date_trunc('month', first_time at time zone 'UTC'), last_time at time zone 'UTC',
    interval '1 month') loop
    partition_name := 'admin_audit_log' || to_char(month, '_YYYY_MM');
    continue when to_regclass(format('olap.%I', partition_name)) is not null;
    -- The lock of olap.ensure_partitions: two makers would collide on the name. Whoever waited for it looks again.
    perform pg_advisory_xact_lock(hashtextextended('olap.ensure_partitions', 0));
    continue when to_regclass(format('olap.%I', partition_name)) is not null;
    execute format('create table olap.%I (like olap.admin_audit_log including defaults including constraints)', partition_name);
    execute format('alter table olap.%I enable row level security, force row level security', partition_name);
    execute format('alter table olap.admin_audit_log attach partition olap.%I for values from (%L) to (%L)', partition_name,
      month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    perform olap.guard_audit_partition(partition_name);
    made := made + 1;
  end loop;
  return made;
end $$;
revoke all on function olap.ensure_audit_partitions(timestamptz, timestamptz) from public;
comment on function olap.ensure_audit_partitions(timestamptz, timestamptz) is
  'Makes the partitions of the compliance audit that hold a span of time; returns how many were missing.';

alter function monitoring.ensure_partitions(timestamptz, timestamptz, text) rename to ensure_stream_partitions;
revoke execute on function monitoring.ensure_stream_partitions(timestamptz, timestamptz, text) from rookery_ingest, rookery_ops;
create function monitoring.ensure_partitions(first_time timestamptz, last_time timestamptz, only_stream text default null)
returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  made constant integer := monitoring.ensure_stream_partitions(first_time, last_time, only_stream);
begin
  if coalesce(only_stream, 'tb_audit_event') <> 'tb_audit_event' then return made; end if;
  return made + olap.ensure_audit_partitions(first_time, last_time);
end $$;
revoke all on function monitoring.ensure_partitions(timestamptz, timestamptz, text) from public;
grant execute on function monitoring.ensure_partitions(timestamptz, timestamptz, text) to rookery_ingest, rookery_ops;
comment on function monitoring.ensure_partitions(timestamptz, timestamptz, text) is
  'Makes the partitions that hold the instants first_time to last_time, both inclusive, of one stream or, without only_stream, of all, and for audit events those of the compliance audit; returns how many it made.';
comment on function monitoring.ensure_stream_partitions(timestamptz, timestamptz, text) is
  'The part of ensure_partitions that makes the partitions of streams.';

reset role;
