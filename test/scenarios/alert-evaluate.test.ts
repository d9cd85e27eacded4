import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Want } from '@rookery/monitoring/alerts/sample';
import { at, openAlertRoom, openSeries, sample, toldSource, type AlertRoom } from './alert-room.ts';

let room: AlertRoom;
let series: ReturnType<typeof openSeries>;
beforeAll(async () => {
  room = await openAlertRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  await room.empty();
  series = openSeries(room);
});

test('a firing series goes on breaching until it is back past the recovery threshold', async () => {
  await room.addRule({ recovery_threshold: 3 });
  expect(await series.turns([4, 6, 4, 3.1, 3, 4, 5, 5.1])).toEqual([
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
  expect(await series.turn(9, 49)).toMatchObject({ raised: 0, series: 0 });
  expect(await series.turn(9, 50)).toMatchObject({ raised: 1, series: 1 });
});

test('without a value the policy decides: ok resolves, keep stays, alerting breaches what was known', async () => {
  await room.addRule({ no_data_state: 'ok' });
  expect(await series.turns([9, undefined])).toEqual(['firing raised', 'inactive resolved']);
  await series.change({ no_data_state: 'keep', duration_minutes: 2 });
  expect(await series.turns([9, undefined, undefined, 9, undefined, 1])).toEqual([
    'pending',
    'pending',
    'pending',
    'firing raised',
    'firing',
    'inactive resolved',
  ]);
  await series.change({ no_data_state: 'alerting', duration_minutes: 1 });
  expect(await series.turns([9, undefined, undefined, 1, undefined])).toEqual([
    'pending',
    'firing raised',
    'firing',
    'inactive resolved',
    'pending',
  ]);
});

test('with the policy alerting a rule without any series fires as one without labels, until there is one', async () => {
  await room.addRule({ no_data_state: 'alerting' });
  expect(await series.turns([undefined, undefined])).toEqual(['firing raised', 'firing']);
  expect(await series.alerts('labels, current_value::text as value, message')).toEqual([
    { labels: {}, value: 'NaN', message: 'load has no value' },
  ]);
  expect(await series.turn(1)).toMatchObject({ resolved: 1, raised: 0 });
});

test('contains counts texts: at least one, whatever the threshold, and none without data', async () => {
  await room.addRule({
    comparison_operator: 'contains',
    threshold: 0,
    scope: '{"pattern": "timeout"}',
  });
  const wants: Want[] = [];
  const listening = toldSource((want) => (wants.push(want), [sample(0, { at: want.slot })]));
  await room.evaluate({ at: at(60), sources: [listening] });
  expect(wants).toMatchObject([{ search: { pattern: 'timeout', counts: 'with' } }]);
  series.clock.minute = 1;
  expect(await series.turns([undefined, 0, 1])).toEqual(['inactive', 'inactive', 'firing raised']);
});

test('a breach that nobody looked at for long begins anew, one that fires goes on', async () => {
  await room.addRule({ duration_minutes: 4, lookback_seconds: 60 });
  await series.turn(9);
  series.clock.minute += 3;
  expect(await series.turns([9])).toEqual(['pending']);
  series.clock.minute += 1;
  expect(await series.turns([9, 9, 9])).toEqual(['pending', 'pending', 'firing raised']);
  series.clock.minute += 30;
  expect(await series.turns([9])).toEqual(['firing']);
});

test('a changed rule begins its pending series anew and ends alerts of series that it is no longer for', async () => {
  await room.addRule({ duration_minutes: 2 });
  await series.turns([9, 9]);
  await series.change({ severity: 'critical' });
  expect(await series.turns([9, 9, 9])).toEqual(['pending', 'pending', 'firing raised']);

  await series.change({ scope: '{"matchers": [{"label": "host", "op": "=~", "value": "b.*"}]}' });
  expect(await series.turns([9])).toEqual(['inactive resolved']);
  expect(await series.alerts()).toEqual([
    { status: 'resolved', note: 'rule changed: the series is out of its scope' },
  ]);
});

test('a tested rule raises shadows, which end when its test does', async () => {
  await room.addRule({ status: 'testing' });
  await series.turn(9);
  expect(await series.alerts('status, metadata')).toEqual([
    { status: 'active', metadata: { shadow: true } },
  ]);

  await series.change({ status: 'enabled' });
  expect(await series.turn(9)).toMatchObject({ raised: 1, resolved: 1 });
  expect(await series.alerts('status, metadata')).toEqual([
    { status: 'resolved', metadata: { shadow: true } },
    { status: 'active', metadata: {} },
  ]);
});
