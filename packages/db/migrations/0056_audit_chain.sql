-- The compliance audit becomes a chain of hashes per tenant, over salted commitments to what may have to be erased, and
-- nobody can change or delete an entry; operations may erase a personal column together with its salt.
-- Locks: admin_audit_log is closed to readers and writers until the migration commits; entries that exist are sealed one
-- after the other (about 8,000/s), and each partition gets one more index.
set local role rookery_owner;

create table olap.audit_chain (
  tenant_id text primary key check (tenant_id <> ''),
  seq bigint not null check (seq >= 0),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  updated timestamptz not null default now()
);
comment on table olap.audit_chain is
  'The head of each tenant''s audit chain: its last entry. Whoever writes an entry waits here for the tenant''s others; only the trigger of admin_audit_log writes it.';
comment on column olap.audit_chain.tenant_id is 'Tenant of the chain; row-level security compares it with app.tenant_id.';
comment on column olap.audit_chain.seq is 'Place of the last entry, which is how many there are.';
comment on column olap.audit_chain.hash is 'Hash of the last entry; 64 zeros before the first.';
comment on column olap.audit_chain.updated is 'When the last entry was written.';

alter table olap.audit_chain enable row level security;
alter table olap.audit_chain force row level security;
-- The trigger writes as the owner, who is bound like everybody.
create policy one_tenant on olap.audit_chain to rookery_etl, rookery_api, rookery_ingest, rookery_owner
  using (tenant_id = (select current_setting('app.tenant_id', true)))
  with check (tenant_id = (select current_setting('app.tenant_id', true)));
create policy every_tenant on olap.audit_chain to rookery_ops using (true) with check (true);
grant select on olap.audit_chain to rookery_api, rookery_ops;
revoke delete, truncate on olap.audit_chain from rookery_owner;

-- Anybody can compute the hash of an entry again from what the entry says; packages/warehouse/audit/chain.ts does.
-- `sealed`: previous hash, place, and the columns that are never erased, as text. `erasable`: the seven columns, as text.
create function olap.seal_audit_entry(
  sealed text[], erasable text[], out commitments jsonb, out salts jsonb, out hash text
) language plpgsql volatile security invoker set search_path = pg_catalog, pg_temp as $$
declare
  names constant text[] :=
    array['admin_user_id', 'ip_address', 'user_agent', 'notes', 'old_values', 'new_values', 'metadata'];
  salt text[];
  commitment text[];
  part text;
  chained text := '';
begin
  for i in 1..7 loop
    -- 122 random bits: without them, a commitment to an address is found out by trying all addresses.
    salt[i] := replace(gen_random_uuid()::text, '-', '');
    commitment[i] := encode(sha256(convert_to(
      salt[i] || ':' || names[i] || ':' || coalesce('=' || erasable[i], '-'), 'UTF8')), 'hex');
  end loop;
  -- Lengths keep one column from running into the next.
  foreach part in array sealed || commitment loop
    chained := chained || length(part) || ':' || part;
  end loop;
  commitments := jsonb_object(names, commitment);
  salts := jsonb_object(names, salt);
  hash := encode(sha256(convert_to(chained, 'UTF8')), 'hex');
end $$;
revoke all on function olap.seal_audit_entry(text[], text[]) from public;
comment on function olap.seal_audit_entry(text[], text[]) is
  'Seals an entry: commits to its erasable columns, each with a salt of its own, and hashes the commitments with the rest.';

alter table olap.admin_audit_log
  add column seq bigint,
  add column prev_hash text,
  add column hash text,
  add column commitments jsonb,
  add column salts jsonb;
comment on table olap.admin_audit_log is
  'Compliance audit of high-risk administrative actions (seed 000 §2.1), append-only and chained per tenant: each entry holds the hash of the one before. No metrics, no interface events, no request or response bodies.';
comment on column olap.admin_audit_log.seq is 'Place in the chain of the tenant: 1, 2, 3 and so on, without a gap.';
comment on column olap.admin_audit_log.prev_hash is 'Hash of the entry before; 64 zeros in the first.';
comment on column olap.admin_audit_log.hash is
  'SHA-256, as hex, over the previous hash, the columns that are never erased and the commitments.';
comment on column olap.admin_audit_log.commitments is
  'SHA-256, as hex, of each column that may have to be erased, by its name: it proves the value and, without the salt, tells nothing of it.';
comment on column olap.admin_audit_log.salts is
  'Salt of each commitment, by the name of its column; taken away together with the value when the column is erased.';
comment on column olap.admin_audit_log.admin_user_id is 'Administrator who acted; the word erased once erased.';
comment on column olap.admin_audit_log.id is
  'Number of the entry, given by the log whatever its writer says; gaps are normal.';

