import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ruleKind, wholeRule } from '@rookery/monitoring/alerts/rule-change';
import { createSetting, deleteSetting } from '@rookery/monitoring/settings/setting-change';
import { openAlertRoom, openSeries, start, type AlertRoom } from './alert-room.ts';

let room: AlertRoom;
beforeAll(async () => {
  room = await openAlertRoom();
  await room.world.admin.script(
    `select monitoring.ensure_partitions('2026-03-01Z', '2026-04-01Z')`,
  );
});
afterAll(() => room.close());
beforeEach(() => room.empty());

const scope = { tenantId: 'acme', role: 'operator' };
const editor = () => ({
  subject: 'ann',
  role: 'operator',
  sourceIp: '127.0.0.1',
  userAgent: 'test',
  requestId: randomUUID(),
  eventId: randomUUID(),
  now: start,
});
const fields = wholeRule({
  name: 'Load, again',
  metric_name: 'queue.depth',
  comparison_operator: 'gt',
  threshold: 7,
  duration_minutes: 0,
  suppress_duration: 0,
});
const remove = (revision: number) =>
  room.world.api.transaction(
    (tx) => deleteSetting(tx, ruleKind, { tenantId: 'acme', id: 'r1', revision, editor: editor() }),
    scope,
  );
const make = () =>
  room.world.api.transaction(
    (tx) => createSetting(tx, ruleKind, { tenantId: 'acme', id: 'r1', fields, editor: editor() }),
    scope,
  );

test('a rule that is made again has its old alerts as history, and judges by its new fields from its next slot on', async () => {
  await room.addRule({ metric_name: 'queue.depth' });
  const { turns, alerts } = openSeries(room);
  expect(await turns([9])).toEqual(['firing raised']);
  await remove(0);
  expect(await turns([9])).toEqual(['inactive resolved']);

  expect(await make()).toMatchObject({ name: 'Load, again', created_by: 'ann', revision: 2 });

  expect(await turns([6, 8])).toEqual(['inactive', 'firing raised']);
  expect(await alerts()).toEqual([
    { status: 'resolved', note: 'rule deleted' },
    { status: 'active', note: null },
  ]);
});

test('removed and made again between two slots, its alert goes on', async () => {
  await room.addRule({ metric_name: 'queue.depth' });
  const { turns, alerts } = openSeries(room);
  await turns([9]);
  await remove(0);
  await make();

  expect(await turns([9])).toEqual(['firing']);
  expect(await alerts()).toEqual([{ status: 'active', note: null }]);
});

test('two who make it again beside each other: one does, the other is refused', async () => {
  await room.addRule({ metric_name: 'queue.depth' });
  await remove(0);
  const both = await Promise.allSettled([make(), make()]);

  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await room.rows('revision, deleted_at', 'tb_alert_rule')).toEqual([
    { revision: 2, deleted_at: null },
  ]);
});
