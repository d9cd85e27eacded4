import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '@rookery/db/pool';
import { streamItems } from '@rookery/http/streams/streams';
import { historyOf } from '@rookery/monitoring/demo/history';
import { setAlerts, setIntegrations, setServices } from '@rookery/monitoring/demo/stage.sql';
import { packItems } from '@rookery/monitoring/ingest/message';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { rollUp } from '@rookery/monitoring/rollup/rollup';
import { retentionCommand } from '../../packages/cli/commands/retention.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { call, type Ran } from '../world/call.ts';
import { childEnv } from '../world/child-env.ts';
import { openRoom, type Room } from './retention-room.ts';

const root = join(import.meta.dirname, '../..');
const now = new Date();
const teller = { tenantId: 'heron', seed: 7 };
const dayMs = 86_400_000;
const later = (days: number): Date => new Date(now.getTime() + days * dayMs);

let room: Room;
let env: { readonly stop: () => void };
const variables = () => ({
  DATABASE_URL_OPS: room.world.url('rookery_ops'),
  ARCHIVE_PLACE: room.path,
});
beforeAll(async () => {
  room = await openRoom();
  env = applyEnv(variables());
  const { world } = room;
  const ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort });
  const set = { ...teller, now };
  await world.ops.query(setServices, set);
  await world.ops.query(setIntegrations, set);
  await world.ops.query(setAlerts, set);
  for (const { stream, items } of historyOf(teller, now))
    for (const message of packItems({ ...teller, stream, receivedAt: now }, items))
      await takeMessage(streamItems, { ingest, now, healed: () => {} }, message);
  await ingest.close();
  await rollUp(world.ops, () => false);
  // Half of the groups are over.
  await world.admin.script(`
    update monitoring.tb_error_log set status = 'resolved', resolved_at = last_seen
    where id in (select id from monitoring.tb_error_log order by id limit (select count(*) / 2 from monitoring.tb_error_log))`);
}, 180_000);
afterAll(async () => {
  env.stop();
  await room.close();
});

const rookery = (line: string): Promise<Ran> => call(retentionCommand, line.split(' '));

// The whole program, as an operator starts it: half a second of CPU more.
const program = async (line: string): Promise<Ran> => {
  const words = [join(root, 'packages/cli/main.ts'), 'retention', ...line.split(' ')];
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...childEnv, ...variables() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
};

// What the seed says of each table (§1.3, §3), written down apart from the code: its clock and its days.
const seed: readonly [string, string, number][] = [
  ['tb_performance_metric', 'time', 7],
  ['tb_performance_metric_5min', 'bucket', 90],
  ['tb_performance_metric_hourly', 'bucket', 365],
  ['tb_health_check_log', 'checked_at', 30],
  ['tb_error_instance', 'occurred_at', 30],
  ['error_day', `day::timestamp at time zone 'UTC'`, 30],
  ['error_user_day', `day::timestamp at time zone 'UTC'`, 30],
  ['tb_integration_event', 'occurred_at', 30],
  ['tb_user_activity', 'time', 90],
  ['tb_user_activity_hourly', 'bucket', 90],
  ['user_activity_daily', `day::timestamp at time zone 'UTC'`, 90],
  ['tb_user_session', 'coalesce(ended_at, started_at)', 90],
  ['tb_audit_event', 'time', 366],
  ['tb_alert', `case when status in ('resolved', 'suppressed') then coalesce(resolved_at, triggered_at) else 'infinity' end`, 90],
]; // prettier-ignore

const clocks = async (from: string, clock: string): Promise<number[]> =>
  (
    await room.ask(
      `select extract(epoch from ${clock})::float8 * 1000 as at from monitoring.${from}`,
      { at: 'float8' },
    )
  ).map(({ at }) => at);

const snapshot = async () =>
  new Map(
    await Promise.all(
      seed.map(async ([table, clock]) => [table, await clocks(table, clock)] as const),
    ),
  );