-- What was there before is sealed as it is found, in the order of its times. A migration is nobody's tenant: for as long
-- as it takes, the owner is bound neither by the policies nor by its missing grant.
alter table olap.admin_audit_log no force row level security;
alter table olap.audit_chain no force row level security;
grant update on olap.admin_audit_log to rookery_owner;
do $$
declare
  entry olap.admin_audit_log;
  tenant text;
  place bigint;
  head text;
  seal record;
begin
  for entry in select * from olap.admin_audit_log order by tenant_id, creation_time, id loop
    if entry.tenant_id is distinct from tenant then
      tenant := entry.tenant_id;
      place := 0;
      head := repeat('0', 64);
    end if;
    place := place + 1;
    seal := olap.seal_audit_entry(
      array[head, place::text, entry.tenant_id, entry.id::text,
        to_char(entry.creation_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.action,
        entry.resource_type, entry.resource_id, coalesce(entry.data_classification, ''),
        coalesce(entry.retention_category, '')],
      array[entry.admin_user_id, entry.ip_address, entry.user_agent, entry.notes, entry.old_values::text,
        entry.new_values::text, entry.metadata::text]);
    update olap.admin_audit_log l
    set seq = place, prev_hash = head, hash = seal.hash, commitments = seal.commitments, salts = seal.salts
    where l.creation_time = entry.creation_time and l.id = entry.id;
    head := seal.hash;
  end loop;
end $$;
insert into olap.audit_chain (tenant_id, seq, hash)
select distinct on (tenant_id) tenant_id, seq, hash from olap.admin_audit_log order by tenant_id, seq desc;
revoke update on olap.admin_audit_log from rookery_owner;
alter table olap.audit_chain force row level security;
alter table olap.admin_audit_log force row level security;

alter table olap.admin_audit_log
  alter column id drop default,
  alter column seq set not null,
  alter column prev_hash set not null,
  alter column hash set not null,
  alter column commitments set not null,
  alter column salts set not null;
-- A unique index over partitions holds the partition key; two entries of one place differ in time, and verifying finds them.
create unique index admin_audit_log_chain on olap.admin_audit_log (tenant_id, seq, creation_time);

-- 86 µs an entry: 10,000 in one transaction took 1.0 s instead of 0.14 s, and 3.5 s without the guess (2026-11).
-- The number is the log's own, too: an entry that met its twin in `on conflict do nothing` would have moved the head on.
create function olap.chain_audit_entry() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  writer constant text := current_setting('app.tenant_id', true);
  ignored text;
  head record;
  seal record;
begin
  if new.tenant_id is null or new.tenant_id = '' then
    raise exception 'an audit entry names its tenant, and platform where it concerns none'
      using errcode = 'not_null_violation', column = 'tenant_id';
  end if;
  -- Seen by nobody else: it ends with this function, or with the statement when that fails.
  ignored := set_config('app.tenant_id', new.tenant_id, true);
  -- The n-th entry of a transaction would meet n dead versions of the head under its key. Where this one was left is only a
  -- guess, that the caller may spoil: what is not this tenant's living head is not found there.
  select ctid, seq, hash into head from olap.audit_chain
  where ctid = nullif(current_setting('app.audit_head', true), '')::tid and tenant_id = new.tenant_id for update;
  if not found then
    select ctid, seq, hash into head from olap.audit_chain where tenant_id = new.tenant_id for update;
  end if;
  if not found then
    insert into olap.audit_chain (tenant_id, seq, hash) values (new.tenant_id, 0, repeat('0', 64))
    on conflict (tenant_id) do nothing;
    select ctid, seq, hash into strict head from olap.audit_chain where tenant_id = new.tenant_id for update;
  end if;
  new.id := nextval('olap.admin_audit_log_id_seq');
  new.seq := head.seq + 1;
  new.prev_hash := head.hash;
  seal := olap.seal_audit_entry(
    array[new.prev_hash, new.seq::text, new.tenant_id, new.id::text,
      to_char(new.creation_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), new.action,
      new.resource_type, new.resource_id, coalesce(new.data_classification, ''), coalesce(new.retention_category, '')],
    array[new.admin_user_id, new.ip_address, new.user_agent, new.notes, new.old_values::text, new.new_values::text,
      new.metadata::text]);
  new.commitments := seal.commitments;
  new.salts := seal.salts;
  new.hash := seal.hash;
  -- A column that may not be null is: the table refuses the entry by that column's name.
  if new.hash is null then return new; end if;
  update olap.audit_chain set seq = new.seq, hash = new.hash, updated = clock_timestamp()
  where ctid = head.ctid returning ctid into head;
  ignored := set_config('app.audit_head', head.ctid::text, true);
  ignored := set_config('app.tenant_id', coalesce(writer, ''), true);
  return new;
end $$;
revoke all on function olap.chain_audit_entry() from public;
comment on function olap.chain_audit_entry() is
  'Gives a new entry its number, its place, the hash of the entry before and its own, and moves the head of the chain on.';

create function olap.refuse_audit_change() returns trigger
language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the compliance audit only grows: % of %.% is refused', lower(tg_op), tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege',
      hint = 'Write a further entry that corrects it. Personal columns are erased by rookery_ops, with their salts.';
end $$;
revoke all on function olap.refuse_audit_change() from public;
comment on function olap.refuse_audit_change() is 'Refuses to change the compliance audit, whoever asks.';

create function olap.check_audit_erasure() returns trigger
language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
declare
  erased constant text[] := array(select key from jsonb_object_keys(old.salts) key where not new.salts ? key);
  allowed record := old;
begin
  allowed.salts := old.salts - erased;
  if 'admin_user_id' = any(erased) then allowed.admin_user_id := 'erased'; end if;
  if 'ip_address' = any(erased) then allowed.ip_address := null; end if;
  if 'user_agent' = any(erased) then allowed.user_agent := null; end if;
  if 'notes' = any(erased) then allowed.notes := null; end if;
  if 'old_values' = any(erased) then allowed.old_values := null; end if;
  if 'new_values' = any(erased) then allowed.new_values := null; end if;
  if 'metadata' = any(erased) then allowed.metadata := null; end if;
  -- Byte by byte: 1.0 and 1.00 are equal as jsonb and differ in the commitment.
  if current_user <> 'rookery_ops' or new *<> allowed then
    raise exception 'the compliance audit only grows: of entry % of tenant % rookery_ops may erase a personal column with its salt, and nothing else changes',
      old.seq, old.tenant_id
      using errcode = 'insufficient_privilege',
        hint = 'Set the column to null (admin_user_id to erased) and take its key out of salts.';
  end if;
  return new;
end $$;
revoke all on function olap.check_audit_erasure() from public;
comment on function olap.check_audit_erasure() is
  'Lets operations erase columns of an entry together with their salts, and refuses every other change.';

create trigger chain before insert on olap.admin_audit_log
  for each row execute function olap.chain_audit_entry();
create trigger append_only before delete or truncate on olap.admin_audit_log
  for each statement execute function olap.refuse_audit_change();
create trigger erase_only before update on olap.admin_audit_log
  for each row execute function olap.check_audit_erasure();
grant update (admin_user_id, ip_address, user_agent, notes, old_values, new_values, metadata, salts)
  on olap.admin_audit_log to rookery_ops;

-- Row triggers of the parent reach its partitions by themselves, those for a statement do not. These stay on a partition
-- that is detached, when those of the parent go.
create function olap.guard_audit_partition(partition_name text) returns void
language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
begin
  execute format('create trigger append_only before update or delete or truncate on olap.%I'
    ' for each statement execute function olap.refuse_audit_change()', partition_name);
end $$;
revoke all on function olap.guard_audit_partition(text) from public;
comment on function olap.guard_audit_partition(text) is
  'Makes a partition of the compliance audit refuse changes that go round the parent table.';

select olap.guard_audit_partition(c.relname)
from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'olap.admin_audit_log'::regclass;

create or replace function olap.ensure_partitions(first_day date, last_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  parent text;
  month date;
  partition_name text;
  made integer := 0;
begin
  if last_day - first_day > 366 * 20 then
    raise exception 'refusing to make partitions for more than 20 years: % to %', first_day, last_day
      using errcode = 'invalid_parameter_value';
  end if;
  -- One maker at a time: two would collide on the name.
  perform pg_advisory_xact_lock(hashtextextended('olap.ensure_partitions', 0));
  for month in select generate_series(date_trunc('month', first_day::timestamp), last_day, interval '1 month') loop
    foreach parent in array array[
      'campaign_analytics', 'mailbox_analytics', 'sequence_step_analytics', 'warmup_analytics', 'admin_audit_log'
    ] loop
      partition_name := parent || to_char(month, '_YYYY_MM');
      continue when to_regclass(format('olap.%I', partition_name)) is not null;
      -- Create, then attach: attaching lets readers and writers of the other partitions go on.
      execute format('create table olap.%I (like olap.%I including defaults including constraints)',
        partition_name, parent);
      execute format('alter table olap.%I enable row level security', partition_name);
      execute format('alter table olap.%I force row level security', partition_name);
      if parent = 'admin_audit_log' then
        execute format('alter table olap.%I attach partition olap.%I for values from (%L) to (%L)', parent, partition_name,
          month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
        perform olap.guard_audit_partition(partition_name);
      else
        execute format('alter table olap.%I attach partition olap.%I for values from (%L) to (%L)', parent, partition_name,
          month, (month + interval '1 month')::date);
      end if;
      made := made + 1;
    end loop;
  end loop;
  return made;
end $$;

reset role;
