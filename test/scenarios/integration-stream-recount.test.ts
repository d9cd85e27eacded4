import { afterAll, beforeAll, expect, test } from 'vitest';
import { integrationEvent } from '@rookery/http/streams/integration-events';
import { openDb, type Db } from '@rookery/db/pool';
import type { Written } from '@rookery/monitoring/ingest/stream';
import type { IntegrationItem } from '@rookery/monitoring/integrations/item';
import { recountIntegrations } from '@rookery/monitoring/integrations/recount';
import { writeIntegrationEvents } from '@rookery/monitoring/integrations/write';
import { openWorld, type World } from '../world/world.ts';
import { askOne } from './ask.ts';

let world: World;
let ingest: Db;
beforeAll(async () => {
  world = await openWorld();
  ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 8 });
});
afterAll(async () => {
  await ingest.close();
  await world.close();
});

const minute = 60_000;
const hour = 60 * minute;
const slot = new Date(Math.floor(Date.now() / hour) * hour);
const ago = (milliseconds: number): string => new Date(slot.getTime() - milliseconds).toISOString();

const setUp = (tenant: string, ...ids: string[]): Promise<void> =>
  world.admin.script(
    ids
      .map(
        (id) => `insert into monitoring.tb_integration_health
          (tenant_id, id, name, integration_type, configured_at, last_check)
          values ('${tenant}', '${id}', '${id}', 'webhook', '2025-01-01', '2025-01-01T00:00:00Z');`,
      )
      .join('\n'),
  );

const call = (given: Record<string, unknown> = {}): IntegrationItem =>
  integrationEvent.parse({
    integration_id: 'pay',
    event_type: 'api-call',
    direction: 'outbound',
    success: true,
    occurred_at: ago(10 * minute),
    ...given,
  });

const write = (tenantId: string, ...items: IntegrationItem[]): Promise<Written> =>
  ingest.transaction(
    (tx) =>
      writeIntegrationEvents(tx, {
        tenantId,
        receivedAt: slot,
        items: items.map((item, at) => ({ key: `k${at}`, item })),
      }),
    { tenantId },
  );

const health = (tenant: string, id = 'pay') =>
  askOne<Record<string, unknown>>(
    world.admin,
    `select status, success_rate_24h::float8 as rate, avg_response_time as mean, error_count_24h as errors,
       to_char(last_check at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_check,
       to_char(last_success at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_success,
       rate_limit_quota as quota, rate_limit_remaining as remaining
     from monitoring.tb_integration_health where tenant_id = '${tenant}' and id = '${id}'`,
  );

const calls = (good: number, bad: number, given: Record<string, unknown> = {}): IntegrationItem[] =>
  Array.from({ length: good + bad }, (_, n) => call({ ...given, success: n < good }));

test('a recount tells the figures of exactly the 24 hours before the slot, of every tenant', async () => {
  await setUp('count', 'pay', 'mail', 'idle');
  await setUp('count2', 'pay');
  await write(
    'count',
    call({ occurred_at: ago(24 * hour), response_time: 100 }),
    call({ occurred_at: ago(24 * hour + 1), response_time: 900 }),
    call({ occurred_at: ago(1), response_time: 201, success: false }),
    call({ occurred_at: ago(0), response_time: 900, success: false }),
    call({ occurred_at: ago(2 * hour) }),
    call({ integration_id: 'mail', occurred_at: ago(5 * minute) }),
  );
  await write('count2', ...calls(0, 3));

  await recountIntegrations(world.ops, slot);

  // Two of three succeeded, and two answered: in 100 and 201 ms.
  expect(await health('count')).toMatchObject({
    rate: 66.666667,
    mean: 151,
    errors: 1,
    status: 'down',
  });
  expect(await health('count', 'mail')).toMatchObject({
    rate: 100,
    mean: null,
    errors: 0,
    status: 'healthy',
  });
  expect(await health('count', 'idle')).toMatchObject({
    rate: null,
    mean: null,
    errors: 0,
    status: 'unknown',
  });
  expect(await health('count2')).toMatchObject({ rate: 0, mean: null, errors: 3, status: 'down' });
});

test.each([
  ['95 of 100', calls(95, 5), 'healthy'],
  ['94 of 100', calls(94, 6), 'degraded'],
  ['one of two', calls(1, 1), 'degraded'],
  ['49 of 100', calls(49, 51), 'down'],
  [
    'all of the last hour, none before',
    [...calls(2, 0), ...calls(0, 9, { occurred_at: ago(2 * hour) })],
    'healthy',
  ],
  [
    'none of the last hour, all before',
    [...calls(0, 2), ...calls(9, 0, { occurred_at: ago(2 * hour) })],
    'down',
  ],
  [
    'all of 24 hours, without any in the last',
    calls(9, 0, { occurred_at: ago(2 * hour) }),
    'healthy',
  ],
  [
    'all, with the allowance used up',
    calls(9, 0, { rate_limit_remaining: 0, rate_limit_reset: ago(-minute) }),
    'degraded',
  ],
  [
    'all, with an allowance that is whole again',
    calls(9, 0, { rate_limit_remaining: 0, rate_limit_reset: ago(0) }),
    'healthy',
  ],
])('an integration of which %s succeeded has the state of that', async (title, items, status) => {
  const tenant = `state ${title}`;
  await setUp(tenant, 'pay');
  await write(tenant, ...items);
  await recountIntegrations(world.ops, slot);
  expect(await health(tenant)).toMatchObject({ status });
});

test('a recount that runs again changes nothing, and one of an earlier slot that comes late neither', async () => {
  await setUp('again', 'pay');
  await write('again', ...calls(3, 1), ...calls(0, 5, { occurred_at: ago(2 * hour) }));
  await recountIntegrations(world.ops, slot);
  const before = await health('again');
  expect(before).toMatchObject({ errors: 6, status: 'degraded' });

  await recountIntegrations(world.ops, slot);
  expect(await health('again')).toEqual(before);
  expect(await recountIntegrations(world.ops, new Date(slot.getTime() - hour))).toEqual({
    integrations: 0,
  });
  expect(await health('again')).toEqual(before);

  // An hour later the calls of the last hour are none, those of 24 hours the same.
  await recountIntegrations(world.ops, new Date(slot.getTime() + hour));
  expect(await health('again')).toMatchObject({ errors: 6, status: 'down' });
});
