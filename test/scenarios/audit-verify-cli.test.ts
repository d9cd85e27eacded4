import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCheckpointRoom, type CheckpointRoom } from './audit-checkpoint-room.ts';

let room: CheckpointRoom;
beforeEach(async () => {
  room = await openCheckpointRoom();
  await room.write('heron', 20);
  await room.write('other', 5);
});
afterEach(() => room.close());

const fileOf = (nth: number): string =>
  join(room.place, 'checkpoints', `${String(nth).padStart(12, '0')}.jws`);
const hour = (n: number): string => new Date(Date.UTC(2024, 0, 21, n)).toISOString();

test('what is whole is said to be, and what nobody can know without checkpoints, too', async () => {
  const without = await room.rookery('verify');
  expect([without.code, without.err]).toEqual([0, expect.any(String)]);
  expect(without.out).toContain('2 chains, 25 entries: each entry is as it was written');
  expect(without.out).toContain('Without checkpoints nobody can tell');

  expect((await room.rookery('checkpoint')).out).toContain('vouches for 2 chains');
  const trusting = await room.rookery('verify', '--tenant', 'heron');
  expect(trusting.out).toContain('1 chain, 20 entries');
  expect(trusting.out).toContain('1 checkpoint at');
  expect(trusting.out).not.toContain('Without checkpoints');
});

test('a changed row is named with exit 1, for people and for programs', async () => {
  await room.tamper(
    `update olap.admin_audit_log set action = 'x' where tenant_id = 'heron' and seq = 7`,
  );

  const { code, out } = await room.program('verify');
  expect(code).toBe(1);
  expect(out).toMatch(/heron +changed +7 /);
  const { chains, ok } = JSON.parse((await room.rookery('verify', '--json')).out) as {
    ok: boolean;
    chains: { tenantId: string; faults: { seq: number }[] }[];
  };
  expect([ok, chains.find(({ tenantId }) => tenantId === 'heron')?.faults[0]?.seq]).toEqual([
    false,
    7,
  ]);
  expect((await room.rookery('checkpoint')).code).toBe(1);
  expect((await room.rookery('verify', '--tenant', 'other')).code).toBe(0);
});

test('a tail that was cut off with its head is found with checkpoints only', async () => {
  await room.fire(hour(1));
  await room.tamper(`
    delete from olap.admin_audit_log where tenant_id = 'heron' and seq > 15;
    update olap.audit_chain set seq = 15, hash = (select hash from olap.admin_audit_log where tenant_id = 'heron' and seq = 15)
    where tenant_id = 'heron'`);

  expect((await room.rookery('verify', '--no-checkpoints')).code).toBe(0);
  const { code, out } = await room.rookery('verify');
  expect([code, out]).toEqual([1, expect.stringMatching(/heron +cut-tail +16 to 20/)]);
});

test('a checkpoint that is missing, exchanged or forged is named', async () => {
  for (let n = 1; n <= 4; n += 1) {
    await room.write('heron');
    await room.fire(hour(n));
  }
  expect((await room.rookery('verify')).code).toBe(0);

  await rename(fileOf(2), room.at('kept'));
  expect((await room.rookery('verify')).out).toMatch(/0002\.jws +the file is missing/);
  await copyFile(fileOf(1), fileOf(2));
  expect((await room.rookery('verify')).out).toMatch(/0002\.jws .*is not checkpoint 2/);
  await rm(fileOf(2), { force: true });
  await rename(room.at('kept'), fileOf(2));
  expect((await room.rookery('verify')).code).toBe(0);

  const stranger = await openCheckpointRoom();
  await stranger.write('heron', 3);
  await stranger.fire(hour(1));
  const forgery = await readFile(join(stranger.place, 'checkpoints/000000000001.jws'));
  await stranger.close();
  await rm(fileOf(1));
  await writeFile(fileOf(1), forgery);
  const forged = await room.rookery('verify');
  expect([forged.code, forged.out]).toEqual([
    1,
    expect.stringMatching(/0001\.jws .*believe nothing/),
  ]);
});

test('a checkpoint that was signed anew in the place of another is found by the one after it', async () => {
  await room.fire(hour(1));
  const first = await readFile(fileOf(1));
  await rm(fileOf(1));
  await room.write('heron');
  await room.fire(hour(1));
  await room.fire(hour(2));
  await rm(fileOf(1));
  await writeFile(fileOf(1), first);

  const { code, out } = await room.rookery('verify');
  expect([code, out]).toEqual([
    1,
    expect.stringMatching(/0002\.jws +it does not follow the file before/),
  ]);
});

test('a tenant that was misspelled, a named place without checkpoints and a trigger that is off are not fine', async () => {
  await room.write('a', 1);
  await room.world.admin.script('alter table olap.admin_audit_log disable trigger append_only');
  const unknown = await room.rookery('verify', '--tenant', 'aa', '--no-checkpoints');
  const open = await room.rookery('verify', '--no-checkpoints');
  await room.world.admin.script('alter table olap.admin_audit_log enable trigger append_only');
  const empty = await room.rookery('verify', '--checkpoints', room.at('nothing-here'));

  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('tenant aa')]);
  expect([open.code, open.out]).toEqual([
    1,
    expect.stringContaining('trigger append_only of admin_audit_log is off'),
  ]);
  expect([empty.code, empty.out]).toEqual([
    1,
    expect.stringContaining('There is no checkpoint at'),
  ]);
});
