import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

const columns = {
  id: 'int8',
  tenant_id: 'text',
  table_name: 'varchar',
  held_from: 'timestamptz',
  held_until: 'timestamptz?',
  reason: 'text',
  placed_by: 'varchar',
  placed_at: 'timestamptz',
  released_at: 'timestamptz?',
  released_by: 'varchar?',
  release_reason: 'text?',
} as const;

const names = sql.raw(Object.keys(columns).join(', '));

/** What is to be held: rows of a table whose clock is within a half-open span, which may have no end. */
export type HoldWish = {
  readonly tenantId: string;
  readonly table: string;
  readonly from: Date;
  readonly until: Date | null;
  readonly reason: string;
  readonly by: string;
  readonly now: Date;
};

/**
 * Waits for whoever deletes, erases or places a hold for this tenant, and keeps the others waiting until the transaction
 * ends. Taken before rows are looked for, every hold is seen that was placed before, and none is placed meanwhile.
 */
export const takeHoldTurn = statement({
  title: 'take the turn of the holds of a tenant',
  on: 'warehouse',
  columns: { taken: 'bool' },
  example: { tenantId: 'nobody' },
  sql: ({ tenantId }: { readonly tenantId: string }) =>
    sql`select monitoring.hold_turn(${tenantId}) is not null as taken`,
});

/** Places a hold; it is in force as soon as this transaction is committed, for nothing is deleted beside it. */
export const placeHold = statement<HoldWish, typeof columns>({
  title: 'place a legal hold',
  on: 'warehouse',
  columns,
  example: {
    tenantId: 'nobody',
    table: 'tb_audit_event',
    from: new Date('2026-01-01T00:00:00Z'),
    until: null,
    reason: 'a case',
    by: 'nobody',
    now: new Date('2026-01-01T00:00:00Z'),
  },
  sql: ({ tenantId, table, from, until, reason, by, now }) => sql`
insert into monitoring.legal_hold (tenant_id, table_name, held_from, held_until, reason, placed_by, placed_at)
values (${tenantId}, ${table}, ${from}::timestamptz, ${until}::timestamptz, ${reason}, ${by}, ${now}::timestamptz)
returning ${names}`,
});

/** A hold, taken: nobody else releases it before this transaction has ended. */
export const takeHold = statement({
  title: 'take a legal hold',
  on: 'warehouse',
  columns,
  example: { tenantId: 'nobody', id: 1 },
  sql: ({ tenantId, id }: { readonly tenantId: string; readonly id: number }) => sql`
select ${names} from monitoring.legal_hold where tenant_id = ${tenantId} and id = ${id}::int8 for update`,
});

/** Ends a hold that is in force, for good; no row where there is none. */
export const releaseHold = statement({
  title: 'release a legal hold',
  on: 'warehouse',
  columns,
  example: {
    tenantId: 'nobody',
    id: 1,
    by: 'nobody',
    reason: 'the case is over',
    now: new Date('2026-01-01T00:00:00Z'),
  },
  sql: ({
    tenantId,
    id,
    by,
    reason,
    now,
  }: {
    readonly tenantId: string;
    readonly id: number;
    readonly by: string;
    readonly reason: string;
    readonly now: Date;
  }) => sql`
update monitoring.legal_hold set released_at = ${now}::timestamptz, released_by = ${by}, release_reason = ${reason}
where tenant_id = ${tenantId} and id = ${id}::int8 and released_at is null
returning ${names}`,
});

/** Which holds are asked for; null does not filter, and for operations null is every tenant. */
export type HoldsAsk = {
  readonly tenantId: string | null;
  readonly table: string | null;
  readonly inForce: boolean | null;
  /** Only those that were placed before this one. */
  readonly before: number | null;
  readonly limit: number;
};

/** Legal holds, the newest first; those that were released as well. */
export const listHolds = statement<HoldsAsk, typeof columns>({
  title: 'list legal holds',
  on: 'warehouse',
  columns,
  example: { tenantId: 'nobody', table: null, inForce: true, before: null, limit: 50 },
  sql: ({ tenantId, table, inForce, before, limit }) => sql`
select ${names} from monitoring.legal_hold
where (${tenantId}::text is null or tenant_id = ${tenantId}) and (${table}::text is null or table_name = ${table})
  and (${inForce}::boolean is null or (released_at is null) = ${inForce})
  and (${before}::int8 is null or id < ${before}::int8)
order by id desc limit ${limit}::integer`,
});
