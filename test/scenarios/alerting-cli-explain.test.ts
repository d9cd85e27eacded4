import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluate } from '@rookery/monitoring/alerts/evaluate';
import { dispatch } from '@rookery/monitoring/notices/dispatch';
import { sourcesOf } from './alert-source-room.ts';
import { openCliRoom, type CliRoom } from './alerting-cli-room.ts';
import { ask } from './ask.ts';

const start = Date.parse('2025-03-10T12:00:00Z');
const minute = 60_000;
const at = (n: number): Date => new Date(start + n * minute);
const over = ['--from', at(0).toISOString(), '--to', at(30).toISOString(), '--tenant', 'acme'];

let room: CliRoom;
let ids: readonly string[];

// Two pools: one is full from the 5th to the 14th minute, the other never; nothing is measured after the 20th.
beforeAll(async () => {
  room = await openCliRoom();
  const rows = Array.from({ length: 20 }, (_, n) => n).flatMap((n) =>
    ['east', 'west'].map((pool, place) => ({
      id: n * 2 + place + 1,
      tenant_id: 'acme',
      time: at(n).toISOString(),
      metric_name: 'pool_size',
      tags: { pool },
      request_count: 0,
      error_count: 0,
      value_count: 1,
      value_sum: pool === 'east' && n >= 5 && n < 15 ? 80 + n : 10,
    })),
  );
  await room.put('monitoring.tb_performance_metric', rows);
  await room.world.admin.script(`insert into monitoring.tb_alert_rule
    (id, tenant_id, name, metric_name, comparison_operator, threshold, duration_minutes, created_by, notification_channels, status, lookback_seconds)
    values ('pools', 'acme', 'A pool is full', 'pool_size', 'gt', 70, 2, 'ann', '{in-app}', 'enabled', 60),
      ('quiet', 'acme', 'Nobody hears it', 'pool_size', 'gt', 70, 0, 'ann', '{}', 'enabled', 60)`);
  const sources = sourcesOf(room.world);
  for (let n = 0; n < 12; n += 1) {
    await evaluate(room.world.ops, { at: at(n), now: at(n), sources });
    await dispatch(room.world.ops, at(n));
  }
  const alerts = await ask<{ id: string }>(
    room.world.ops,
    `select id from monitoring.tb_alert where tenant_id = 'acme' order by alert_rule_id`,
  );
  ids = alerts.map(({ id }) => id);
}, 180_000);
afterAll(() => room.close());

test('an alert is explained: what fired, since when, what it went through, who was told, what to do', async () => {
  const ran = await room.rookery('explain-alert', ids[0] ?? '', '--tenant', 'acme');
  expect(ran.code).toBe(0);
  for (const line of [
    /rule +A pool is full \(pools, enabled\)/,
    /labels +.*pool=east/,
    /value +8\d of 1 sample/,
    /fires when +> 70 for 2 min/,
    /fired +2025-03-10 12:0\d:00 UTC, open for \d+ d/,
    /breaching since 2025-03-10 12:0\d:00 UTC, 2 min before it fired/,
    /2025-03-10 12:0\d:00 {2}pending/,
    /2025-03-10 12:0\d:00 {2}firing/,
    /firing by in-app to \*: /,
    /What to do next\n {2}Acknowledge it/,
  ])
    expect(ran.out).toMatch(line);
  expect(ran.out.split('\n').every((line) => line.length <= 100)).toBe(true);

  const json = await room.call('explain-alert', ids[0] ?? '', '--tenant', 'acme', '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    rule_id: 'pools',
    series_state: 'firing',
    notices: [{ channel: 'in-app' }],
  });
}, 180_000);

test('an alert of which nobody is told says why', async () => {
  const ran = await room.call('explain-alert', ids[1] ?? '', '--tenant', 'acme');
  expect(ran.out).toMatch(/Nobody was told[^]*Why it is silent now\n {2}its rule names no channel/);
});

