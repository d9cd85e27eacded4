import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { sealedColumns, sealedScalars } from './sealed.sql.ts';

/** The heads of all chains. */
export const auditHeads = statement({
  title: 'list the heads of all audit chains',
  on: 'warehouse',
  columns: { tenant_id: 'text', seq: 'int8', hash: 'text' },
  example: null,
  sql: () =>
    sql`select tenant_id, seq, hash from olap.audit_chain where seq > 0 order by tenant_id`,
});

/** Stretches of chains: of each tenant the entries after one place, up to and with another. */
export type Stretches = {
  readonly tenants: readonly string[];
  readonly afters: readonly number[];
  readonly lasts: readonly number[];
  readonly limit: number;
};

/**
 * The next entries of some stretches, tenant by tenant in the order of the chain, as the text over which they were sealed. One
 * statement however many tenants moved. Places have no gaps, so that no more than `limit` of a tenant can be wanted: without that
 * bound each part of a chain of 100,000 entries sorts all that is left of it: 120,000 entries of 4,000
 * tenants took 55 s, and 60,000 of 2,000 take 7 s with it, 1.4 s of them CPU of the function (8 others at work, 2026-11).
 */
export const stretchEntries = statement({
  title: 'read stretches of audit chains',
  on: 'warehouse',
  planned: 'each-time',
  columns: sealedColumns,
  example: { tenants: ['nobody'], afters: [0], lasts: [10], limit: 1000 },
  sql: ({ tenants, afters, lasts, limit }: Stretches) => sql`
select l.*
from unnest(${tenants}::text[], ${afters}::int8[], ${lasts}::int8[]) with ordinality as s (tenant_id, after, last, place)
cross join lateral (
  select ${sealedScalars('e')}, e.old_values::text as old_values, e.new_values::text as new_values,
    e.metadata::text as metadata
  from olap.admin_audit_log e
  where e.tenant_id = s.tenant_id and e.seq > s.after and e.seq <= least(s.last, s.after + ${limit})
  order by e.seq limit ${limit}
) l
order by s.place, l.seq limit ${limit}`,
});
