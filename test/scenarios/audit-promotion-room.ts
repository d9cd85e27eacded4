import { auditEvent } from '@rookery/http/streams/audit-events';
import { streamItems } from '@rookery/http/streams/streams';
import { openDb, type Db } from '@rookery/db/pool';
import type { AuditItem } from '@rookery/monitoring/audit/item';
import { ingestMessage } from '@rookery/monitoring/ingest/message';
import { takeMessage, type Worked } from '@rookery/monitoring/ingest/work';
import { verifyChain } from '@rookery/warehouse/audit/verify';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';

/** An entry of the compliance audit, as far as its writer decides it. */
export type Entry = {
  readonly seq: number;
  readonly admin_user_id: string;
  readonly action: string;
  readonly resource_type: string;
  readonly resource_id: string;
  readonly old_values: unknown;
  readonly new_values: unknown;
  readonly ip_address: string | null;
  readonly notes: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly data_classification: string;
  readonly retention_category: string;
};

/** A world whose audit events come through the worker of the queue `ingest`. */
export type PromotionRoom = {
  readonly world: World;
  readonly ingest: Db;
  /** When the door took what the tests write. */
  readonly now: Date;
  /** Delivers items, by key, as one message of the queue. */
  readonly deliver: (tenantId: string, items: Readonly<Record<string, unknown>>) => Promise<Worked>;
  /** The entries of a tenant in the order of the chain. */
  readonly entries: (tenantId: string) => Promise<Entry[]>;
  /** How many audit events a tenant has. */
  readonly events: (tenantId: string) => Promise<number>;
  /** What is wrong with the chain of a tenant. */
  readonly faults: (tenantId: string) => Promise<readonly unknown[]>;
  readonly close: () => Promise<void>;
};

/** An event of an administrator who changed somebody's role, but for what is given. */
export const event = (given: Readonly<Record<string, unknown>> = {}): AuditItem =>
  auditEvent.parse({
    time: new Date().toISOString(),
    user_id: 'ann',
    user_email: 'ann@heron.example',
    user_role: 'owner',
    action_type: 'update',
    resource_type: 'role-assignment',
    resource_id: 'bob',
    description: 'gave bob another role',
    ip_address: '203.0.113.9',
    ...given,
  });

const ofTenant = (tenantId: string): string => `where tenant_id = '${tenantId}'`;

/** Opens a world without events. */
export const openPromotionRoom = async (): Promise<PromotionRoom> => {
  const world = await openWorld();
  const ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 8 });
  const now = new Date();
  return {
    world,
    ingest,
    now,
    deliver: (tenantId, items) =>
      takeMessage(
        streamItems,
        { ingest, now, healed: () => {} },
        ingestMessage.parse({
          tenant_id: tenantId,
          stream: 'audit-events',
          received_at: now.toISOString(),
          items: Object.entries(items).map(([key, item]) => ({ key, item })),
        }),
      ),
    entries: (tenantId) =>
      ask<Entry>(
        world.ops,
        `select l.* from olap.admin_audit_log l ${ofTenant(tenantId)} order by seq`,
      ),
    events: async (tenantId) =>
      (await ask(world.ops, `select 1 from monitoring.tb_audit_event ${ofTenant(tenantId)}`))
        .length,
    faults: async (tenantId) =>
      (await verifyChain(world.ops, { tenantId, checkpoints: [] })).faults,
    close: async () => {
      await ingest.close();
      await world.close();
    },
  };
};

/** Takes every partition of the compliance audit away, empty as they are. */
export const withoutPartitions = (world: World): Promise<void> =>
  world.admin.script(`do $$ declare p regclass; begin
    for p in select inhrelid from pg_inherits where inhparent = 'olap.admin_audit_log'::regclass loop
      execute format('drop table %s', p);
    end loop; end $$`);
