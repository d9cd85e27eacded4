import type { Db } from '@rookery/db/pool';
import { takeHoldTurn } from '@rookery/monitoring/retention/hold.sql';
import { ageAudit, type AgeingAsk } from '@rookery/warehouse/audit/ageing';
import { verifyChain } from '@rookery/warehouse/audit/verify';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';

/** The instant from which the ages of entries count in these tests: a day that has a partition. */
export const start = new Date(`${new Date().toISOString().slice(0, 10)}T00:00:00Z`);

/** So many days, and milliseconds, after the start. */
export const later = (days: number, ms = 0): Date =>
  new Date(start.getTime() + days * 86_400_000 + ms);

/** An entry as tests look at it. */
export type Entry = Record<string, unknown> & {
  readonly seq: number;
  readonly data_classification: string | null;
  readonly retention_category: string | null;
  readonly salts: Record<string, string>;
};

/** Writes entries of a tenant, each with every value, one second apart from the start; `sets` is SQL of class and category. */
export const fill = (world: World, tenantId: string, entries: number, sets: string) =>
  world.admin.script(`
    insert into olap.admin_audit_log (creation_time, tenant_id, admin_user_id, action, resource_type, resource_id,
      old_values, new_values, ip_address, user_agent, notes, metadata, data_classification, retention_category)
    select '${start.toISOString()}'::timestamptz + n * interval '1 second', '${tenantId}', 'ann', 'role.granted', 'user', 'r' || n,
      '{"role":"member"}', '{"role":"admin"}', '192.0.2.1', 'curl/8', 'note ' || n, '{"approval":"bob"}', c, k
    from (select n, ${sets} from generate_series(0, ${entries - 1}) n) g(n, c, k) order by n`);

/** All entries of a tenant, in order of the chain. */
export const entriesOf = (world: World, tenantId: string): Promise<Entry[]> =>
  ask<Entry>(
    world.admin,
    `select * from olap.admin_audit_log where tenant_id = '${tenantId}' order by seq`,
  );

/** The columns of an entry whose salt is gone, by their names in order of the alphabet. */
export const erasedOf = ({ salts }: Entry): string[] =>
  [
    'admin_user_id',
    'ip_address',
    'metadata',
    'new_values',
    'notes',
    'old_values',
    'user_agent',
  ].filter((name) => !(name in salts));

/** Erases what is due, as the schedule does. */
export const age = (db: Db, now: Date, more: Partial<AgeingAsk> = {}) =>
  ageAudit(db, {
    tenantId: null,
    now,
    by: 'test',
    takeTurn: (tx, tenantId) => tx.query(takeHoldTurn, { tenantId }),
    goesOn: () => true,
    ...more,
  });

/** What room E's verification finds wrong with a chain. */
export const faultsOf = async (world: World, tenantId: string): Promise<readonly unknown[]> =>
  (await verifyChain(world.ops, { tenantId, checkpoints: [] })).faults;
