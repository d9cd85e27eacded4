import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sweepRejections } from '@rookery/telemetry/rejected';
import { handler as rejections } from '../../functions/api/event-rejections.ts';
import { handler as router } from '../../functions/queue/events.ts';
import { contextOf, eventOf } from './function-room.ts';
import {
  emptied,
  messageOf as message,
  openTelemetryRoom,
  rejectionRows,
  type TelemetryRoom,
} from './telemetry-room.ts';

let room: TelemetryRoom;
beforeAll(async () => {
  room = await openTelemetryRoom('heron');
});
afterAll(async () => {
  await room.close();
});
beforeEach(() => emptied(room));

const rows = () => rejectionRows(room);

const read = (tenantId: string, query = {}, role = 'tenant-admin') =>
  room.ask(rejections, 'GET /v1/events/rejections', {
    query,
    headers: { authorization: `Bearer ${room.token(role, tenantId)}` },
  });

const nope = (id: string) => ({ id, event: 'email_seen' });

test('a tenant reads what was rejected of it by reason, with the newest words, and nothing of others', async () => {
  await router(
    eventOf([message(nope('a'), nope('b'), { id: 'c', event: 'email_opened' })]),
    contextOf(),
  );
  const own = await read('heron');
  const foreign = await read('finch');
  const later = await read('heron', { since: new Date(Date.now() + 60_000).toISOString() });
  const member = await read('heron', {}, 'tenant-member');

  expect(own.json.data).toMatchObject([
    { code: 'event-unknown', event: 'email_seen', door: 'http', rejections: 2 },
    {
      code: 'properties-invalid',
      event: 'email_opened',
      rejections: 1,
      reason: expect.stringContaining('email_id'),
    },
  ]);
  expect([foreign.json.data, later.json.data, member.status]).toEqual([[], [], 403]);
});

test('rejections are forgotten after 30 days, and not a minute before', async () => {
  await router(
    eventOf([message({ id: 'a', event: 'nope' }, { id: 'b', event: 'nope' })]),
    contextOf(),
  );
  await room.world.admin.script(
    `update monitoring.rejected_event set rejected_at = now() - interval '30 days'
       + case when id::text = (select min(id::text) from monitoring.rejected_event) then -1 else 1 end * interval '1 minute'`,
  );
  const now = new Date();

  expect(await sweepRejections(room.world.ops, now, () => true)).toBe(1);
  expect(await sweepRejections(room.world.ops, now, () => true)).toBe(0);
  expect(await rows()).toHaveLength(1);
});
