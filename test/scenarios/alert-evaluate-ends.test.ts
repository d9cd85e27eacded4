import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { at, openAlertRoom, openSeries, type AlertRoom } from './alert-room.ts';

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

test('alerts of a disabled and of a deleted rule resolve, saying so, and leave no series', async () => {
  await room.addRule({ id: 'off', auto_resolve: false });
  await room.addRule({ id: 'gone' });
  await series.turn(9);
  await room.world.admin.script(`
    update monitoring.tb_alert_rule set status = 'disabled' where id = 'off';
    update monitoring.tb_alert_rule set deleted_at = now() where id = 'gone'`);
  expect(await series.turn(9)).toMatchObject({ rules: 0, resolved: 2 });
  expect(await series.alerts('alert_rule_id as rule, status, resolution_note as note')).toEqual(
    expect.arrayContaining([
      { rule: 'gone', status: 'resolved', note: 'rule deleted' },
      { rule: 'off', status: 'resolved', note: 'rule disabled' },
    ]),
  );
  expect(await room.rows('1', 'alert_state')).toEqual([]);
  expect(await series.turn(9)).toMatchObject({ resolved: 0 });
});

test('without auto_resolve an alert stays until somebody resolves it, and a new breach makes no second one', async () => {
  await room.addRule({ auto_resolve: false });
  expect(await series.turns([9, 1, 1, 8])).toEqual([
    'firing raised',
    'inactive',
    'inactive',
    'firing',
  ]);
  expect(await series.alerts('status, current_value as value, revision')).toEqual([
    // Who would resolve what he saw at revision 0, when it was over, has to look again.
    { status: 'active', value: 8, revision: 1 },
  ]);
  expect(await room.rows('kind', 'alert_transition order by id')).toEqual([
    { kind: 'firing' },
    { kind: 'firing' },
  ]);
});

test('what somebody resolved while it fires stays quiet until it was inactive', async () => {
  await room.addRule();
  await series.turn(9);
  await room.world.admin.script(
    `update monitoring.tb_alert set status = 'resolved', resolved_at = '${at(90).toISOString()}'`,
  );
  expect(await series.turns([9, 9, 1, 9])).toEqual([
    'firing',
    'firing',
    'inactive',
    'firing raised',
  ]);
});

test('within the cool-down after a notice a new alert is suppressed, to the second', async () => {
  await room.addRule({ suppress_duration: 300 });
  await series.turn(9);
  await room.world.admin.script(
    `update monitoring.tb_alert set notified_at = '${at(61).toISOString()}'`,
  );
  await series.turns([1, undefined, undefined]);
  series.clock.minute = 5;
  await series.turn(9);
  expect(await series.alerts('status, suppressed_reason as reason')).toMatchObject([
    { status: 'resolved' },
    { status: 'suppressed', reason: 'cool-down' },
  ]);
  expect(await room.rows('kind', `alert_transition order by id desc limit 1`)).toEqual([
    { kind: 'suppressed' },
  ]);
  await series.turn(1);
  // Exactly as long ago as the cool-down is.
  await room.world.admin.script(
    `update monitoring.tb_alert set notified_at = '${at(180).toISOString()}' where notified_at is not null`,
  );
  expect(await series.turn(9)).toMatchObject({ raised: 1 });
  expect(await series.alerts('status, resolved_at is null as open')).toEqual([
    { status: 'resolved', open: false },
    { status: 'suppressed', open: false },
    { status: 'active', open: true },
  ]);
});
