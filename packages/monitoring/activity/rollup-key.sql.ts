import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';

/**
 * The tenant's secret by which users are counted, as one scalar (bytea). The same as long as it lives, because counts compare
 * users across months; null before `ensureRollupKey`.
 */
export const rollupKey = (tenantId: string): RawBuilder<Uint8Array | null> => sql`
(select k.key from monitoring.pseudonym_key k
  where k.tenant_id = ${tenantId} and k.purpose = 'rollup' and k.key is not null order by k.period_start desc limit 1)`;

/**
 * A user as 64 bits (int8): the head of SHA-256 over the secret and the id. A secret of fixed length in front and a result cut
 * to a quarter leave nothing to extend, so no HMAC, and no extension, is needed. About 1 µs each.
 */
export const userKey = (
  key: RawBuilder<unknown>,
  userId: RawBuilder<unknown>,
): RawBuilder<number> =>
  sql`('x' || encode(substr(sha256(${key} || convert_to(${userId}, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint`;

/**
 * Makes the secret of a tenant that has none: 244 random bits. A tenant whose secret was destroyed gets a new one, under which
 * nobody is who they were before. Two at once make one.
 */
export const ensureRollupKey = statement<{ tenantId: string }, { tenant_id: 'text' }>({
  title: 'make the secret by which users are counted',
  on: 'warehouse',
  columns: { tenant_id: 'text' },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }) => sql`
insert into monitoring.pseudonym_key (tenant_id, purpose, period_start, key)
select ${tenantId}, 'rollup', coalesce(max(k.period_start) + 1, '2000-01-01'),
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
from monitoring.pseudonym_key k where k.tenant_id = ${tenantId} and k.purpose = 'rollup'
having count(k.key) = 0
on conflict (tenant_id, purpose, period_start) do nothing
returning tenant_id`,
});
