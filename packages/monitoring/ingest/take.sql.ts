import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** Keys of one tenant's stream, and when the door took their items. */
export type Claim = {
  readonly tenantId: string;
  readonly stream: string;
  readonly receivedAt: Date;
  readonly keys: readonly string[];
};

const example: Claim = { tenantId: 'a', stream: 'errors', receivedAt: new Date(0), keys: ['k'] };

/**
 * Claims keys; those that somebody has claimed before are not returned. Who claims one that another transaction is just
 * claiming waits for its end. In order of the keys, so that two batches never wait for each other.
 */
export const claimKeys = statement<Claim, { key: 'varchar' }>({
  title: 'claim ingestion keys',
  on: 'warehouse',
  columns: { key: 'varchar' },
  example,
  sql: ({ tenantId, stream, receivedAt, keys }) => sql`
insert into monitoring.ingest_item (tenant_id, stream, key, received_at)
select ${tenantId}::text, ${stream}::text, k, ${receivedAt.toISOString()}::timestamptz
from unnest(${keys}::text[]) k
order by k
on conflict do nothing
returning key`,
});

/** Gives keys back whose items were not written, so that delivering them again says again why. */
export const releaseKeys = statement<Omit<Claim, 'receivedAt'>, { key: 'varchar' }>({
  title: 'release ingestion keys',
  on: 'warehouse',
  columns: { key: 'varchar' },
  example,
  sql: ({ tenantId, stream, keys }) => sql`
delete from monitoring.ingest_item
where tenant_id = ${tenantId}::text and stream = ${stream}::text and key = any(${keys}::text[])
returning key`,
});

/** Makes the partitions of one stream's table for a span of time; returns how many were missing. */
export const healPartitions = statement<
  { table: string; first: Date; last: Date },
  { made: 'int4' }
>({
  title: 'heal partitions of a stream',
  on: 'warehouse',
  columns: { made: 'int4' },
  example: { table: 'tb_user_activity', first: new Date(0), last: new Date(0) },
  sql: ({ table, first, last }) => sql`
select monitoring.ensure_partitions(
  ${first.toISOString()}::timestamptz, ${last.toISOString()}::timestamptz, ${table}::text) as made`,
});

/**
 * Forgets up to `limit` claims received before a moment, of all tenants; returns how many. Run until it returns fewer.
 * By their place: 10,000 of 1,000,000 are 12 ms; joined by their keys the others were read as well, 1,062 ms (2026-11).
 */
export const sweepClaims = statement<{ before: Date; limit: number }, { swept: 'int8' }>({
  title: 'sweep ingestion keys',
  on: 'warehouse',
  columns: { swept: 'int8' },
  example: { before: new Date(0), limit: 10_000 },
  sql: ({ before, limit }) => sql`
with swept as (
  delete from monitoring.ingest_item where ctid = any (array(
    select ctid from monitoring.ingest_item
    where received_at < ${before.toISOString()}::timestamptz
    order by received_at
    limit ${limit}::integer))
  returning 1
)
select count(*) as swept from swept`,
});
