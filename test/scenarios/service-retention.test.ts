import { afterAll, beforeAll, expect, test } from 'vitest';
import { plan } from '@rookery/monitoring/retention/look';
import { doUnit } from '@rookery/monitoring/retention/unit';
import { ask } from './ask.ts';
import { now, openRoom, type Room } from './retention-room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.close());

test('hours of uptime go after 400 days, to the minute, and the service stays', async () => {
  const hours = [-1, 1].map(
    (minutes) =>
      `('a', 'api', timestamptz '${now.toISOString()}' - interval '400 days' + interval '${minutes} minutes', ${minutes + 1})`,
  );
  await room.world.admin.script(`
    insert into monitoring.tb_service_health (tenant_id, id, name, service_type) values ('a', 'api', 'API', 'http');
    insert into monitoring.service_uptime_hour (tenant_id, service_id, hour, down_seconds) values ${hours.join(', ')}`);

  const due = (await plan(room.world.ops, now)).filter(
    ({ table_name }) => table_name === 'service_uptime_hour',
  );
  expect(due).toMatchObject([{ action: 'delete', rows: 1 }]);
  const unit = {
    tenantId: 'a',
    table: 'service_uptime_hour',
    action: 'delete',
    slot: now,
  } as const;
  for (let n = 0; n < 2; n += 1) await doUnit(room.bench, unit);

  const left = await ask(
    room.world.admin,
    'select u.down_seconds from monitoring.service_uptime_hour u join monitoring.tb_service_health s on s.id = u.service_id',
  );
  expect(left).toEqual([{ down_seconds: 2 }]);
});