test('an alert that is not there, or is of another tenant, is missing; the newest of the tenant are named', async () => {
  const ran = await room.call('explain-alert', 'alr_nobody', '--tenant', 'acme');
  expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(ids[0] ?? '?')]);
  const foreign = await room.call('explain-alert', ids[0] ?? '', '--tenant', 'globex', '--json');
  expect([foreign.code, JSON.parse(foreign.out)]).toMatchObject([
    2,
    {
      error: {
        code: 'alert-missing',
        message: expect.stringContaining('globex has had no alerts'),
      },
    },
  ]);
});

test('a rule is replayed: when it would have fired, on what, for how long, its peak, and what history there is', async () => {
  const before = await ask(room.world.ops, 'select * from monitoring.tb_alert order by id');
  const ran = await room.call('rule', 'backtest', 'pools', ...over);
  expect([ran.code, ran.err]).toEqual([0, '']);
  expect(ran.out).toContain('Would have fired once, on 1 series.');
  expect(ran.out).toMatch(
    /2\d of 30 evaluations had a value, from 2025-03-10 12:0\d to 2025-03-10 12:2\d/,
  );
  expect(ran.out).toMatch(/pool=east +2025-03-10 12:0\d +\d min +94/);
  expect(await ask(room.world.ops, 'select * from monitoring.tb_alert order by id')).toEqual(
    before,
  );
});

test('a draft is replayed without being stored; where nothing was measured it says that this says nothing', async () => {
  const draft = await room.file(
    'draft.yaml',
    'name: Draft\nmetric_name: pool_size\ncomparison_operator: gt\nthreshold: 5\nduration_minutes: 0\nlookback_seconds: 60\n',
  );
  const ran = await room.call('rule', 'backtest', '--file', draft, ...over, '--json');
  expect([ran.code, JSON.parse(ran.out)]).toMatchObject([
    0,
    { rule_id: 'draft', fired: 2, history: { slots: 30 } },
  ]);
  const empty = await room.call(
    'rule',
    'backtest',
    '--file',
    draft,
    '--tenant',
    'acme',
    '--from',
    '2025-03-01',
    '--days',
    '1',
  );
  expect([empty.code, empty.err]).toEqual([2, expect.stringContaining('span-twice')]);
  const none = await room.call(
    'rule',
    'backtest',
    '--file',
    draft,
    '--tenant',
    'acme',
    '--from',
    '2025-03-01',
    '--to',
    '2025-03-02',
  );
  expect(none.out).toMatch(/no value of pool_size in this time[^]*says nothing/);
  const list = await room.call('rule', 'list', '--tenant', 'acme');
  expect(list.out).toMatch(/pools +pool_size > 70 for 2 min +warning +enabled/);
  expect(list.out).not.toContain('Draft');
});

test('a tenant that nothing knows is missing, and those there are are named', async () => {
  for (const words of [
    ['explain-alert', ids[0] ?? ''],
    ['rule', 'list'],
    ['rule', 'backtest', 'pools'],
    ['rules', 'diff', await room.file('rules.yaml', 'name: mine\n')],
  ]) {
    const ran = await room.call(...words, '--tenant', 'acne');
    expect([ran.code, ran.err]).toEqual([
      2,
      'tenant-unknown: there is no tenant acne: there are acme, globex',
    ]);
    expect((await room.call(...words, '--tenant', 'platform')).err).not.toContain(
      'there is no tenant',
    );
  }
});

test('a rule, or a metric, that nobody knows is refused and says what to do', async () => {
  const missing = await room.call('rule', 'backtest', 'nobody', ...over);
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('see rule list')]);
  const draft = await room.file(
    'wrong.yaml',
    'name: Draft\nmetric_name: mailbox.bounce_rat\ncomparison_operator: gt\nthreshold: 5\n',
  );
  const wrong = await room.call('rule', 'backtest', '--file', draft, ...over);
  expect([wrong.code, wrong.err]).toEqual([
    2,
    expect.stringContaining('did you mean mailbox.bounce_rate?'),
  ]);
});
