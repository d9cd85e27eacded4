import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMissingPartition } from '@rookery/db/fault';
import { ask, askOne } from './ask.ts';
import {
  ago,
  call,
  hour,
  minute,
  openIntegrationRoom,
  type IntegrationRoom,
} from './integration-stream-room.ts';

let room: IntegrationRoom;
beforeAll(async () => {
  room = await openIntegrationRoom();
});
afterAll(() => room.close());

test('a call is written redacted and cut to size, and moves the state of its integration', async () => {
  await room.setUp('one', 'pay');
  const written = await room.write(
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
    room.world.admin,
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
  expect(await room.health('one')).toMatchObject({
    last_check: ago(10 * minute),
    last_success: null,
    quota: 100,
    remaining: 7,
    status: 'unknown',
  });
});

test('a call of an integration that is not set up, or is another tenant’s, is rejected; those beside it are kept', async () => {
  await room.setUp('known', 'pay');
  await room.setUp('foreign', 'theirs');
  const written = await room.write(
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
  expect((await room.write('known', call({ integration_id: 'none' }))).rows).toBe(0);
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
    await room.setUp(tenant, 'pay');
    const sorted = order.flatMap((at) => calls.slice(at, at + 1));
    if (n === 3) await room.write(tenant, ...sorted);
    else for (const each of sorted) await room.write(tenant, each);
    expect([n, await room.health(tenant)]).toEqual([
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
  await room.setUp('far', 'pay');
  const failed: unknown = await room
    .write('far', call(), call({ occurred_at: ago(400 * 24 * hour) }))
    .catch((e: unknown) => e);

  expect(isMissingPartition(failed)).toBe(true);
  expect(
    await ask(
      room.world.admin,
      `select 1 from monitoring.tb_integration_event where tenant_id = 'far'`,
    ),
  ).toEqual([]);
  expect(await room.health('far')).toMatchObject({ last_check: '2025-01-01T00:00:00.000Z' });
});
