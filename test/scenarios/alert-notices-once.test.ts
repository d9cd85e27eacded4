import { expect, test } from 'vitest';
import { openDb } from '@rookery/db/pool';
import { dispatch } from '@rookery/monitoring/notices/dispatch';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';
import {
  end,
  fire,
  line,
  rule,
  run,
  second,
  tick,
  transitions,
  useNotices,
} from './alert-notices-room.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

const told = async (): Promise<string[]> => (await book.news()).map(line);

test('beside itself: of eight dispatchers at each second one tells, and nothing twice', async () => {
  const pools = Array.from({ length: 8 }, () =>
    openDb({ url: world.url('rookery_ops'), proxyPort: world.proxyPort, max: 1 }),
  );
  await world.admin
    .script(`insert into monitoring.tb_escalation_policy (id, tenant_id, name, levels)
    values ('p', 't', 'p', '[{"after_minutes": 0, "channels": ["sms"], "recipients": {"sms": ["+1"]}}]')`);
  await rule(world, { policy: 'p', escalationDelay: 0 });
  await fire(world, 'a', 0);
  for (let at = 0; at <= 10; at += 1) {
    if (at === 3) await end(world, 'a', 3);
    await Promise.all(pools.map((pool) => dispatch(pool, second(at))));
  }
  await Promise.all(pools.map((pool) => pool.close()));

  expect(await told()).toEqual([
    '0 escalation: a firing',
    '2 firing: a firing',
    // Whom the level told, and then whom the group did.
    '3 resolved: a resolved',
    '6 resolved: a resolved',
  ]);
  expect(await transitions(world, 'a@0')).toEqual([
    'escalated',
    'notified',
    'notified',
    'notified',
    'notified',
  ]);
});

// What a dispatcher does that reads what is not told yet and writes it, without a turn and without a memory of its own.
const naive = async (now: Date, both: () => Promise<void>): Promise<void> => {
  const untold = await ask<{ id: string }>(
    world.ops,
    'select id from monitoring.tb_alert where notified_at is null',
  );
  await both();
  for (const { id } of untold)
    await world.ops
      .script(`insert into monitoring.notice (tenant_id, id, dedup_key, kind, channel, recipient, content)
      values ('t', gen_random_uuid()::text, gen_random_uuid()::text, 'firing', 'email', 'ops@x',
        '{"alerts": [{"id": "${id}", "state": "firing"}]}');
    update monitoring.tb_alert set notified_at = '${now.toISOString()}' where id = '${id}'`);
};

test('control: two dispatchers that read first and write after tell twice', async () => {
  await rule(world);
  await fire(world, 'a', 0);
  let arrived = 0;
  const gate = Promise.withResolvers<void>();
  const both = (): Promise<void> => {
    arrived += 1;
    if (arrived === 2) gate.resolve();
    return gate.promise;
  };
  await Promise.all([naive(second(2), both), naive(second(2), both)]);
  expect(await book.news()).toHaveLength(2);
});

test('twice: a dispatch of the same moment again tells nothing', async () => {
  await rule(world);
  await fire(world, 'a', 0);
  await tick(world, 0);
  await tick(world, 2);
  expect(await tick(world, 2)).toMatchObject({ notices: 0 });
  expect(await tick(world, 1)).toMatchObject({ notices: 0 });
  expect(await told()).toEqual(['2 firing: a firing']);
});

test('late: after an hour without a dispatch everything is told once, and looks go on from then', async () => {
  await rule(world);
  await fire(world, 'a', 0);
  await run(world, 0, 2);
  await end(world, 'a', 30);
  await fire(world, 'b', 40);
  await tick(world, 3600);
  await run(world, 3600.1, 3605);
  expect(await told()).toEqual(['2 firing: a firing', '3600 firing: b firing, a resolved']);
});

test('dropped and late ones change when something is told, not what', async () => {
  await rule(world);
  await fire(world, 'a', 0);
  for (const at of [0, 5, 4, 11, 9]) await tick(world, at);
  await end(world, 'a', 12);
  for (const at of [17, 13, 21]) await tick(world, at);
  expect(await told()).toEqual(['5 firing: a firing', '17 resolved: a resolved']);
});

test('cut anywhere: what fails leaves nothing half, and the next dispatch tells all of it', async () => {
  await rule(world);
  await fire(world, 'a', 0);
  await tick(world, 0);
  const parts = ['notice', 'alert_group', 'alert_transition'];
  for (const part of parts) {
    await world.admin.script(`create function pg_temp_cut() returns trigger language plpgsql as $$
      begin raise exception 'cut'; end $$;
      create trigger cut before insert on monitoring.${part} for each row execute function pg_temp_cut()`);
    expect((await tick(world, 2)).problems).toEqual([expect.stringMatching(/: cut/)]);
    await world.admin.script(`drop function pg_temp_cut cascade`);
    expect(await ask(world.admin, 'select 1 from monitoring.alert_transition')).toEqual([]);
  }
  await tick(world, 3);
  expect(await told()).toEqual(['3 firing: a firing']);
  const [alert] = await ask<{ sent: unknown[]; at: string; grouped: boolean }>(
    world.admin,
    `select notifications_sent as sent, to_char(notified_at at time zone 'UTC', 'HH24:MI:SS') as at,
      group_id = (select id from monitoring.alert_group) as grouped from monitoring.tb_alert`,
  );
  expect(alert).toMatchObject({
    at: '10:00:03',
    grouped: true,
    sent: [
      {
        channel: 'email',
        recipient: 'ops@x',
        notice_id: expect.stringMatching(/^ntc_[0-9a-f]{32}$/),
      },
    ],
  });
});
