import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IntegrationItem } from '@rookery/monitoring/integrations/item';
import { recountIntegrations } from '@rookery/monitoring/integrations/recount';
import {
  ago,
  call,
  hour,
  minute,
  slot,
  openIntegrationRoom,
  type IntegrationRoom,
} from './integration-stream-room.ts';

let room: IntegrationRoom;
beforeAll(async () => {
  room = await openIntegrationRoom();
});
afterAll(() => room.close());

const calls = (good: number, bad: number, given: Record<string, unknown> = {}): IntegrationItem[] =>
  Array.from({ length: good + bad }, (_, n) => call({ ...given, success: n < good }));

test('a recount tells the figures of exactly the 24 hours before the slot, of every tenant', async () => {
  await room.setUp('count', 'pay', 'mail', 'idle');
  await room.setUp('count2', 'pay');
  await room.write(
    'count',
    call({ occurred_at: ago(24 * hour), response_time: 100 }),
    call({ occurred_at: ago(24 * hour + 1), response_time: 900 }),
    call({ occurred_at: ago(1), response_time: 201, success: false }),
    call({ occurred_at: ago(0), response_time: 900, success: false }),
    call({ occurred_at: ago(2 * hour) }),
    call({ integration_id: 'mail', occurred_at: ago(5 * minute) }),
  );
  await room.write('count2', ...calls(0, 3));

  await recountIntegrations(room.world.ops, slot);

  // Two of three succeeded, and two answered: in 100 and 201 ms.
  expect(await room.health('count')).toMatchObject({
    rate: 66.666667,
    mean: 151,
    errors: 1,
    status: 'down',
  });
  expect(await room.health('count', 'mail')).toMatchObject({
    rate: 100,
    mean: null,
    errors: 0,
    status: 'healthy',
  });
  expect(await room.health('count', 'idle')).toMatchObject({
    rate: null,
    mean: null,
    errors: 0,
    status: 'unknown',
  });
  expect(await room.health('count2')).toMatchObject({
    rate: 0,
    mean: null,
    errors: 3,
    status: 'down',
  });
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
  await room.setUp(tenant, 'pay');
  await room.write(tenant, ...items);
  await recountIntegrations(room.world.ops, slot);
  expect(await room.health(tenant)).toMatchObject({ status });
});

test('a recount that runs again changes nothing, and one of an earlier slot that comes late neither', async () => {
  await room.setUp('again', 'pay');
  await room.write('again', ...calls(3, 1), ...calls(0, 5, { occurred_at: ago(2 * hour) }));
  await recountIntegrations(room.world.ops, slot);
  const before = await room.health('again');
  expect(before).toMatchObject({ errors: 6, status: 'degraded' });

  await recountIntegrations(room.world.ops, slot);
  expect(await room.health('again')).toEqual(before);
  expect(await recountIntegrations(room.world.ops, new Date(slot.getTime() - hour))).toEqual({
    integrations: 0,
  });
  expect(await room.health('again')).toEqual(before);

  // An hour later the calls of the last hour are none, those of 24 hours the same.
  await recountIntegrations(room.world.ops, new Date(slot.getTime() + hour));
  expect(await room.health('again')).toMatchObject({ errors: 6, status: 'down' });
});
