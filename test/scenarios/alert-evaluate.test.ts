import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sample, Want } from '@rookery/monitoring/alerts/sample';
import {
  at,
  openAlertRoom,
  sample,
  toldSource,
  type AlertRoom,
  type RuleGiven,
} from './alert-room.ts';

let room: AlertRoom;
beforeAll(async () => {
  room = await openAlertRoom();
});
afterAll(() => room.close());

let told: (want: Want) => readonly Omit<Sample, 'want'>[] = () => [];
let minute = 0;
const source = toldSource((want) => told(want));
beforeEach(async () => {
  minute = 0;
  await room.world.admin.script(
    'truncate monitoring.tb_alert, monitoring.alert_transition, monitoring.alert_state, monitoring.alert_evaluation, monitoring.tb_alert_rule cascade',
  );
});

// The next slot, at which the series has this value; undefined is none.
const turn = async (
  value?: number,
  given: { samples?: number; labels?: Record<string, string> } = {},
) => {
  minute += 1;
  told = ({ slot }) => (value === undefined ? [] : [sample(value, { at: slot, ...given })]);
  return room.evaluate({ at: at(60 * minute), sources: [source] });
};
const turns = async (values: readonly (number | undefined)[]) => {
  const done: string[] = [];
  for (const value of values) {
    const { raised, resolved } = await turn(value);
    const [state] = await room.rows<{ state: string }>('state', 'alert_state');
    done.push(
      `${state?.state ?? 'inactive'}${raised > 0 ? ' raised' : ''}${resolved > 0 ? ' resolved' : ''}`,
    );
  }
  return done;
};
const alerts = (columns = 'status, resolution_note as note') =>
  room.rows(columns, 'tb_alert order by triggered_at, status');
const change = (given: RuleGiven) =>
  room.world.admin.script(
    `update monitoring.tb_alert_rule set ${Object.entries(given)
      .map(([name, value]) => `${name} = ${typeof value === 'string' ? `'${value}'` : value}`)
      .join(', ')}, revision = revision + 1`,
  );

test('a firing series goes on breaching until it is back past the recovery threshold', async () => {
  await room.addRule({ recovery_threshold: 3 });
  expect(await turns([4, 6, 4, 3.1, 3, 4, 5, 5.1])).toEqual([
    'inactive',
    'firing raised',
    'firing',
    'firing',
    'inactive resolved',
    'inactive',
    'inactive',
    'firing raised',
  ]);
});

test('a value of too few samples is none, at one sample less than wanted', async () => {
  await room.addRule({ min_samples: 50 });
  expect(await turn(9, { samples: 49 })).toMatchObject({ raised: 0, series: 0 });
  expect(await turn(9, { samples: 50 })).toMatchObject({ raised: 1, series: 1 });
});

test('without a value the policy decides: ok resolves, keep stays, alerting breaches what was known', async () => {
  await room.addRule({ no_data_state: 'ok' });
  expect(await turns([9, undefined])).toEqual(['firing raised', 'inactive resolved']);
  await change({ no_data_state: 'keep', duration_minutes: 2 });
  expect(await turns([9, undefined, undefined, 9, undefined, 1])).toEqual([
    'pending',
    'pending',
    'pending',
    'firing raised',
    'firing',
    'inactive resolved',
  ]);
  await change({ no_data_state: 'alerting', duration_minutes: 1 });
  expect(await turns([9, undefined, undefined, 1, undefined])).toEqual([
    'pending',
    'firing raised',
    'firing',
    'inactive resolved',
    'pending',
  ]);
});

test('with the policy alerting a rule without any series fires as one without labels, until there is one', async () => {
  await room.addRule({ no_data_state: 'alerting' });
  expect(await turns([undefined, undefined])).toEqual(['firing raised', 'firing']);
  expect(await alerts('labels, current_value::text as value, message')).toEqual([
    { labels: {}, value: 'NaN', message: 'load has no value' },
  ]);
  expect(await turn(1)).toMatchObject({ resolved: 1, raised: 0 });
});

test('contains counts texts: at least one, whatever the threshold, and none without data', async () => {
  await room.addRule({
    comparison_operator: 'contains',
    threshold: 0,
    scope: '{"pattern": "timeout"}',
  });
  const wants: Want[] = [];
  told = () => [];
  const listening = toldSource((want) => (wants.push(want), [sample(0, { at: want.slot })]));
  await room.evaluate({ at: at(60), sources: [listening] });
  expect(wants).toMatchObject([{ search: { pattern: 'timeout', counts: 'with' } }]);
  minute = 1;
  expect(await turns([undefined, 0, 1])).toEqual(['inactive', 'inactive', 'firing raised']);
});

