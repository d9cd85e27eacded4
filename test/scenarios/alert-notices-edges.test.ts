import { expect, test } from 'vitest';
import { keptTransitions } from '@rookery/monitoring/alerts/transition.sql';
import type { NoticeBook } from '../world/notices.ts';
import type { World } from '../world/world.ts';
import {
  acknowledge,
  end,
  fire,
  line,
  rule,
  standing,
  tick,
  transitions,
  useNotices,
} from './alert-notices-room.ts';
import { ask, askOne } from './ask.ts';

let world: World;
let book: NoticeBook;
useNotices((opened) => {
  ({ world, book } = opened);
});

const told = async (): Promise<string[]> => (await book.news()).map(line).toSorted();

test('what was suppressed before there were reasons, or by hand, is told: its cool-down is over', async () => {
  await rule(world, { groupBy: ['name'], wait: 0 });
  for (const name of ['a', 'b', 'c']) await fire(world, name, 0);
  await world.admin.script(`update monitoring.tb_alert set status = 'suppressed';
    update monitoring.tb_alert set suppressed_until = '2026-03-02T10:00:05Z' where labels ->> 'name' = 'b';
    update monitoring.tb_alert set suppressed_reason = 'cool-down' where labels ->> 'name' = 'c'`);

  for (const at of [0, 4.999, 5]) await tick(world, at);

  expect(await told()).toEqual(['0 firing: a firing', '0 firing: c firing', '5 firing: b firing']);
  expect((await standing(world)).map(({ status }) => status)).toEqual([
    'active',
    'active',
    'active',
  ]);
});

// A second alert of a rule that tells once an hour, so long after the first was told.
const second = async (at: number): Promise<string[]> => {
  await rule(world, { mostPerHour: 1, groupBy: ['name'], wait: 0, repeat: 90_000 });
  await fire(world, 'a', 0);
  await tick(world, 0);
  expect(await told()).toEqual(['0 firing: a firing']);
  await fire(world, 'b', at);
  await tick(world, at);
  return told();
};

test.each([
  ['a millisecond before the hour is over it is held back', 3599.999, []],
  ['at the hour it is told', 3600, ['3600 firing: b firing']],
  ['a millisecond after it is told', 3600.001, ['3600.001 firing: b firing']],
])('the hour of a rate: %s', async (_, at, expected) => {
  expect(await second(at)).toEqual(expected);
});

test('a digest counts for the hour: what fires within it is told by the next, an hour after the digest', async () => {
  expect(await second(1800)).toEqual([]);
  await tick(world, 3600);
  expect(await told()).toEqual(['3600 digest: b firing']);
  await fire(world, 'c', 3700);
  for (const at of [3700, 7199.999]) await tick(world, at);
  expect(await told()).toEqual([]);
  await tick(world, 7200);
  expect(await told()).toEqual(['7200 digest: c firing']);
});

test('a digest tells of what ended and of nothing that fires, once', async () => {
  expect(await second(1800)).toEqual([]);
  await end(world, 'b', 2000);
  for (const at of [3599, 3600, 3601, 9000]) await tick(world, at);
  const [digest, ...rest] = await book.news();
  expect(rest).toEqual([]);
  expect(digest?.alerts).toEqual([]);
  expect(digest?.note).toMatch(/^1 alert was held back, .* Still firing: 0$/);
});

test('one who takes a held alert on takes it out of the digest; when that lapses it is told', async () => {
  expect(await second(1800)).toEqual([]);
  await acknowledge(world, 'b', 1900, 8000);
  await tick(world, 3600);
  expect(await told()).toEqual([]);
  await tick(world, 8000);
  expect(await told()).toEqual(['8000 firing: b firing']);
});

test('of a large group each alert is told by the one notice to its pager that it is in, not by all of them', async () => {
  await rule(world, {
    channels: ['pagerduty', 'email'],
    recipients: { pagerduty: ['p'], email: ['ops@x'] },
    wait: 0,
  });
  for (let n = 0; n < 45; n += 1) await fire(world, `a${n}`, 0);
  await tick(world, 0);

  expect(await book.news()).toHaveLength(4);
  const counts = await ask(
    world.admin,
    `select channel, array_agg(cardinality(alert_ids) order by cardinality(alert_ids)) as alerts from monitoring.notice
    group by 1 order by channel::text`,
  );
  expect(counts).toEqual([
    { channel: 'email', alerts: [45] },
    { channel: 'pagerduty', alerts: [5, 20, 20] },
  ]);
  const told =
    'select distinct jsonb_array_length(notifications_sent) as told from monitoring.tb_alert';
  expect(await ask(world.admin, told)).toEqual([{ told: 2 }]);
});

const grown = () =>
  askOne<{ transitions: number; escalations: number; lapses: number }>(
    world.admin,
    `select (select count(*) from monitoring.alert_transition) as transitions,
      (select count(*) from monitoring.alert_escalation) as escalations, lapses from monitoring.tb_alert`,
  );

test('an alert that is acknowledged, lapses and is escalated each minute for a year keeps a handful of rows', async () => {
  await world.admin
    .script(`insert into monitoring.tb_escalation_policy (id, tenant_id, name, levels) values
    ('p', 't', 'p', '[{"after_minutes": 0, "channels": ["sms"], "recipients": {"sms": ["+1"]}}]')`);
  await rule(world, { policy: 'p', channels: [] });
  await fire(world, 'a', 0);
  // A year went by, as it was before rows were trimmed.
  await world.admin.script(`
    update monitoring.tb_alert set lapses = 499999;
    insert into monitoring.alert_transition (tenant_id, alert_id, at, kind)
      values ('t', 'a@0', '2025-03-02Z', 'pending'), ('t', 'a@0', '2025-03-02Z', 'firing');
    insert into monitoring.alert_transition (tenant_id, alert_id, at, kind)
      select 't', 'a@0', '2025-03-02Z'::timestamptz + n * interval '15 seconds',
        (array['acknowledged', 'lapsed', 'escalated', 'notified'])[n % 4 + 1] from generate_series(0, 19999) n`);
  await acknowledge(world, 'a', 0, 60);
  await tick(world, 60);
  expect(await grown()).toEqual({
    transitions: keptTransitions + 3,
    escalations: 1,
    lapses: 500_000,
  });
  expect((await transitions(world, 'a@0')).slice(0, 2)).toEqual(['pending', 'firing']);

  for (let minute = 2; minute < 20; minute += 1) {
    await acknowledge(world, 'a', minute * 60 - 30, minute * 60);
    await tick(world, minute * 60);
  }
  expect(await grown()).toMatchObject({ escalations: 1, lapses: 500_018 });
  expect(await book.news()).toHaveLength(19);
  expect((await ask(world.admin, 'select from monitoring.alert_transition')).length).toBeLessThan(
    keptTransitions + 100,
  );
});
