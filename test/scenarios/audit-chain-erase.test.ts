import { afterAll, beforeAll, expect, test } from 'vitest';
import { committedColumns } from '@rookery/warehouse/audit/chain';
import { rolledBack } from '../contracts/tables.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import { chainOf, entriesOf, erase, faultsOf, tampered, whole } from './audit-chain-room.ts';

const length = 1_000;
const half = 500;
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.ops.script(entriesOf('t', 1, length));
  await world.ops.script(entriesOf('bare', 1, 40));
  await erase(world, 't', [1, half], committedColumns);
});
afterAll(() => world.close());

const log = 'olap.admin_audit_log';

test('after half of it was erased, a chain is still whole, and nothing personal is left of that half', async () => {
  expect(await faultsOf(world.ops, 't')).toEqual(whole);

  const chain = await chainOf(world.ops, 't');
  expect(chain).toHaveLength(length + 1);
  for (const entry of chain.slice(0, half)) {
    expect(entry).toMatchObject({ admin_user_id: 'erased', ip_address: null, old_values: null });
    expect(entry.salts).toEqual({});
  }
  expect(chain[half]).toMatchObject({ admin_user_id: 'ann4', ip_address: '192.0.2.1' });
});

test.each([
  ['a sealed column', `action = 'x'`, null],
  ['a commitment', `commitments = commitments || '{"notes": "x"}'`, null],
  ['the hash', `hash = repeat('a', 64)`, 'hash'],
  ['a value that comes back', `notes = 'x'`, 'notes'],
  ['another name for erased', `admin_user_id = 'eve'`, 'admin_user_id'],
  ['a value with a salt', `notes = 'x', salts = '{"notes": "0"}'`, 'notes'],
])('tampering with erased entries is found: %s', async (_, set, column) => {
  for (const seq of [1, 250, half]) {
    const found = await rolledBack(world.admin, async (tx) => {
      await tampered(tx, `update ${log} set ${set} where tenant_id = 't' and seq = ${seq}`);
      return faultsOf(tx, 't');
    });
    expect([seq, found]).toEqual([seq, { count: 1, faults: [['changed', seq, column]] }]);
  }
});

test('an erased entry that is gone is found', async () => {
  const found = await rolledBack(world.admin, async (tx) => {
    await tampered(tx, `delete from ${log} where tenant_id = 't' and seq = 250`);
    return faultsOf(tx, 't');
  });

  expect(found).toEqual({ count: 1, faults: [['missing', 250, null]] });
});

test('an erasure that no entry records is told, with its places and columns, until one does', async () => {
  await erase(world, 'bare', [3, 9], ['notes', 'ip_address'], false);
  await erase(world, 'bare', [7, 12], ['user_agent']);
  expect(await faultsOf(world.ops, 'bare')).toEqual({
    count: 2,
    faults: [
      ['erased-without-record', 3, 'ip_address'],
      ['erased-without-record', 3, 'notes'],
    ],
  });

  // A record for half of it, and one that erases the same again, as a run that comes twice does.
  await erase(world, 'bare', [1, 5], ['notes', 'ip_address']);
  expect(await faultsOf(world.ops, 'bare')).toMatchObject({
    faults: [
      ['erased-without-record', 6, 'ip_address'],
      ['erased-without-record', 6, 'notes'],
    ],
  });
  await erase(world, 'bare', [6, 9], ['notes', 'ip_address']);
  expect(await faultsOf(world.ops, 'bare')).toEqual(whole);
});

test('a record that was itself tampered with accounts for nothing', async () => {
  const found = await rolledBack(world.admin, async (tx) => {
    await tampered(
      tx,
      `update ${log} set metadata = jsonb_set(metadata, '{erased}', '[[1, 900]]')
       where tenant_id = 't' and action = 'audit_log.erased'`,
    );
    return faultsOf(tx, 't');
  });

  expect(found.count).toBe(1 + committedColumns.length);
  expect(found.faults[0]).toEqual(['changed', length + 1, 'metadata']);
});

test('nothing but an erasure passes as one', async () => {
  const at = `where tenant_id = 't' and seq = 900`;
  const refused = [
    `notes = 'x'`,
    `notes = null`,
    `salts = salts - 'notes'`,
    `notes = '', salts = salts - 'notes'`,
    `admin_user_id = 'ann', salts = salts - 'admin_user_id'`,
    `notes = null, ip_address = null, salts = salts - 'notes'`,
    `notes = null, salts = salts - 'notes' || '{"other": "1"}'`,
    `notes = null, salts = salts - 'notes' || '{"ip_address": "1"}'`,
    `salts = salts || '{"notes": "1"}'`,
    `salts = 'null'`,
    `old_values = jsonb_set(old_values, '{rate}', '1.0')`,
    `admin_user_id = 'erased'`,
  ];
  const before = await ask(world.ops, `select * from ${log} ${at}`);
  await world.ops.script(entriesOf('n', 901, 901));

  for (const set of refused)
    await expect(
      world.ops.script(`update ${log} set ${set} where tenant_id = 'n'`),
    ).rejects.toMatchObject({ code: '42501' });
  for (const column of ['action', 'hash', 'seq', 'commitments', 'prev_hash', 'creation_time', 'id'])
    await expect(
      world.ops.script(`update ${log} set ${column} = ${column} where tenant_id = 'n'`),
    ).rejects.toMatchObject({ code: '42501' });

  expect(await ask(world.ops, `select * from ${log} ${at}`)).toEqual(before);
  expect(await faultsOf(world.ops, 'n')).toEqual(whole);
});