test('a breach that nobody looked at for long begins anew, one that fires goes on', async () => {
  await room.addRule({ duration_minutes: 4, lookback_seconds: 60 });
  await turn(9);
  minute += 3;
  expect(await turns([9])).toEqual(['pending']);
  minute += 1;
  expect(await turns([9, 9, 9])).toEqual(['pending', 'pending', 'firing raised']);
  minute += 30;
  expect(await turns([9])).toEqual(['firing']);
});

test('a changed rule begins its pending series anew and ends alerts of series that it is no longer for', async () => {
  await room.addRule({ duration_minutes: 2 });
  await turns([9, 9]);
  await change({ severity: 'critical' });
  expect(await turns([9, 9, 9])).toEqual(['pending', 'pending', 'firing raised']);

  await change({ scope: '{"matchers": [{"label": "host", "op": "=~", "value": "b.*"}]}' });
  expect(await turns([9])).toEqual(['inactive resolved']);
  expect(await alerts()).toEqual([
    { status: 'resolved', note: 'rule changed: the series is out of its scope' },
  ]);
});

test('a tested rule raises shadows, which end when its test does', async () => {
  await room.addRule({ status: 'testing' });
  await turn(9);
  expect(await alerts('status, metadata')).toEqual([
    { status: 'active', metadata: { shadow: true } },
  ]);

  await change({ status: 'enabled' });
  expect(await turn(9)).toMatchObject({ raised: 1, resolved: 1 });
  expect(await alerts('status, metadata')).toEqual([
    { status: 'resolved', metadata: { shadow: true } },
    { status: 'active', metadata: {} },
  ]);
});

test('alerts of a disabled and of a deleted rule resolve, saying so, and leave no series', async () => {
  await room.addRule({ id: 'off', auto_resolve: false });
  await room.addRule({ id: 'gone' });
  await turn(9);
  await room.world.admin.script(`
    update monitoring.tb_alert_rule set status = 'disabled' where id = 'off';
    update monitoring.tb_alert_rule set deleted_at = now() where id = 'gone'`);
  expect(await turn(9)).toMatchObject({ rules: 0, resolved: 2 });
  expect(await alerts('alert_rule_id as rule, status, resolution_note as note')).toEqual(
    expect.arrayContaining([
      { rule: 'gone', status: 'resolved', note: 'rule deleted' },
      { rule: 'off', status: 'resolved', note: 'rule disabled' },
    ]),
  );
  expect(await room.rows('1', 'alert_state')).toEqual([]);
  expect(await turn(9)).toMatchObject({ resolved: 0 });
});

test('without auto_resolve an alert stays until somebody resolves it, and a new breach makes no second one', async () => {
  await room.addRule({ auto_resolve: false });
  expect(await turns([9, 1, 1, 8])).toEqual(['firing raised', 'inactive', 'inactive', 'firing']);
  expect(await alerts('status, current_value as value')).toEqual([{ status: 'active', value: 8 }]);
});

test('what somebody resolved while it fires stays quiet until it was inactive', async () => {
  await room.addRule();
  await turn(9);
  await room.world.admin.script(
    `update monitoring.tb_alert set status = 'resolved', resolved_at = '${at(90).toISOString()}'`,
  );
  expect(await turns([9, 9, 1, 9])).toEqual(['firing', 'firing', 'inactive', 'firing raised']);
});

test('within the cool-down after a notice a new alert is suppressed, to the second', async () => {
  await room.addRule({ suppress_duration: 300 });
  await turn(9);
  await room.world.admin.script(
    `update monitoring.tb_alert set notified_at = '${at(61).toISOString()}'`,
  );
  await turns([1, undefined, undefined]);
  minute = 5;
  await turn(9);
  expect(await alerts('status, suppressed_reason as reason')).toMatchObject([
    { status: 'resolved' },
    { status: 'suppressed', reason: 'cool-down' },
  ]);
  expect(await room.rows('kind', `alert_transition order by id desc limit 1`)).toEqual([
    { kind: 'suppressed' },
  ]);
  await turn(1);
  expect(await turn(9)).toMatchObject({ raised: 1 });
  expect(await alerts('status, resolved_at is null as open')).toEqual([
    { status: 'resolved', open: false },
    { status: 'suppressed', open: false },
    { status: 'active', open: true },
  ]);
});
