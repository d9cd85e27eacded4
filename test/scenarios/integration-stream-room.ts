import { integrationEvent } from '@rookery/http/streams/integration-events';
import { openDb, type Db } from '@rookery/db/pool';
import type { Written } from '@rookery/monitoring/ingest/stream';
import type { IntegrationItem } from '@rookery/monitoring/integrations/item';
import { writeIntegrationEvents } from '@rookery/monitoring/integrations/write';
import { openWorld, type World } from '../world/world.ts';
import { askOne } from './ask.ts';

/** A world with integrations, and a way to write calls of them as the worker does. */
export type IntegrationRoom = {
  readonly world: World;
  readonly ingest: Db;
  readonly setUp: (tenant: string, ...ids: string[]) => Promise<void>;
  readonly write: (tenantId: string, ...items: IntegrationItem[]) => Promise<Written>;
  /** The state of an integration. */
  readonly health: (tenant: string, id?: string) => Promise<Record<string, unknown>>;
  readonly close: () => Promise<void>;
};

/** Milliseconds. */
export const minute = 60_000;
/** Milliseconds. */
export const hour = 60 * minute;
/** The whole hour before this one is over: what tests take for now. */
export const slot = new Date(Math.floor(Date.now() / hour) * hour);
/** So many milliseconds before the slot. */
export const ago = (milliseconds: number): string =>
  new Date(slot.getTime() - milliseconds).toISOString();

/** A call of `pay` that succeeded ten minutes ago, but for what is given. */
export const call = (given: Record<string, unknown> = {}): IntegrationItem =>
  integrationEvent.parse({
    integration_id: 'pay',
    event_type: 'api-call',
    direction: 'outbound',
    success: true,
    occurred_at: ago(10 * minute),
    ...given,
  });

/** Opens a world without integrations. */
export const openIntegrationRoom = async (): Promise<IntegrationRoom> => {
  const world = await openWorld();
  const ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 8 });
  return {
    world,
    ingest,
    setUp: (tenant, ...ids) =>
      world.admin.script(
        ids
          .map(
            (id) => `insert into monitoring.tb_integration_health
          (tenant_id, id, name, integration_type, configured_at, last_check)
          values ('${tenant}', '${id}', '${id}', 'webhook', '2025-01-01', '2025-01-01T00:00:00Z');`,
          )
          .join('\n'),
      ),
    write: (tenantId, ...items) =>
      ingest.transaction(
        (tx) =>
          writeIntegrationEvents(tx, {
            tenantId,
            receivedAt: slot,
            items: items.map((item, at) => ({ key: `k${at}`, item })),
          }),
        { tenantId },
      ),
    health: (tenant, id = 'pay') =>
      askOne<Record<string, unknown>>(
        world.admin,
        `select status, success_rate_24h::float8 as rate, avg_response_time as mean, error_count_24h as errors,
       to_char(last_check at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_check,
       to_char(last_success at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_success,
       rate_limit_quota as quota, rate_limit_remaining as remaining
     from monitoring.tb_integration_health where tenant_id = '${tenant}' and id = '${id}'`,
      ),
    close: async () => {
      await ingest.close();
      await world.close();
    },
  };
};
