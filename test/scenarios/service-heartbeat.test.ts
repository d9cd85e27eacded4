import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler as heartbeats } from '../../functions/api/heartbeats.ts';
import { openAlertingRoom, type AlertingRoom } from './alerting-api-room.ts';
import { ask } from './ask.ts';

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

test('a hundred jobs that end on the same minute all tell so, and take nothing from who changes settings', async () => {
  await room.world.admin.script(`
    insert into monitoring.tb_service_health (tenant_id, id, name, service_type, probe)
    select 'acme', 'job' || n, 'job', 'heartbeat', '{"kind": "heartbeat", "period_seconds": 60}' from generate_series(1, 100) n`);
  const at = new Date();
  const headers = { 'x-api-key': await room.key(['heartbeats']) };

  const said = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      room.ask(heartbeats, 'POST /v1/heartbeats/{heartbeat_id}', {
        params: { heartbeat_id: `job${n + 1}` },
        body: { status: 'ok' },
        headers,
        isPublic: true,
        at,
      }),
    ),
  );

  expect(said.filter(({ status }) => status !== 200)).toEqual([]);
  expect(
    await ask(room.world.admin, `select class from olap.rate_limit where class = 'change'`),
  ).toEqual([]);
});
