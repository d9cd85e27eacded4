import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { shelves } from './shelf.sql.ts';

const example = { tenantId: 'nobody', month: new Date('2026-01-01T00:00:00Z') };
type Month = typeof example;

/** Makes the key of a tenant's month unless it has, or has had, one. 244 random bits. */
export const makeKey = statement({
  title: 'make a key of pseudonyms',
  on: 'warehouse',
  columns: { made: 'bool' },
  example,
  sql: ({ tenantId, month }: Month) => sql`
insert into monitoring.pseudonym_key (tenant_id, purpose, period_start, period_end, key)
select ${tenantId}, 'anonymise', m.month, (m.month + interval '1 month')::date,
  decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
from (select (${month}::timestamptz at time zone 'UTC')::date as month) m
on conflict do nothing
returning true as made`,
});

/**
 * The key of a tenant's month, in hex, held against its destruction until the transaction ends. Of a month whose key is
 * destroyed it is a new one that nobody keeps: what comes so late is nobody's at once.
 */
export const readKey = statement({
  title: 'read a key of pseudonyms',
  on: 'warehouse',
  columns: { key: 'text' },
  example,
  sql: ({ tenantId, month }: Month) => sql`
select coalesce(encode(key, 'hex'), replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')) as key
from monitoring.pseudonym_key
where tenant_id = ${tenantId} and purpose = 'anonymise' and period_start = (${month}::timestamptz at time zone 'UTC')::date
for share`,
});

const left = shelves
  .filter(({ anonymous }) => anonymous.includes('pseudonym('))
  .map(
    ({ table, clock, personal }) =>
      `not exists (select from monitoring.${table} r where r.tenant_id = k.tenant_id
        and ${clock} >= k.period_start::timestamp at time zone 'UTC'
        and ${clock} < k.period_end::timestamp at time zone 'UTC' and ${personal ?? 'false'})`,
  )
  .join(' and ');

/**
 * Destroys the keys of months that are over, old enough and without a row that still says who it is about: from then on
 * nobody can make, or recognise, a pseudonym of theirs. 31 days after the month everything of it has been anonymised.
 */
export const destroyKeys = statement({
  title: 'destroy keys of pseudonyms',
  on: 'warehouse',
  columns: { tenant_id: 'text', period_start: 'date' },
  example: { now: new Date('2026-01-01T00:00:00Z') },
  sql: ({ now }: { now: Date }) => sql`
update monitoring.pseudonym_key k set key = null, destroyed_at = ${now}::timestamptz
where k.purpose = 'anonymise' and k.key is not null
  and k.period_end::timestamp at time zone 'UTC' < ${now}::timestamptz - (
    select max(p.anonymise_after_days) from monitoring.retention_policy p) * interval '24 hours'
  and ${sql.raw(left)}
returning k.tenant_id, k.period_start`,
});
