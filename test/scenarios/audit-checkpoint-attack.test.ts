import { afterEach, beforeEach, expect, test } from 'vitest';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSigned } from '@rookery/lambda/signed';
import { readAll } from '@rookery/warehouse/audit/checkpoint-shelf';
import { keysOf, openCheckpointRoom, type CheckpointRoom } from './audit-checkpoint-room.ts';

let room: CheckpointRoom;
beforeEach(async () => {
  room = await openCheckpointRoom();
});
afterEach(() => room.close());

const hour = (n: number): string => new Date(Date.UTC(2024, 0, 21, n)).toISOString();
const readHere = async () => {
  const keys = await keysOf(room);
  return readAll(room.shelf, (text) => openSigned(text, keys, 'rookery-checkpoint'));
};
const restore = (seq: number) =>
  room.tamper(`
    delete from olap.admin_audit_log where tenant_id = 'a' and seq > ${seq};
    update olap.audit_chain set seq = ${seq},
      hash = (select hash from olap.admin_audit_log where tenant_id = 'a' and seq = ${seq}) where tenant_id = 'a'`);

test('a file with a number far ahead is told of in one line, and does not keep the reader busy for ever', async () => {
  await room.write('a', 3);
  await room.fire(hour(1));
  await mkdir(join(room.place, 'checkpoints'), { recursive: true });
  await writeFile(join(room.place, 'checkpoints/999999999999.jws'), 'forged');

  const { filed, faults } = await readHere();

  expect(filed).toHaveLength(1);
  expect(faults.map(({ name }) => name)).toEqual([
    'checkpoints/000000000002.jws',
    'checkpoints/999999999999.jws',
  ]);
  expect(faults[0]?.reason).toMatch(/to checkpoints\/999999999998.jws are missing/);
});

test('a file among the keys that is none stops nobody, and is nobody’s key', async () => {
  await mkdir(join(room.place, 'keys'), { recursive: true });
  await writeFile(join(room.place, 'keys/0.json'), '}]');
  await room.write('a', 1);
  await room.fire(hour(1));
  const [own] = (await keysOf(room)).keys;
  await writeFile(join(room.place, 'keys/other.json'), JSON.stringify(own));

  expect((await keysOf(room)).keys).toEqual([own]);
  expect(await room.found()).toEqual([]);
});

test('a checkpoint of a clock that was ahead does not stop the later ones', async () => {
  await room.write('a', 3);
  await room.fire(new Date(Date.now() + 40 * 86_400_000).toISOString());
  await room.write('a', 2);
  const slot = new Date(Date.now() - 60_000).toISOString();
  await room.fire(slot);

  expect((await room.checkpoints()).map(({ heads }) => heads[0]?.seq)).toEqual([3, 5]);
  await room.fire(slot);
  expect(await room.files()).toHaveLength(2);
});

test('after a backup was restored the old checkpoints name what is lost, for good, and a new place begins anew', async () => {
  await room.write('a', 10);
  await room.fire(hour(1));
  await restore(7);
  expect(await room.found()).toEqual(['a cut-tail 8']);

  await room.write('a', 6);
  await expect(room.fire(hour(2))).rejects.toMatchObject({ code: 'audit-chain-broken' });
  expect(await room.found()).toEqual(['a checkpoint-mismatch 10']);

  const anew = await room.rookery('checkpoint', '--checkpoints', room.at('after-restore'));
  expect([anew.code, anew.out]).toEqual([0, expect.stringContaining('000000000001.jws')]);
});
