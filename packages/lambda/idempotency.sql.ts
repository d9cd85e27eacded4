import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** A request under a key of its caller; `hash` is the SHA-256 of what was asked, `attempt` names this very try. */
export type Claim = {
  readonly tenantId: string;
  readonly operation: string;
  readonly key: string;
  readonly hash: string;
  readonly attempt: string;
};

const claim: Claim = { tenantId: 'heron', operation: 'o', key: 'k', hash: 'h', attempt: 'a' };

/**
 * Takes a key for a try, unless another has it: free, kept for its time, or left behind by a function that died, for which
 * 60 s are twice the longest it may run. One statement, so that of requests beside one another exactly one gets a row.
 */
export const takeKey = statement<Claim, { attempt: 'text' }>({
  title: 'take an idempotency key',
  on: 'warehouse',
  columns: { attempt: 'text' },
  example: claim,
  sql: ({ tenantId, operation, key, hash, attempt }) => sql`
    insert into monitoring.idempotency_key as known (tenant_id, operation, key, request_hash, state, attempt)
    values (${tenantId}, ${operation}, ${key}, ${hash}, 'running', ${attempt})
    on conflict (tenant_id, operation, key) do update
    set request_hash = excluded.request_hash, state = 'running', attempt = excluded.attempt,
      status = null, body = null, created_at = now(), attempted_at = now()
    where known.created_at < now() - interval '25 hours'
      or (known.state = 'running' and known.attempted_at < now() - interval '60 seconds'
        and known.request_hash = excluded.request_hash)
    returning attempt`,
});

/** What became of the request that has a key. */
export const keptAnswer = statement<
  Pick<Claim, 'tenantId' | 'operation' | 'key'>,
  { request_hash: 'text'; state: 'text'; status: 'int4?'; body: 'text?' }
>({
  title: 'the answer under an idempotency key',
  on: 'warehouse',
  columns: { request_hash: 'text', state: 'text', status: 'int4?', body: 'text?' },
  example: claim,
  sql: ({ tenantId, operation, key }) => sql`
    select request_hash, state, status, body from monitoring.idempotency_key
    where tenant_id = ${tenantId} and operation = ${operation} and key = ${key}`,
});

/** Keeps the answer of a try; a try whose key another has taken over meanwhile changes nothing. */
export const keepAnswer = statement<
  Omit<Claim, 'hash'> & { readonly status: number; readonly body: string },
  { kept: 'bool' }
>({
  title: 'keep the answer under an idempotency key',
  on: 'warehouse',
  columns: { kept: 'bool' },
  example: { ...claim, status: 200, body: '{}' },
  sql: ({ tenantId, operation, key, attempt, status, body }) => sql`
    update monitoring.idempotency_key set state = 'done', status = ${status}, body = ${body}
    where tenant_id = ${tenantId} and operation = ${operation} and key = ${key}
      and attempt = ${attempt} and state = 'running'
    returning true as kept`,
});

/** Gives a key back after a try that did nothing, so that the next one starts at once. */
export const giveKeyBack = statement<Omit<Claim, 'hash'>, { given: 'bool' }>({
  title: 'give an idempotency key back',
  on: 'warehouse',
  columns: { given: 'bool' },
  example: claim,
  sql: ({ tenantId, operation, key, attempt }) => sql`
    delete from monitoring.idempotency_key
    where tenant_id = ${tenantId} and operation = ${operation} and key = ${key}
      and attempt = ${attempt} and state = 'running'
    returning true as given`,
});

/** Forgets up to `limit` keys older than 25 hours, in any tenant, and says how many: run it until it says fewer. */
export const forgetKeys = statement<{ readonly limit: number }, { forgotten: 'int8' }>({
  title: 'forget old idempotency keys',
  on: 'warehouse',
  columns: { forgotten: 'int8' },
  example: { limit: 10 },
  sql: ({ limit }) => sql`
    with gone as (
      delete from monitoring.idempotency_key where ctid = any (array(
        select ctid from monitoring.idempotency_key
        where created_at < now() - interval '25 hours'
        order by created_at limit ${limit} for update skip locked))
      returning 1
    )
    select count(*) as forgotten from gone`,
});
