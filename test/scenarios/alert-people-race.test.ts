import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dispatch } from '@rookery/monitoring/notices/dispatch';
import { at, openAlertRoom, sample, toldSource, type AlertRoom } from './alert-room.ts';
import { patch } from './alert-people-room.ts';

let room: AlertRoom;
beforeAll(async () => {
  room = await openAlertRoom();
  await room.world.admin.script(
    `select monitoring.ensure_partitions('2026-03-01Z', '2026-04-01Z')`,
  );
});
afterAll(() => room.close());
beforeEach(async () => {
  await room.empty();
  await room.world.admin.script('truncate monitoring.notice, monitoring.alert_group');
});

const values = (value: number) => toldSource(({ slot }) => [sample(value, { at: slot })]);
const turn = (seconds: number, value: number) =>
  room.evaluate({ at: at(seconds), sources: [values(value)] });
type Row = { readonly id: string; readonly status: string; readonly revision: number };
const alerts = () => room.rows<Row>('id, status, revision', 'tb_alert order by triggered_at');
const went = async (id: string): Promise<string[]> =>
  (
    await room.rows<{ kind: string }>(
      'kind',
      `alert_transition where alert_id = '${id}' order by id`,
    )
  ).map(({ kind }) => kind);

const escalating = async (): Promise<string> => {
  await room.world.admin.script(`delete from monitoring.tb_escalation_policy;
    insert into monitoring.tb_escalation_policy (id, tenant_id, name, levels) values ('p', 'acme', 'p',
      '[{"after_minutes": 0, "channels": ["in-app"], "recipients": {}}]')`);
  await room.addRule({ escalation_policy_id: 'p' });
  await turn(60, 9);
  return (await alerts())[0]!.id;
};

test('whoever acknowledges an alert before it is escalated is not escalated to, though his commit comes later', async () => {
  const id = await escalating();
  let done: Promise<unknown> = Promise.resolve();
  await patch(room.world, id, {
    wish: { revision: 0, status: 'acknowledged' },
    now: at(61),
    meanwhile: async () => {
      done = dispatch(room.world.ops, at(62));
      // It has read that the alert is active, and waits for who holds it.
      await sleep(300);
    },
  });
  await done;

  expect(await went(id)).toEqual(['firing', 'acknowledged']);
  expect(await room.rows('kind', 'notice')).toEqual([]);
});

test('beside each other: an alert is escalated before it is acknowledged, or not at all', async () => {
  const seen = new Set<string>();
  for (let round = 0; round < 25; round += 1) {
    await room.empty();
    const id = await escalating();
    await Promise.all([
      sleep(round % 5).then(() => dispatch(room.world.ops, at(62))),
      sleep((round * 3) % 12).then(() =>
        patch(room.world, id, { wish: { revision: 0, status: 'acknowledged' }, now: at(61) }),
      ),
    ]);
    const kinds = (await went(id)).filter((kind) => kind !== 'notified').join(' ');
    expect(['firing escalated acknowledged', 'firing acknowledged']).toContain(kinds);
    seen.add(kinds);
  }
  expect(seen.size).toBeGreaterThan(0);
});

const waiting = async (): Promise<Row> => {
  await room.addRule({ auto_resolve: false });
  await turn(60, 9);
  await turn(120, 1);
  return (await alerts())[0]!;
};
const resolved = { status: 'resolved', note: 'mended' } as const;

test('what breaches again in the moment somebody resolves it is another alert', async () => {
  const { id } = await waiting();
  let done: Promise<unknown> = Promise.resolve();
  await patch(room.world, id, {
    wish: { revision: 0, ...resolved },
    now: at(170),
    meanwhile: async () => {
      done = turn(180, 9);
      await sleep(300);
    },
  });
  await done;

  expect(await alerts()).toMatchObject([{ id, status: 'resolved' }, { status: 'active' }]);
});

test('beside each other: one who resolves what breaches again is told to look again, or another alert is raised', async () => {
  for (let round = 0; round < 25; round += 1) {
    await room.empty();
    const { id } = await waiting();
    const [, told] = await Promise.allSettled([
      sleep((round * 3) % 11).then(() => turn(180, 9)),
      sleep((round * 5) % 13).then(() =>
        patch(room.world, id, { wish: { revision: 0, ...resolved }, now: at(179) }),
      ),
    ]);
    const found = (await alerts()).map(({ status }) => status);
    expect(found).toEqual(told.status === 'fulfilled' ? ['resolved', 'active'] : ['active']);
    expect(told).toMatchObject(told.status === 'fulfilled' ? {} : { reason: { kind: 'conflict' } });
  }
});
