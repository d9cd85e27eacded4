import { afterAll, beforeAll, expect, test } from 'vitest';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordRead } from '@rookery/warehouse/audit/log';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import { chainOf, entriesOf, erase, faultsOf, whole } from './audit-chain-room.ts';
import { gate } from './errors-room.ts';

const log = 'olap.admin_audit_log';
let world: World;
let home: string;
beforeAll(async () => {
  world = await openWorld();
  home = await mkdtemp(join(tmpdir(), 'rookery-dump-'));
  await chmod(home, 0o777);
});
afterAll(async () => {
  await world.close();
  await rm(home, { recursive: true });
});

const entry = (tenant: string, action: string) => `insert into ${log}
  (tenant_id, admin_user_id, action, resource_type, resource_id) values ('${tenant}', 'ann', '${action}', 't', 'r')`;
const tables = [log, 'olap.audit_chain'];

test('a dump that is loaded without triggers has the same chain; with triggers it is refused, not sealed anew', async () => {
  await world.ops.script(entriesOf('dump', 1, 20));
  await erase(world, 'dump', [2, 5], ['notes', 'metadata']);
  const before = await chainOf(world.ops, 'dump');
  for (const table of tables)
    await world.admin.script(`copy (select * from ${table}) to '${join(home, table)}'`);

  const other = await openWorld();
  try {
    const load = (table: string) => other.admin.script(`copy ${table} from '${join(home, table)}'`);
    await expect(load(log)).rejects.toThrow(/brings its own place and hash/);
    expect(await chainOf(other.ops, 'dump')).toEqual([]);

    // What pg_restore --disable-triggers does.
    await other.admin.script(`alter table ${log} disable trigger all`);
    for (const table of tables) await load(table);
    await other.admin.script(`alter table ${log} enable trigger all`);
    expect(await chainOf(other.ops, 'dump')).toEqual(before);
    await other.ops.script(entriesOf('dump', 21, 25));
    expect(await faultsOf(other.ops, 'dump')).toEqual(whole);
  } finally {
    await other.close();
  }
});

test('what a legal hold keeps nobody erases by hand either, and a hold that is just being placed is waited for', async () => {
  await world.ops.script(entriesOf('held', 1, 30));
  const notes = (seqs: readonly [number, number]) => erase(world, 'held', seqs, ['notes']);
  const hold = `insert into monitoring.legal_hold (tenant_id, table_name, held_from, reason, placed_by)
    values ('held', 'admin_audit_log', now() - interval '4 hours', 'case', 'ann')`;
  const { open, opened } = gate();
  const placed = gate();
  const placing = world.ops.transaction(async (tx) => {
    await tx.script(hold);
    placed.open();
    await opened;
  });
  await placed.opened;
  const erasing = notes([1, 20]);
  setTimeout(open, 50);
  await placing;

  await expect(erasing).rejects.toMatchObject({ code: '42501' });
  await expect(erasing).rejects.toThrow(/of tenant held is under legal hold/);
  expect((await chainOf(world.ops, 'held')).filter(({ notes: kept }) => kept === null).length).toBe(
    6,
  );
  await notes([10, 12]);
  await world.ops.script(`update monitoring.legal_hold set released_at = now()`);
  await notes([1, 20]);
  expect(await faultsOf(world.ops, 'held')).toEqual(whole);
});

test('what tells of erasures is itself never erased', async () => {
  await world.ops.script(entriesOf('told', 1, 3));
  await erase(world, 'told', [1, 3], ['notes']);
  await expect(erase(world, 'told', [4, 4], ['metadata'])).rejects.toMatchObject({ code: '42501' });
});

test('no role that logs in writes an action of the list, or any other, into the log by itself', async () => {
  const write = (role: 'api' | 'ops', action: string) =>
    world[role].transaction((tx) => tx.script(entry('w', action)), {
      tenantId: 'w',
      role: 'auditor',
    });
  for (const role of ['api', 'ops'] as const)
    for (const action of ['role.granted', 'page.viewed', 'x'])
      await expect(write(role, action)).rejects.toThrow('from its audit event only');
  await expect(write('api', 'audit_log.erased')).rejects.toThrow('from its audit event only');
  await write('api', 'audit_log.read');
  await write('ops', 'audit_log.erased');

  expect((await chainOf(world.ops, 'w')).map(({ action }) => action)).toEqual([
    'audit_log.read',
    'audit_log.erased',
  ]);
});

test('whoever reads while a slow transaction holds the head is told to come again, within 2 s, and others are not held up', async () => {
  const { open, opened } = gate();
  const wrote = gate();
  const slow = world.ops.transaction(async (tx) => {
    await tx.script(entriesOf('slow', 1, 1));
    wrote.open();
    await opened;
  });
  await wrote.opened;
  const read = (tenantId: string) => {
    const reader = { tenantId, subject: 'ann', role: 'auditor', sourceIp: '', userAgent: '' };
    return recordRead((work) => world.api.transaction(work, reader), reader, {});
  };
  const began = performance.now();

  const [refused] = await Promise.allSettled([read('slow'), read('brisk')]);

  expect(performance.now() - began).toBeLessThan(10_000);
  expect(refused).toMatchObject({ reason: { kind: 'unavailable', code: 'audit-busy' } });
  expect(
    await ask(world.ops, `select tenant_id from ${log} where tenant_id in ('slow', 'brisk')`),
  ).toEqual([{ tenant_id: 'brisk' }]);
  open();
  await slow;
  await read('slow');
});
