import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCheckpointRoom, keysOf, type CheckpointRoom } from './audit-checkpoint-room.ts';

let room: CheckpointRoom;
beforeEach(async () => {
  room = await openCheckpointRoom();
});
afterEach(() => room.close());

const hour = (n: number): string => new Date(Date.UTC(2024, 0, 21, n)).toISOString();
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string; message: string }) => `${error.code} ${error.message}`,
  );

test('each hour the heads that moved are signed, and a checkpoint names the one before', async () => {
  await room.write('a', 3);
  await room.write('b', 2);
  await room.fire(hour(1));
  await room.write('b', 1_500);
  await room.fire(hour(2));
  await room.fire(hour(3));

  const [first, second, third] = await room.checkpoints();
  expect(first?.heads.map(({ tenant_id, seq }) => [tenant_id, seq])).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
  expect(second?.heads.map(({ tenant_id, seq }) => [tenant_id, seq])).toEqual([['b', 1_502]]);
  expect(third?.heads).toEqual([]);
  expect([first?.previous, second?.previous?.name]).toEqual([null, 'checkpoints/000000000001.jws']);
  expect(await room.found()).toEqual([]);
  expect((await keysOf(room)).keys).toHaveLength(1);
});

test('a slot that fires twice, late, out of order or beside itself has one checkpoint or none', async () => {
  await room.write('a', 3);
  await Promise.all(Array.from({ length: 4 }, () => room.fire(hour(5))));
  await room.fire(hour(5));
  await room.fire(hour(4));
  expect(await room.files()).toEqual(['000000000001.jws']);

  await room.write('a', 1);
  await Promise.all([hour(6), hour(7), hour(6), hour(7)].map(room.fire));
  const all = await room.checkpoints();
  expect(new Set(all.map(({ slot }) => slot)).size).toBe(all.length);
  expect(all.map(({ slot }) => slot).at(-1)).toBe(hour(7));
  expect(all.flatMap(({ heads }) => heads.map(({ seq }) => seq))).toEqual([3, 4]);
  expect(await room.found()).toEqual([]);
});

test('while entries are written no head is signed that is not in the table', async () => {
  const writing = Array.from({ length: 30 }, (_, n) => room.write(`t${n % 3}`, 20));
  for (let n = 0; n < 5; n += 1) await room.fire(hour(n));
  await Promise.all(writing);
  await room.fire(hour(6));

  expect((await room.checkpoints()).flatMap(({ broken }) => broken)).toEqual([]);
  expect(await room.found()).toEqual([]);
});

test('once a day a checkpoint has all heads', async () => {
  await room.write('a');
  for (let n = 0; n < 25; n += 1) {
    if (n === 3) await room.write('b');
    await room.fire(hour(n));
  }
  const all = await room.checkpoints();
  expect(all.map(({ full }) => full).flatMap((full, n) => (full ? [n] : []))).toEqual([0, 24]);
  expect(all[24]?.heads.map(({ tenant_id }) => tenant_id)).toEqual(['a', 'b']);
});

test('a broken chain is not vouched for, is told of loudly, each time, and holds no other tenant back', async () => {
  await room.write('a', 3);
  await room.write('b', 3);
  await room.fire(hour(1));
  await room.write('a', 5);
  await room.write('b', 5);
  await room.tamper(
    `update olap.admin_audit_log set notes = 'x' where tenant_id = 'a' and seq = 6`,
  );

  expect(await codeOf(room.fire(hour(2)))).toMatch(/^audit-chain-broken .*a: notes of entry 6/);
  expect(await codeOf(room.fire(hour(2)))).toMatch(/^audit-chain-broken .*a: notes of entry 6/);
  const second = (await room.checkpoints())[1];
  expect(second?.heads.map(({ tenant_id, seq }) => [tenant_id, seq])).toEqual([['b', 8]]);
  expect(second?.broken).toMatchObject([{ tenant_id: 'a', seq: 6 }]);

  await room.write('a', 2);
  expect(await codeOf(room.fire(hour(3)))).toMatch(/a: notes of entry 6/);
});

test('an entry that was erased as it may be is vouched for all the same', async () => {
  await room.write('a', 3);
  await room.world.ops.script(
    `update olap.admin_audit_log set notes = null, salts = salts - 'notes' where tenant_id = 'a' and seq = 2`,
  );
  expect(await codeOf(room.fire(hour(1)))).toBe('done');
});

test('only with checkpoints a tail is missed that was cut together with the head', async () => {
  await room.write('a', 10);
  await room.fire(hour(1));
  await room.tamper(`
    delete from olap.admin_audit_log where tenant_id = 'a' and seq > 7;
    update olap.audit_chain set seq = 7, hash = (select hash from olap.admin_audit_log where tenant_id = 'a' and seq = 7)
    where tenant_id = 'a'`);

  expect(await room.found(true)).toEqual([]);
  expect(await room.found()).toEqual(['a cut-tail 8']);
  expect(await codeOf(room.fire(hour(2)))).toMatch(
    /a: the chain ends at entry 7, but 10 was signed/,
  );

  await room.tamper(`delete from olap.admin_audit_log; delete from olap.audit_chain`);
  expect(await room.found(true)).toEqual([]);
  expect(await room.found()).toEqual(['a cut-tail 1']);
  expect(await codeOf(room.fire(hour(3)))).toMatch(/a: the chain is gone, of which 10 was signed/);
});

test('only with checkpoints a chain is known for another that was written anew as a whole', async () => {
  await room.write('a', 10);
  await room.fire(hour(1));
  await room.tamper(`delete from olap.admin_audit_log; delete from olap.audit_chain`);
  await room.write('a', 10);

  expect(await room.found(true)).toEqual([]);
  expect(await room.found()).toEqual(['a checkpoint-mismatch 10']);
  expect(await codeOf(room.fire(hour(2)))).toMatch(
    /a: entry 10 is another one than the one signed/,
  );
  await room.write('a', 1);
  expect(await codeOf(room.fire(hour(3)))).toMatch(/audit-chain-broken/);
});