test('a clock moved on leaves exactly what the policies say, with proof, at each of four times', async () => {
  const before = await snapshot();
  for (const [table] of seed) expect([table, before.get(table)?.length]).not.toEqual([table, 0]);
  const groups = await room.count(`tb_error_log where status = 'resolved'`);
  const open = await room.count(`tb_error_log where status <> 'resolved'`);
  const events = await room.count('tb_audit_event');
  expect(Math.min(groups, open, events)).toBeGreaterThan(0);

  for (const days of [4, 40, 100, 400]) {
    const at = later(days);
    const instant = at.toISOString();
    const run = await rookery(`run --now ${instant} --force --json`);
    expect([run.code, run.err]).toEqual([0, '']);

    const after = await snapshot();
    for (const [table, , kept] of seed)
      expect([days, table, after.get(table)?.length]).toEqual([
        days,
        table,
        before.get(table)?.filter((clock) => clock >= at.getTime() - kept * dayMs).length,
      ]);
    // Nobody is named for longer than 30 days.
    const limit = `timestamptz '${instant}' - interval '720 hours'`;
    for (const [table, clock] of [
      ['tb_user_activity', 'time'],
      ['tb_user_session', 'coalesce(ended_at, started_at)'],
      ['tb_error_log', 'last_seen'],
      ['error_user', 'first_seen'],
      ['tb_error_instance', 'occurred_at'],
    ])
      expect([
        days,
        table,
        await room.count(`${table} where ${clock} < ${limit} and user_id !~ '^anon_'`),
      ]).toEqual([days, table, 0]);
    const verified = await rookery(`verify --now ${instant} --json`);
    expect([days, verified.code, JSON.parse(verified.out)]).toMatchObject([
      days,
      0,
      { ok: true, overdue: [], early: [], broken: [], returned: [] },
    ]);
  }

  expect(await room.count('tb_error_log')).toBe(open);
  expect(await room.count('tb_error_log_archive')).toBe(groups);
  expect(await room.count('tb_audit_event_archive')).toBe(events);
  expect(await room.count('audit_event_key')).toBe(events);
  // Its proof: as many rows are in the ledger as are gone, table by table, and nothing in it is unfinished.
  const proofs = await room.ask(
    `select table_name, sum(rows)::bigint as rows from monitoring.retention_run where action in ('delete', 'drop') and finished_at is not null group by 1`,
    { table_name: 'varchar', rows: 'int8' },
  );
  const left = await snapshot();
  for (const [table] of seed)
    expect([table, proofs.find((row) => row.table_name === table)?.rows ?? 0]).toEqual([
      table,
      before.get(table)!.length - left.get(table)!.length,
    ]);
  expect(await room.count('retention_run where finished_at is null')).toBe(0);
}, 120_000);

test('the plan and a dry run show what is due and change nothing; the run repeated does nothing', async () => {
  const instant = later(2600).toISOString();
  const before = await room.count('tb_audit_event_archive');
  const plan = await program(`plan --now ${instant}`);
  expect(plan.code).toBe(0);
  expect(plan.out).toMatch(/tb_audit_event_archive +delete +heron/);
  const dry = await rookery(`run --dry-run --now ${instant} --json`);
  const due = (JSON.parse(dry.out) as { due: { table_name: string; rows: number }[] }).due;
  expect(due.find(({ table_name }) => table_name === 'tb_audit_event_archive')?.rows).toBe(before);
  expect(await room.count('tb_audit_event_archive')).toBe(before);

  const again = await rookery(`run --now ${later(400).toISOString()} --force`);
  expect([again.code, again.out]).toEqual([0, expect.stringContaining('0 units done')]);
});

test('a run with a clock that has not come yet is refused, and says how it is meant', async () => {
  const refused = await rookery(`run --now ${later(1).toISOString()}`);
  expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/--dry-run.*--force/)]);
  const wrong = await program('plan --now tomorrow');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('2026-03-01T00:00:00Z')]);
});

test('verify finds a text wherever it is, in tables and archived objects, and fails then', async () => {
  const at = `--now ${later(400).toISOString()}`;
  const [event] = await room.ask(`select event_id from monitoring.tb_audit_event_archive limit 1`, {
    event_id: 'varchar',
  });
  const found = await rookery(`verify ${at} --search ${event!.event_id.toUpperCase()} --json`);
  const places = (JSON.parse(found.out) as { found: { place: string }[] }).found.map(
    ({ place }) => place.split('/')[0],
  );
  expect([found.code, places]).toEqual([
    1,
    ['audit_event_key', 'tb_audit_event_archive', 'tb_audit_event'],
  ]);
  const nowhere = await rookery(`verify ${at} --search nobody%knows_this`);
  expect([nowhere.code, nowhere.out]).toEqual([0, expect.stringContaining('in no table')]);
  expect((await program('verify --search x')).code).toBe(2);
});

test('verify fails and names what is overdue', async () => {
  const overdue = await rookery(`verify --now ${later(2600).toISOString()}`);
  expect(overdue.code).toBe(1);
  expect(overdue.out).toMatch(/units overdue[\s\S]*tb_audit_event_archive +delete/);
});
