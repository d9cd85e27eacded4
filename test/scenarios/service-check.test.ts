import { expect, test } from 'vitest';
import { openDb, type Session } from '@rookery/db/pool';
import { writeChecks } from '@rookery/monitoring/health/write.sql';
import { writeFindings } from '@rookery/monitoring/health/check';
import type { World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';
import { chance, shuffled } from './chance.ts';
import { meeting } from './errors-room.ts';
import {
  addServices,
  at,
  bad,
  found,
  logOf,
  minute,
  note,
  stateOf,
  useServiceWorld,
} from './service-room.ts';

let world: World;
useServiceWorld((opened) => {
  world = opened;
});

const slots = (count: number): Date[] => Array.from({ length: count }, (_, n) => at(n * minute));

test('a service goes down and up, each state with its reason and its line of the log', async () => {
  await addServices(world, { id: 'api', failure_threshold: 2 });

  await note(world, found('api', at(0)));
  await note(world, bad('api', at(minute)));
  expect(await stateOf(world, 'api')).toMatchObject({ status: 'healthy', failures: 1 });
  await note(world, bad('api', at(2 * minute)));
  expect(await stateOf(world, 'api')).toMatchObject({ status: 'down', reason: 'no answer' });
  await note(world, found('api', at(3 * minute)));
  await note(world, found('api', at(4 * minute), { responseMs: 31.6, details: { status: 200 } }));

  expect(await stateOf(world, 'api')).toMatchObject({ status: 'healthy', reason: null });
  expect(await logOf(world, 'api')).toEqual(['healthy', 'healthy', 'down', 'down', 'healthy']);
  const row = await askOne(
    world.admin,
    `select extract(epoch from changed_at - '${at(0).toISOString()}')::integer as changed, metrics,
      extract(epoch from last_check - '${at(0).toISOString()}')::integer as checked from monitoring.tb_service_health`,
  );
  expect(row).toEqual({
    changed: 242,
    checked: 242,
    metrics: { status: 200, outcome: 'ok', response_ms: 32 },
  });
});

test('twice, late and out of order: a slot counts once, and none after a later one', async () => {
  await addServices(world, { id: 'api', failure_threshold: 2 });

  expect(await note(world, bad('api', at(minute)))).toMatchObject({ checks: 1, left: 0 });
  expect(await note(world, bad('api', at(minute)))).toMatchObject({ checks: 0, left: 1 });
  expect(await note(world, bad('api', at(0)))).toMatchObject({ checks: 0, left: 1 });

  expect(await stateOf(world, 'api')).toMatchObject({ status: 'unknown', failures: 1 });
  expect(await logOf(world, 'api')).toEqual(['unknown']);
});

test('what is deleted, switched off or unknown to us is left out', async () => {
  await addServices(
    world,
    { id: 'gone', deleted_at: at(0) },
    { id: 'off', is_active: false },
    { id: 'mine', tenant_id: 'other' },
  );

  const done = await note(world, bad('gone', at(0)), bad('off', at(0)), bad('mine', at(0)));

  expect(done).toEqual({ checks: 0, changed: 0, left: 3 });
});

test('secrets in what was found are not kept', async () => {
  await addServices(world, { id: 'api' });
  const reason = 'GET https://ann:hunter2@a.example/?token=abcdef123456 refused';

  await note(world, bad('api', at(0), { reason, details: { password: 'hunter2', status: 500 } }));

  const kept = await ask(
    world.admin,
    'select l.*, s.reason, s.metrics from monitoring.tb_health_check_log l, monitoring.tb_service_health s',
  );
  expect(JSON.stringify(kept)).not.toMatch(/hunter2|abcdef123456/);
});

const crowd = Array.from({ length: 60 }, (_, n) => `s${String(n).padStart(2, '0')}`);

test('beside itself: messages delivered many times at once, in any order, come to one check a slot', async () => {
  await addServices(world, ...crowd.map((id) => ({ id, failure_threshold: 100_000 })));
  const pools = Array.from({ length: 6 }, () =>
    openDb({ url: world.url('rookery_ops'), proxyPort: world.proxyPort, max: 1 }),
  );
  const random = chance(5);

  const all = await Promise.all(
    pools.map(async (pool) => {
      const written: { checks: number }[] = [];
      for (const slot of slots(12))
        written.push(
          await writeFindings(
            pool,
            slot,
            shuffled(crowd, random).map((id) => bad(id, slot)),
          ),
        );
      return written;
    }),
  );
  await Promise.all(pools.map((pool) => pool.close()));

  const rows = await ask(
    world.admin,
    `select s.failures = count(l) as counted_once, count(l) = count(distinct date_trunc('minute', l.checked_at)) as one_a_slot
     from monitoring.tb_service_health s join monitoring.tb_health_check_log l on l.service_id = s.id group by s.id, s.failures`,
  );
  expect(rows).toHaveLength(60);
  expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
    new Set([JSON.stringify({ one_a_slot: true, counted_once: true })]),
  );
  const { n } = await askOne<{ n: number }>(
    world.admin,
    'select count(*) as n from monitoring.tb_health_check_log',
  );
  expect(all.flat().reduce((sum, { checks }) => sum + checks, 0)).toBe(n);
});

test('control: without holding the row, two that read the same state count one failure', async () => {
  await addServices(world, { id: 'api', failure_threshold: 10 });
  const bothRead = meeting(2);
  const naive = async (tx: Session, slot: Date): Promise<void> => {
    const { failures } = await stateOf(world, 'api');
    await bothRead();
    const outcome = {
      ...bad('api', slot),
      status: 'healthy' as const,
      failures: failures + 1,
      successes: 0,
      blockedBy: null,
      error: null,
    };
    await tx.query(writeChecks, { slot: slot.toISOString(), outcomes: [outcome] });
  };
  const both = slots(2).map((slot) => world.ops.transaction((tx) => naive(tx, slot)));
  await Promise.all(both);

  expect(await stateOf(world, 'api')).toMatchObject({ failures: 1 });
  expect(await logOf(world, 'api')).toHaveLength(2);
});

test('a week without a partition is made on the way', async () => {
  await addServices(world, { id: 'api' });
  const slot = at(60 * 24 * 60 * minute);

  await note(world, found('api', slot));

  expect(await logOf(world, 'api')).toEqual(['healthy']);
});
