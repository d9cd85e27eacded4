import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';

const columns = {
  id: 'varchar',
  channel: 'text',
  name: 'varchar',
  address: 'text?',
  previous_until: 'timestamptz?',
  is_active: 'bool',
  created_by: 'varchar',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  revision: 'int4',
} as const satisfies Columns;

// The API may read these columns and no secret.
const shown = sql.raw(
  'id, channel::text as channel, name, address, previous_until, is_active, created_by, created_at, updated_at, revision',
);

const aMoment = new Date('2026-01-01T00:00:00Z');

/** Which target, as who changes it saw it. */
export type SeenTarget = {
  readonly tenantId: string;
  readonly id: string;
  readonly revision: number;
  readonly now: Date;
};

/** A target to be set up; its secret is sealed, in base64. */
export type TargetRow = {
  readonly tenantId: string;
  readonly id: string;
  readonly channel: string;
  readonly name: string;
  readonly address: string | null;
  readonly sealed: string;
  readonly createdBy: string;
  readonly now: Date;
};

/** What of a target is not secret and may change. */
export type TargetEdit = SeenTarget & {
  readonly channel: string;
  readonly name: string;
  readonly address: string | null;
  readonly isActive: boolean;
};

/** A new secret, and until when the one before counts beside it. */
export type Rotation = SeenTarget & {
  readonly channel: string;
  readonly sealed: string;
  readonly previousUntil: Date | null;
};

const seen: SeenTarget = { tenantId: 'nobody', id: 'none', revision: 0, now: aMoment };

/** Sets a target up; no row when there is one of that id. */
export const addTarget = statement<TargetRow, typeof columns>({
  title: 'set up a target of notices',
  on: 'warehouse',
  columns,
  example: {
    tenantId: 'nobody',
    id: 'none',
    channel: 'webhook',
    name: 'n',
    address: null,
    sealed: '',
    createdBy: 'nobody',
    now: aMoment,
  },
  sql: (target) => sql`
insert into monitoring.notification_target (tenant_id, id, channel, name, address, secret, created_by, created_at, updated_at)
values (${target.tenantId}, ${target.id}, ${target.channel}::text::monitoring.notification_channel, ${target.name},
  ${target.address}, decode(${target.sealed}, 'base64'), ${target.createdBy}, ${target.now}::timestamptz,
  ${target.now}::timestamptz)
on conflict do nothing
returning ${shown}`,
});

/** Changes what is not secret of a target; no row when it is not at that revision any more. */
export const changeTarget = statement<TargetEdit, typeof columns>({
  title: 'change a target of notices',
  on: 'warehouse',
  columns,
  example: { ...seen, channel: 'webhook', name: 'n', address: null, isActive: true },
  sql: ({ tenantId, id, revision, now, channel, name, address, isActive }) => sql`
update monitoring.notification_target set name = ${name}, address = ${address}, is_active = ${isActive}::boolean,
  revision = revision + 1, updated_at = ${now}::timestamptz
where tenant_id = ${tenantId} and id = ${id} and channel = ${channel}::text::monitoring.notification_channel
  and revision = ${revision}::integer and deleted_at is null
returning ${shown}`,
});

/** Gives a target a new secret; a trigger keeps the one before, if it is to count for a while. */
export const rotateTarget = statement<Rotation, typeof columns>({
  title: 'rotate the secret of a target of notices',
  on: 'warehouse',
  columns,
  example: { ...seen, channel: 'webhook', sealed: '', previousUntil: null },
  sql: ({ tenantId, id, revision, now, channel, sealed, previousUntil }) => sql`
update monitoring.notification_target set secret = decode(${sealed}, 'base64'),
  previous_until = ${previousUntil}::timestamptz, revision = revision + 1, updated_at = ${now}::timestamptz
where tenant_id = ${tenantId} and id = ${id} and channel = ${channel}::text::monitoring.notification_channel
  and revision = ${revision}::integer and deleted_at is null
returning ${shown}`,
});

/** Deletes a target, and its secrets with it; no row when it is not at that revision any more. */
export const dropTarget = statement<SeenTarget, typeof columns>({
  title: 'delete a target of notices',
  on: 'warehouse',
  columns,
  example: seen,
  sql: ({ tenantId, id, revision, now }) => sql`
update monitoring.notification_target set secret = null, previous_until = null, previous_secret = null, is_active = false,
  deleted_at = ${now}::timestamptz, revision = revision + 1, updated_at = ${now}::timestamptz
where tenant_id = ${tenantId} and id = ${id} and revision = ${revision}::integer and deleted_at is null
returning ${shown}`,
});
