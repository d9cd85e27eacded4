import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { statement } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { randomFrom } from '@rookery/kernel/random';
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

const counted = statement({
  title: 'test: deadlocks so far',
  on: 'warehouse',
  columns: { deadlocks: 'int8' },
  example: null,
  sql: () => sql`select deadlocks from pg_stat_database where datname = current_database()`,
});
const firstAndLast = statement({
  title: 'test: the first and the last alert',
  on: 'warehouse',
  columns: { id: 'varchar' },
  example: null,
  sql: () => sql`(select id from monitoring.tb_alert order by id limit 1)
    union all (select id from monitoring.tb_alert order by id desc limit 1)`,
});
const touch = statement({
  title: 'test: write an alert',
  on: 'warehouse',
  columns: {},
  example: { id: 'none' },
  sql: ({ id }: { id: string }) =>
    sql`update monitoring.tb_alert set updated_at = now() where tenant_id = 'acme' and id = ${id}`,
});

// What Postgres counted; a session tells its counts up to a second late.
const deadlocks = async (): Promise<number> => {
  await sleep(1_200);
  const [row] = await room.world.admin.query(counted, null);
  return Number(row?.deadlocks);
};

const hosts = Array.from({ length: 50 }, (_, n) => `h${n}`);
const rules = ['r1', 'r2', 'r3', 'r4'];
const random = randomFrom(5);

// Three of four series breach, others each minute; those of one rule are over, and begin again, in the other minutes.
const restless = toldSource(({ slot }) =>
  hosts
    .toSorted(() => random.next() - 0.5)
    .map((host) =>
      sample(random.chance(0.75) ? 6 + random.next() : 1, { at: slot, labels: { host } }),
    ),
);

type Row = { readonly id: string; readonly revision: number };

const somebody = async (minute: number): Promise<void> => {
  const open = await room.rows<Row>(
    'id, revision',
    `tb_alert where status in ('active', 'acknowledged') order by random() limit 12`,
  );
  for (const { id, revision } of open) {
    const until = at(60 * minute + 70).toISOString();
    const wish = random.chance(0.7)
      ? ({ revision, status: 'acknowledged', until } as const)
      : ({ revision, status: 'resolved', note: 'mended' } as const);
    // Somebody else was first, or it ended.
    await patch(room.world, id, { wish, now: at(60 * minute + 5) }).catch((error: unknown) => {
      if (!(error instanceof Failure) || !['conflict', 'invalid'].includes(error.kind)) throw error;
    });
  }
};

const rounds = 20;

test('evaluators, dispatchers and people beside each other on 200 alerts, 20 rounds: no deadlock', async () => {
  const { admin, ops } = room.world;
  await admin.script(`insert into monitoring.tb_escalation_policy (id, tenant_id, name, levels) values ('p', 'acme', 'p',
    '[{"after_minutes": 0, "channels": ["in-app"], "recipients": {"in-app": ["ann"]}}]')`);
  for (const [n, id] of rules.entries())
    await room.addRule({
      id,
      escalation_policy_id: 'p',
      notification_channels: '{in-app}',
      group_by: '{host}',
      group_wait_seconds: 0,
      group_interval_seconds: 60,
      max_alerts_per_hour: n === 0 ? 10 : 100_000,
      auto_resolve: n !== 1,
    });
  const before = await deadlocks();
  for (let minute = 1; minute <= rounds; minute += 1) {
    const isOff = minute % 4 === 3;
    await admin.script(
      `update monitoring.tb_alert_rule set status = '${isOff ? 'disabled' : 'enabled'}', revision = revision + 1 where id = 'r4'`,
    );
    const evaluation = { at: at(60 * minute), sources: [restless] };
    await Promise.all([
      room.evaluate(evaluation),
      room.evaluate(evaluation),
      dispatch(ops, at(60 * minute + 1)),
      dispatch(ops, at(60 * minute + 2)),
      somebody(minute),
      somebody(minute),
    ]);
  }

  expect(await deadlocks()).toBe(before);
  const [went] = await room.rows<{ kinds: string[] }>(
    'array_agg(distinct kind order by kind) as kinds',
    'alert_transition',
  );
  expect(went?.kinds).toEqual([
    'acknowledged',
    'activated',
    'escalated',
    'firing',
    'lapsed',
    'notified',
    'resolved',
    'suppressed',
  ]);
}, 120_000);

test('control: two who write the same alerts from opposite ends are counted', async () => {
  const { ops } = room.world;
  const before = await deadlocks();
  const rows = await ops.query(firstAndLast, null);
  const naive = (some: typeof rows) =>
    ops.transaction(async (tx) => {
      for (const row of some) {
        await tx.query(touch, row);
        await sleep(100);
      }
    });
  await Promise.all([naive(rows), naive(rows.toReversed())]);

  expect(await deadlocks()).toBeGreaterThan(before);
});
