import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '@rookery/db/pool';
import { zeroHash } from '@rookery/warehouse/audit/chain';
import { verifyAudit } from '@rookery/warehouse/audit/verify';
import { openWorld, type World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';
import { chainOf, entriesOf, faultsOf, whole } from './audit-chain-room.ts';
import { gate } from './errors-room.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const places = (db: Session, table: string) =>
  askOne<{ entries: number; places: number; last: number }>(
    db,
    `select count(*) as entries, count(distinct (tenant_id, seq)) as places, max(seq) as last from ${table}`,
  );

test('five writers beside each other make one chain a tenant without a gap, also where they roll back', async () => {
  const enough = new Error('rolled back on purpose');
  const writer = async (nth: number): Promise<void> => {
    const db = nth % 2 === 0 ? world.ops : world.api;
    for (let at = nth * 400 + 1; at <= nth * 400 + 400; at += 20)
      for (const tenantId of nth % 2 === 0 ? ['a', 'b'] : ['b', 'a']) {
        const scope = { tenantId, role: 'operator' };
        await db.transaction((tx) => tx.script(entriesOf(tenantId, at, at + 9)), scope);
        await expect(
          db.transaction(async (tx) => {
            await tx.script(entriesOf(tenantId, at, at + 4));
            throw enough;
          }, scope),
        ).rejects.toBe(enough);
      }
  };

  await Promise.all([0, 1, 2, 3, 4].map(writer));

  const results = await verifyAudit(world.ops, { tenantIds: null, checkpoints: [] });
  expect(results).toMatchObject([
    { tenantId: 'a', entries: 1_000, head: { seq: 1_000 }, faults: [], faultCount: 0 },
    { tenantId: 'b', entries: 1_000, head: { seq: 1_000 }, faults: [], faultCount: 0 },
  ]);
});

test('the control: without the head, by the largest place and one, the same writers give places twice', async () => {
  await world.admin.script('create table naive (tenant_id text, seq bigint)');
  const write = () =>
    world.admin.transaction(async (tx) => {
      await tx.script(`insert into naive select 'a', coalesce(max(seq), 0) + 1 from naive`);
      await tx.script('select pg_sleep(0.002)');
    });

  for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 4 }, write));

  const { entries, places: distinct } = await places(world.admin, 'naive');
  expect(entries).toBe(80);
  expect(distinct).toBeLessThan(80);
});

test('the second writer of a tenant waits for the first, the writer of another does not', async () => {
  const { open, opened } = gate();
  const wrote = gate();
  const first = world.ops.transaction(async (tx) => {
    await tx.script(entriesOf('w', 1, 1));
    wrote.open();
    await opened;
  });
  await wrote.opened;
  const impatient = (tenant: string) =>
    world.ops.transaction(async (tx) => {
      await tx.script(`set local lock_timeout = '100ms'`);
      await tx.script(entriesOf(tenant, 2, 2));
    });

  await expect(impatient('w')).rejects.toMatchObject({ cause: { code: '55P03' } });
  await impatient('other');
  open();
  await first;
  await impatient('w');

  expect((await chainOf(world.ops, 'w')).map(({ seq }) => seq)).toEqual([1, 2]);
  expect(await faultsOf(world.ops, 'w')).toEqual(whole);
});

test('the number is the log’s own, whatever the writer says, a place or hash of a writer is refused, and the time is his', async () => {
  for (const column of ['seq', 'hash'])
    await expect(
      world.ops.script(`
        insert into olap.admin_audit_log (${column}, tenant_id, admin_user_id, action, resource_type, resource_id)
        values (77, 'own', 'ann', 'audit_log.read', 't', 'r')`),
    ).rejects.toMatchObject({ code: '42501' });
  await world.ops.script(`
    insert into olap.admin_audit_log (id, prev_hash, commitments, salts, tenant_id, creation_time, admin_user_id,
      action, resource_type, resource_id)
    values (1, 'x', '{}', '{}', 'own', date_trunc('month', now()), 'ann', 'audit_log.read', 't', 'r')
    on conflict do nothing`);
  // The same number again: were it taken, nothing would be inserted and the head would be ahead.
  await world.ops.script(`
    insert into olap.admin_audit_log (id, tenant_id, creation_time, admin_user_id, action, resource_type, resource_id)
    select id, 'own', creation_time, 'ann', 'audit_log.read', 't', 'r' from olap.admin_audit_log where tenant_id = 'own'
    on conflict do nothing`);

  const [one, two] = await chainOf(world.ops, 'own');
  expect(one).toMatchObject({ seq: 1, prev_hash: zeroHash });
  expect(two).toMatchObject({ seq: 2, prev_hash: one!.hash, creation_time: one!.creation_time });
  expect(two!.id).not.toBe(one!.id);
  expect(one!.creation_time).toMatch(/-01T00:00:00\.000000Z$/);
  expect(await faultsOf(world.ops, 'own')).toEqual(whole);
});

test('the tenant of the transaction is what it was before an entry of another was written', async () => {
  const settings = `select current_setting('app.tenant_id', true) as tenant`;
  const seen = await world.ops.transaction(
    async (tx) => {
      await tx.script(entriesOf('x1', 1, 3));
      return ask(tx, settings);
    },
    { tenantId: 'x2' },
  );

  expect(seen).toEqual([{ tenant: 'x2' }]);
});

test('a spoilt guess of where the head is changes nothing', async () => {
  await world.ops.transaction(async (tx) => {
    await tx.script(entriesOf('g', 1, 2));
    await tx.script(`select set_config('app.audit_head', '(0,1)', true)`);
    await tx.script(entriesOf('g', 3, 4));
    await tx.script('savepoint s');
    await tx.script(entriesOf('g', 5, 6));
    await tx.script('rollback to s');
    await tx.script(entriesOf('h', 1, 1));
    await tx.script(entriesOf('g', 7, 8));
  });

  expect((await chainOf(world.ops, 'g')).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await faultsOf(world.ops, 'g')).toEqual(whole);
  expect(await faultsOf(world.ops, 'h')).toEqual(whole);
});

test('a chain is whole whenever it is looked at while others write it', async () => {
  const state = { isWriting: true };
  const found: unknown[] = [];
  // At least 60 entries each, and as many as it takes to be looked at meanwhile.
  const writer = async (first: number): Promise<void> => {
    for (let at = first; at < first + 60 || found.length < 5; at += 1)
      await world.ops.script(entriesOf('live', at, at));
  };
  const writing = Promise.all([writer(1), writer(100_000)]).finally(() => {
    state.isWriting = false;
  });
  while (state.isWriting) found.push(await faultsOf(world.admin, 'live'));
  await writing;

  expect(found.length).toBeGreaterThan(3);
  for (const one of found) expect(one).toEqual(whole);
});
