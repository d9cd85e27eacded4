import { expect, test } from 'vitest';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import { fire, line, rule, tick, useNotices } from './alert-notices-room.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

const tenants = ['a', 'b', 'c', 'd', 'e'];

// The same rule and alert in five tenants; what is wrong with one of them is up to the test.
const fiveTenants = async (): Promise<void> => {
  for (const tenant of tenants) {
    await rule(world, { tenant });
    await fire(world, tenant, 0, { tenant });
  }
};
const others = ['a', 'b', 'd', 'e'].map((name) => `2 firing: ${name} firing`);
const told = async (): Promise<string[]> => (await book.news()).map(line).toSorted();

test('a window of maintenance that cannot be read mutes nothing, says so, and keeps nobody from being told', async () => {
  await fiveTenants();
  await world.admin
    .script(`insert into monitoring.maintenance_window (tenant_id, id, name, cron, timezone, duration_minutes, starts_at, ends_at, created_by)
    values ('c', 'w1', 'w', 'every night', 'UTC', 60, '2026-01-01', '2027-01-01', 'ann'),
      ('c', 'w2', 'w', '0 2 * * *', 'Mars/Olympus', 60, '2026-01-01', '2027-01-01', 'ann')`);
  await tick(world, 0);

  const done = await tick(world, 2);

  expect(done.problems).toEqual([
    'window w1 of c mutes nothing: change its cron or timezone',
    'window w2 of c mutes nothing: change its cron or timezone',
  ]);
  expect(await told()).toEqual([...others, '2 firing: c firing'].toSorted());
});

test('a level that names a channel there is not is not told, and says so; all other notices are', async () => {
  await world.admin
    .script(`insert into monitoring.tb_escalation_policy (id, tenant_id, name, levels)
    values ('p', 'c', 'p', '[{"after_minutes": 0, "channels": ["pigeon"], "recipients": {"pigeon": ["x"]}}]')`);
  await fiveTenants();
  await world.admin.script(
    `update monitoring.tb_alert_rule set escalation_policy_id = 'p' where tenant_id = 'c'`,
  );

  await tick(world, 0);
  const done = await tick(world, 2);

  expect(done.problems).toHaveLength(1);
  expect(done.problems[0]).toMatch(/rule r of c escalates nothing/);
  expect(await told()).toEqual([...others, '2 firing: c firing'].toSorted());
});

test('rows of one tenant that cannot be written keep no other from being told, and are told once they can be', async () => {
  await fiveTenants();
  // No index takes a text of this length that does not repeat.
  const odd = Array.from({ length: 9000 }, (_, n) => Math.trunc(Math.sin(n) * 1e4)).join('');
  await world.admin.script(
    `update monitoring.tb_alert_rule set notification_recipients = '{"email": ["${odd}"]}' where tenant_id = 'c'`,
  );
  await tick(world, 0);

  const done = await tick(world, 2);

  expect(done).toMatchObject({ notices: 4 });
  expect(done.problems).toHaveLength(1);
  expect(done.problems[0]).toMatch(/^nobody of c is told anything: data-refused|^nobody of c/);
  expect(await told()).toEqual(others);

  await world.admin.script(
    `update monitoring.tb_alert_rule set notification_recipients = '{"email": ["ops@x"]}' where tenant_id = 'c'`,
  );
  expect(await tick(world, 3)).toMatchObject({ notices: 1, problems: [] });
  expect(await told()).toEqual(['3 firing: c firing']);
});

test('an acknowledgement that lapses beside a tenant that fails is told of once', async () => {
  await fiveTenants();
  await tick(world, 0);
  await tick(world, 2);
  await told();
  await world.admin.script(`
    update monitoring.tb_alert set status = 'acknowledged', acknowledged_at = now(),
      acknowledged_until = '2026-03-02T10:00:05Z' where tenant_id in ('a', 'e');
    create function broken() returns trigger language plpgsql as $$
      begin if new.tenant_id = 'c' then raise exception 'broken'; end if; return new; end $$;
    create trigger broken before insert on monitoring.alert_group for each row execute function broken()`);

  expect((await tick(world, 6)).problems).toEqual([
    expect.stringMatching(/^nobody of c is told anything/),
  ]);

  expect(await told()).toEqual(['6 firing: a firing', '6 firing: e firing']);
  await world.admin.script('drop function broken cascade');
});
