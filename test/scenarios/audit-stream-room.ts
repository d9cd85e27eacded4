import { auditEvent } from '@rookery/http/streams/audit-events';
import { openDb, type Db } from '@rookery/db/pool';
import type { AuditItem } from '@rookery/monitoring/audit/item';
import { writeAuditEvents } from '@rookery/monitoring/audit/write';
import type { Keyed, Written } from '@rookery/monitoring/ingest/stream';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';

/** A world, and a way to write audit events into it as the worker does. */
export type AuditRoom = {
  readonly world: World;
  readonly ingest: Db;
  readonly write: (tenantId: string, items: readonly Keyed<AuditItem>[]) => Promise<Written>;
  /** The events of a tenant. */
  readonly stored: (tenantId: string) => Promise<Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
};

/** When the door took what the tests write. */
export const receivedAt = new Date();
/** When it happened: an hour before. */
export const time = new Date(receivedAt.getTime() - 3_600_000).toISOString();

/** A change of a mailbox, but for what is given. */
export const event = (given: Record<string, unknown> = {}): AuditItem =>
  auditEvent.parse({
    time,
    user_id: 'u-1',
    user_email: 'admin@acme.example',
    user_role: 'admin',
    action_type: 'update',
    resource_type: 'mailbox',
    description: 'Changed a mailbox',
    ip_address: '203.0.113.9',
    ...given,
  });

/** Items under the keys `k0`, `k1`, … */
export const keyed = (items: readonly AuditItem[], prefix = 'k'): Keyed<AuditItem>[] =>
  items.map((item, at) => ({ key: `${prefix}${at}`, item }));

/** What is said of an item whose event_id another event has. */
export const taken = { key: 'k0', reason: 'event_id already has another event' };

/** Opens a world without events. */
export const openAuditRoom = async (): Promise<AuditRoom> => {
  const world = await openWorld();
  const ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 8 });
  return {
    world,
    ingest,
    write: (tenantId, items) =>
      ingest.transaction((tx) => writeAuditEvents(tx, { tenantId, receivedAt, items }), {
        tenantId,
      }),
    stored: (tenantId) =>
      ask<Record<string, unknown>>(
        world.admin,
        `select * from monitoring.tb_audit_event where tenant_id = '${tenantId}' order by event_id, id`,
      ),
    close: async () => {
      await ingest.close();
      await world.close();
    },
  };
};
