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

const ids = (table: string) =>
  ask<{ id: string }>(room.world.admin, `select id from monitoring.${table} order by id`);

test('notices go after 90 days, to the minute, but none that is still to be told', async () => {
  const rows = [
    ['old', 'sent', -1],
    ['failed', 'failed', -1],
    ['waits', 'pending', -1],
    ['young', 'sent', 1],
  ] as const;
  for (const [id, state, minutes] of rows) {
    const at = `timestamptz '${now.toISOString()}' - interval '90 days' + interval '${minutes} minutes'`;
    await room.world.admin.script(`
      insert into monitoring.notice (tenant_id, id, dedup_key, kind, channel, recipient, content, state, created_at)
        values ('a', '${id}', '${id}', 'firing', 'in-app', '*', '{}', '${state}', ${at});
      insert into monitoring.in_app_notice (tenant_id, id, recipient, title, body, severity, created_at)
        values ('a', '${id}', '*', 't', 'b', 'info', ${at})`);
  }

  const due = (await plan(room.world.ops, now)).map(({ table_name, action, rows: n }) => [
    table_name,
    action,
    n,
  ]);
  expect(due).toEqual(
    expect.arrayContaining([
      ['notice', 'delete', 2],
      ['in_app_notice', 'delete', 3],
    ]),
  );
  for (const table of ['notice', 'in_app_notice'])
    await doUnit(room.bench, { tenantId: 'a', table, action: 'delete', slot: now });

  expect(await ids('notice')).toEqual([{ id: 'waits' }, { id: 'young' }]);
  expect(await ids('in_app_notice')).toEqual([{ id: 'young' }]);
});
