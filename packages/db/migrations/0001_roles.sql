-- Roles of the warehouse (DESIGN.md D12). No lock matters: nothing uses them yet.
--   rookery_owner   owns every object, cannot log in; FORCE ROW LEVEL SECURITY binds it too
--   rookery_etl     writes facts, one tenant at a time
--   rookery_api     reads, one tenant at a time
--   rookery_ingest  writes monitoring streams, one tenant at a time
--   rookery_ops     bookkeeping and reading across tenants; cannot write a fact
-- None of them has BYPASSRLS. Passwords are set outside the migrations.
do $$
declare
  role_name text;
begin
  if not exists (select from pg_roles where rolname = 'rookery_owner') then
    create role rookery_owner nologin;
  end if;
  foreach role_name in array array['rookery_etl', 'rookery_api', 'rookery_ingest', 'rookery_ops'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I login', role_name);
    end if;
    -- A deployment makes the roles itself (packages/db/logins.sql.ts). Only once: they belong to the server, and two databases
    -- migrated at the same time would collide here.
    if not exists (select from pg_db_role_setting where setrole = to_regrole(role_name) and setdatabase = 0) then
      execute format('alter role %I set timezone = ''UTC''', role_name);
      execute format('alter role %I set jit = off', role_name);
      -- A function that runs out of time is frozen with its transaction open: the server ends it, and frees its locks.
      execute format('alter role %I set statement_timeout = ''100s''', role_name);
      execute format('alter role %I set lock_timeout = ''30s''', role_name);
      execute format('alter role %I set idle_in_transaction_session_timeout = ''110s''', role_name);
    end if;
  end loop;
  execute format('grant rookery_owner to %I', current_user);
end $$;

create extension if not exists btree_gist;

create schema olap authorization rookery_owner;
grant usage on schema olap to rookery_etl, rookery_api, rookery_ops;
comment on schema olap is 'The warehouse: durable per-tenant aggregates, billing and the compliance audit. No raw events.';
