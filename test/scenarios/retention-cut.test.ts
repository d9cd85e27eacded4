import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Db } from '@rookery/db/pool';
import { deleteBatch } from '@rookery/monitoring/retention/batch.sql';
import { noteRun, openRun, readRun } from '@rookery/monitoring/retention/run.sql';
import { doUnit, type Unit } from '@rookery/monitoring/retention/unit';
import { verify } from '@rookery/monitoring/retention/verify';
import { asked } from '../contracts/monitoring-rows.ts';
import { now, openRoom, stage, type Room } from './retention-room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
  await stage(room);
}, 60_000);
afterAll(() => room.close());

const rows = 300;
const checks: Unit = { tenantId: 'a', table: 'tb_health_check_log', action: 'delete', slot: now };
const events: Unit = { tenantId: 'a', table: 'tb_audit_event', action: 'archive', slot: now };

beforeEach(() =>
  room.world.admin.script(`
    delete from monitoring.retention_run; delete from monitoring.tb_health_check_log;
    delete from monitoring.tb_audit_event; delete from monitoring.tb_audit_event_archive; delete from monitoring.audit_event_key;
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, checked_at)
      select 'a', 's', 'down', '2026-04-01Z'::timestamptz + i * interval '1 second' from generate_series(1, ${rows}) i;
    select monitoring.ensure_partitions('2025-04-01Z', '2025-04-01Z', 'tb_audit_event');
    insert into monitoring.audit_event_key (tenant_id, event_id, time)
      select 'a', i, '2025-04-01Z'::timestamptz + i * interval '1 second' from generate_series(1, ${rows}) i;
    insert into monitoring.tb_audit_event (tenant_id, time, event_id, user_id, user_email, user_role, action_type, resource_type, description)
      select 'a', '2025-04-01Z'::timestamptz + i * interval '1 second', i, 'u', 'anonymized@example.com', 'r', 'read', 't', 'd'
      from generate_series(1, ${rows}) i`),
);

const ledger = () =>
  room.ask(`select rows, finished_at is not null as finished from monitoring.retention_run`, {
    rows: 'int8?',
    finished: 'bool',
  });
const leftOf = (unit: Unit): Promise<number> =>
  unit === checks
    ? room.count('tb_health_check_log')
    : room.count(`tb_audit_event e where not exists (
        select from monitoring.tb_audit_event_archive a where a.tenant_id = e.tenant_id and a.event_id = e.event_id)`);

const pid = asked('select pg_backend_pid() as pid', { pid: 'int4' });

/** Its n-th transaction loses its connection when all its work is done, before the commit. */
const cutAt = (db: Db, nth: number): Db => {
  let begun = 0;
  return {
    ...db,
    transaction: (work, scope) =>
      db.transaction(async (tx) => {
        begun += 1;
        const done = await work(tx);
        const [backend] = await tx.query(pid, null);
        if (begun === nth)
          await room.world.admin.script(`select pg_terminate_backend(${backend!.pid})`);
        return done;
      }, scope),
  };
};

test.each([
  ['deleting', checks],
  ['archiving', events],
])(
  'cut off in the middle of %s, a unit goes on where it was and counts each row once',
  async (_, unit) => {
    const bench = { ...room.bench, batchRows: 50 };

    await expect(doUnit({ ...bench, db: cutAt(room.world.ops, 3) }, unit)).rejects.toThrow(
      /terminat|connection|closed/i,
    );
    expect([await leftOf(unit), await ledger()]).toEqual([
      rows - 100,
      [{ rows: null, finished: false }],
    ]);

    expect(await doUnit(bench, unit)).toEqual({ rows, finished: true });
    expect([await leftOf(unit), await ledger()]).toEqual([0, [{ rows, finished: true }]]);
    // An object whose batch was lost was written again, under the same name.
    const written = unit === events ? rows / 50 : 0;
    const files = await readdir(room.path, { recursive: true });
    expect(files.filter((name) => name.endsWith('.gz'))).toHaveLength(written);
    const recount = { db: room.world.ops, place: room.place, now, search: null };
    expect(await verify(recount)).toMatchObject({ broken: [], objects: written });
  },
);

test('told to stop, a unit stops between two batches, says how far it is, and goes on later', async () => {
  const stop = new AbortController();
  let begun = 0;
  const db: Db = {
    ...room.world.ops,
    transaction: (work, scope) => {
      begun += 1;
      if (begun === 2) stop.abort();
      return room.world.ops.transaction(work, scope);
    },
  };
  const bench = { ...room.bench, batchRows: 50 };

  expect(await doUnit({ ...bench, db, signal: stop.signal }, checks)).toEqual({
    rows: 100,
    finished: false,
  });
  expect(await doUnit({ ...bench, signal: stop.signal }, checks)).toEqual({
    rows: 100,
    finished: false,
  });
  expect(await leftOf(checks)).toBe(rows - 100);
  expect(await doUnit(bench, checks)).toEqual({ rows, finished: true });
  expect([await leftOf(checks), await ledger()]).toEqual([0, [{ rows, finished: true }]]);
});

test('beside itself: workers of one unit count all rows once, where the naive way loses count (control)', async () => {
  const bench = { ...room.bench, batchRows: 20 };
  await Promise.all([1, 2, 3].map(() => doUnit(bench, checks)));
  expect(await ledger()).toEqual([{ rows, finished: true }]);

  // The same with the ledger's row read first and written last, and nobody holding it between.
  await room.world.admin.script(`
    delete from monitoring.retention_run;
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, checked_at)
      select 'a', 's', 'down', '2026-04-01Z'::timestamptz + i * interval '1 second' from generate_series(1, ${rows}) i`);
  const entry = {
    tenantId: 'a',
    table: checks.table,
    action: 'delete',
    slot: now,
    partition: null,
  };
  const { ops } = room.world;
  await ops.query(openRun, { ...entry, coversUntil: now });
  const read = await Promise.all([1, 2].map(() => ops.query(readRun, entry)));
  for (const [run] of read) {
    const [did] = await ops.query(deleteBatch, { ...entry, now, most: rows / 2 });
    const counted = (run?.rows ?? 0) + (did?.rows ?? 0);
    await ops.query(noteRun, {
      ...entry,
      rows: counted,
      checksum: '',
      detail: '{}',
      finished: true,
    });
  }
  expect([await leftOf(checks), await ledger()]).toEqual([0, [{ rows: rows / 2, finished: true }]]);
});
