import { afterAll, beforeAll, expect, test } from 'vitest';
import { integrationEvent } from '@rookery/http/streams/integration-events';
import { isMissingPartition } from '@rookery/db/fault';
import { openDb, type Db } from '@rookery/db/pool';
import type { Written } from '@rookery/monitoring/ingest/stream';
import type { IntegrationItem } from '@rookery/monitoring/integrations/item';
import { writeIntegrationEvents } from '@rookery/monitoring/integrations/write';
import { openWorld, type World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';

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

test('a call is written redacted and cut to size, and moves the state of its integration', async () => {
  await setUp('one', 'pay');
  const written = await write(
    'one',
    call({
      endpoint: 'https://user:pw@api.example/v1?key=1',
      success: false,
      status_code: 500,
      response_time: 120,
      request_payload: {
        authorization: 'Bearer x',
        to: 'jane@lead.example',
        text: 'é'.repeat(9_000),
      },
      response_payload: ['10.0.0.1', null],
      error_message: 'refused by 10.0.0.1',
      rate_limit_quota: 100,
      rate_limit_remaining: 7,
    }),
  );

  expect(written).toEqual({ rows: 1, rejected: [] });
  const row = await askOne<Record<string, unknown>>(
    world.admin,
    `select *, octet_length(request_payload::text) as bytes from monitoring.tb_integration_event where tenant_id = 'one'`,
  );
  expect(row).toMatchObject({
    endpoint: 'https://[redacted]@api.example/v1?key=[redacted]',
    request_payload: { authorization: '[redacted]', to: '[redacted]' },
    response_payload: ['[redacted]', null],
    error_message: 'refused by [redacted]',
    retry_count: 0,
    method: null,
  });
  expect(Number(row['bytes'])).toBeLessThanOrEqual(4_096);
  expect(await health('one')).toMatchObject({
    last_check: ago(10 * minute),
    last_success: null,
    quota: 100,
    remaining: 7,
    status: 'unknown',
  });
});

test('a call of an integration that is not set up, or is another tenant’s, is rejected; those beside it are kept', async () => {
  await setUp('known', 'pay');
  await setUp('foreign', 'theirs');
  const written = await write(
    'known',
    call({ integration_id: 'theirs' }),
    call(),
    call({ integration_id: 'none' }),
  );

  const reason = 'integration_id names no integration';
  expect(written).toEqual({
    rows: 1,
    rejected: [
      { key: 'k0', reason },
      { key: 'k2', reason },
    ],
  });
  expect((await write('known', call({ integration_id: 'none' }))).rows).toBe(0);
});

test('a late call changes nothing that a newer one has told, in whatever order and batches they come', async () => {
  const calls = [
    call({ occurred_at: ago(50 * minute), rate_limit_quota: 100, rate_limit_remaining: 90 }),
    call({ occurred_at: ago(40 * minute), success: true }),
    call({
      occurred_at: ago(30 * minute),
      success: false,
      rate_limit_remaining: 3,
      rate_limit_quota: 50,
    }),
    call({
      occurred_at: ago(30 * minute),
      success: false,
      rate_limit_remaining: 2,
      rate_limit_quota: 50,
    }),
    call({ occurred_at: ago(20 * minute), success: false }),
  ];
  const orders = [
    [0, 1, 2, 3, 4],
    [4, 3, 2, 1, 0],
    [2, 4, 0, 3, 1],
    [3, 0, 4, 1, 2],
  ];
  for (const [n, order] of orders.entries()) {
    const tenant = `order-${n}`;
    await setUp(tenant, 'pay');
    const sorted = order.flatMap((at) => calls.slice(at, at + 1));
    if (n === 3) await write(tenant, ...sorted);
    else for (const each of sorted) await write(tenant, each);
    expect([n, await health(tenant)]).toEqual([
      n,
      expect.objectContaining({
        last_check: ago(20 * minute),
        last_success: ago(40 * minute),
        quota: 50,
        remaining: 2,
      }),
    ]);
  }
});

test('a week without a partition throws, says so, and leaves nothing behind', async () => {
  await setUp('far', 'pay');
  const failed: unknown = await write(
    'far',
    call(),
    call({ occurred_at: ago(400 * 24 * hour) }),
  ).catch((e: unknown) => e);

  expect(isMissingPartition(failed)).toBe(true);
  expect(
    await ask(world.admin, `select 1 from monitoring.tb_integration_event where tenant_id = 'far'`),
  ).toEqual([]);
  expect(await health('far')).toMatchObject({ last_check: '2025-01-01T00:00:00.000Z' });
});
