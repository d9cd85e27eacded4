-- The door by which data comes in: API keys of machines, and the keys under which a request counts once.
-- Locks: none that matters; both tables are new.
set local role rookery_owner;

create table monitoring.api_key (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  id text not null,
  name text not null check (name <> ''),
  key_hash text not null check (key_hash <> ''),
  scopes text[] not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
comment on table monitoring.api_key is
  'Keys with which machines of a tenant send data in, instead of a token. The keys themselves are nowhere: only their hashes are.';
comment on column monitoring.api_key.tenant_id is 'Tenant for which the key sends; row-level security compares it with app.tenant_id.';
comment on column monitoring.api_key.id is 'Names the key; it is a part of the text of the key.';
comment on column monitoring.api_key.name is 'What the key is for, in the words of who made it.';
comment on column monitoring.api_key.key_hash is 'SHA-256 in hex of the whole text of the key.';
comment on column monitoring.api_key.scopes is 'Streams into which the key may send.';
comment on column monitoring.api_key.created_by is 'Who made the key.';
comment on column monitoring.api_key.created_at is 'When the key was made.';
comment on column monitoring.api_key.last_used_at is 'When the key was last used, to the hour. Null: never.';
comment on column monitoring.api_key.expires_at is 'From when on the key is refused. Null: it does not expire.';
comment on column monitoring.api_key.revoked_at is 'When the key was revoked, for ever. Null: it is not.';

create table monitoring.idempotency_key (
  tenant_id text not null default 'platform' check (tenant_id <> ''),
  operation text not null,
  key text not null,
  request_hash text not null,
  state text not null default 'running' check (state in ('running', 'done')),
  attempt text not null,
  status integer,
  body text,
  created_at timestamptz not null default now(),
  attempted_at timestamptz not null default now(),
  primary key (tenant_id, operation, key),
  -- An answer is whole or not there.
  constraint done_with_answer check (state = 'running' or (status is not null and body is not null))
);
-- Old keys are found in the order of their age.
create index idempotency_key_created on monitoring.idempotency_key (created_at);
comment on table monitoring.idempotency_key is
  'Requests that came under an Idempotency-Key, and what they were answered: a repeat gets the same answer. Kept for 25 hours.';
comment on column monitoring.idempotency_key.tenant_id is 'Tenant that asked; row-level security compares it with app.tenant_id.';
comment on column monitoring.idempotency_key.operation is 'What was asked for: the operation of the API.';
comment on column monitoring.idempotency_key.key is 'The key that the caller gave.';
comment on column monitoring.idempotency_key.request_hash is 'SHA-256 in hex of path, query and body: another request under the same key is refused.';
comment on column monitoring.idempotency_key.state is 'running: someone works on it. done: the answer is there. A request that failed leaves no row.';
comment on column monitoring.idempotency_key.attempt is 'Names the try that works on it; only that one may finish it.';
comment on column monitoring.idempotency_key.status is 'HTTP status of the answer. Null while it is running.';
comment on column monitoring.idempotency_key.body is 'Body of the answer. Null while it is running.';
comment on column monitoring.idempotency_key.created_at is 'When the key was first seen; 25 hours later it may be used anew.';
comment on column monitoring.idempotency_key.attempted_at is
  'When the try began; after 60 s a try that did not end is taken to be dead, and a repeat takes over.';

do $$
declare
  table_name text;
begin
  foreach table_name in array array['api_key', 'idempotency_key'] loop
    execute format('alter table monitoring.%I enable row level security', table_name);
    execute format('alter table monitoring.%I force row level security', table_name);
    execute format(
      'create policy one_tenant on monitoring.%I to rookery_etl, rookery_api, rookery_ingest'
      ' using (tenant_id = (select current_setting(''app.tenant_id'', true)))'
      ' with check (tenant_id = (select current_setting(''app.tenant_id'', true)))', table_name);
    execute format('create policy every_tenant on monitoring.%I to rookery_ops using (true) with check (true)', table_name);
    execute format('grant select on monitoring.%I to rookery_ops', table_name);
  end loop;
end $$;

-- The API knows keys and notes their use; it makes and revokes none.
grant select, update (last_used_at) on monitoring.api_key to rookery_api;
grant insert, update (revoked_at) on monitoring.api_key to rookery_ops;
grant select, insert, update, delete on monitoring.idempotency_key to rookery_api;
-- Operations forget old keys; they lock them first.
grant update, delete on monitoring.idempotency_key to rookery_ops;

reset role;
