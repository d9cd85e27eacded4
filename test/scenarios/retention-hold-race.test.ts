import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '@rookery/db/pool';
import { doUnit, type Unit } from '@rookery/monitoring/retention/unit';
import { now, openRoom, stage, type Room } from './retention-room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
  await stage(room);
  await room.world.admin.script(`
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, checked_at)
      select 'a', 's', 'down', '2026-04-01Z'::timestamptz + i * interval '1 second' from generate_series(1, 20) i`);
}, 60_000);
afterAll(() => room.close());

const unit: Unit = { tenantId: 'a', table: 'tb_health_check_log', action: 'delete', slot: now };
const hold = `insert into monitoring.legal_hold (tenant_id, table_name, held_from, reason, placed_by)
  values ('a', 'tb_health_check_log', '2026-01-01Z', 'case 7', 'sql')`;

const anyoneWaits = async (): Promise<boolean> => {
  const [row] = await room.ask(
    // Other files wait for turns of their own, in their databases.
    `select count(*) as n from pg_locks where locktype = 'advisory' and not granted
       and database = (select oid from pg_database where datname = current_database())`,
    { n: 'int8' },
  );
  return (row?.n ?? 0) > 0;
};

test('a hold placed beside a batch of retention is in force when that batch is committed, not before', async () => {
  let placing: Promise<unknown> | undefined;
  const held: string[] = [];
  const heldBeforeCommit: number[] = [];
  const db: Db = {
    ...room.world.ops,
    transaction: (work, scope) =>
      room.world.ops.transaction(async (tx) => {
        const result = await work(tx);
        // Without the turn the hold would be placed here, over rows that this transaction deletes.
        placing ??= room.world.admin.script(hold).then(() => held.push('placed'));
        while (held.length === 0 && !(await anyoneWaits())) await sleep(5);
        heldBeforeCommit.push(held.length);
        return result;
      }, scope),
  };
  await doUnit({ ...room.bench, db, batchRows: 5, batches: 1 }, unit);
  await placing;
  expect(heldBeforeCommit).toEqual([0]);
  expect(await room.count('tb_health_check_log')).toBe(15);
  expect(await doUnit(room.bench, unit)).toMatchObject({ rows: 5, finished: true });
  expect(await room.count('tb_health_check_log')).toBe(15);
});
