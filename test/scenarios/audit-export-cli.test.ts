import { access, readFile, readdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask as rowsOf } from './ask.ts';
import { openCheckpointRoom, type CheckpointRoom } from './audit-checkpoint-room.ts';

let room: CheckpointRoom;
beforeAll(async () => {
  room = await openCheckpointRoom();
  await room.write('heron', 1_200);
  await room.write('other', 5);
  // Its key is published.
  await room.fire('2026-11-21T01:00:00Z');
});
afterAll(() => room.close());

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const recorded = () =>
  rowsOf<{ admin_user_id: string; rows: number }>(
    room.world.admin,
    `select admin_user_id, (metadata ->> 'rows')::int as rows from olap.admin_audit_log
     where action = 'audit_log.exported' and tenant_id = 'heron' order by seq`,
  );

test.each(['ndjson', 'csv'])('an export as %s is written, recorded and proved', async (format) => {
  const out = room.at(`whole.${format}`);
  const before = (await recorded()).length;
  const made = await room.program('export', '--tenant', 'heron', '--out', out, '--format', format);
  expect([made.code, made.err]).toEqual([0, expect.any(String)]);
  const entries = await recorded();
  expect(entries).toHaveLength(before + 1);
  expect(entries.at(-1)).toEqual({
    admin_user_id: `cli:${userInfo().username}`,
    rows: 1_200 + before,
  });

  const proved = await room.rookery('verify', '--file', out);
  expect([proved.code, proved.out]).toEqual([0, expect.stringContaining('byte by byte')]);
  expect(proved.out).toContain('of tenant heron');
  expect((await room.rookery('verify')).code).toBe(0);
});

test('a folder that is not there is wrong use, and nothing is recorded', async () => {
  const before = (await recorded()).length;
  const out = room.at('nowhere/audit.ndjson');
  const { code, err } = await room.rookery('export', '--tenant', 'heron', '--out', out);
  expect([code, err]).toEqual([2, expect.stringMatching(/nowhere is no folder that can be/)]);
  expect(await recorded()).toHaveLength(before);
});

test('one byte changed, cut or added anywhere is refused, and so is the manifest of another file', async () => {
  const out = room.at('small.ndjson');
  const small = ['--tenant', 'other', '--out', out];
  expect((await room.rookery('export', ...small)).code).toBe(0);
  const bytes = await readFile(out);
  const manifest = await readFile(`${out}.manifest.jws`, 'utf8');
  const changed = room.at('changed.ndjson');
  await writeFile(`${changed}.manifest.jws`, manifest);

  const bent = Buffer.from(bytes);
  const middle = Math.floor(bytes.length / 2);
  bent[middle] = (bent[middle] ?? 0) ^ 1;
  for (const copy of [bent, bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from('\n')])]) {
    await writeFile(changed, copy);
    const { code, out: said } = await room.rookery('verify', '--file', changed);
    expect([code, said]).toEqual([
      1,
      expect.stringContaining('is not the one that the manifest was signed for'),
    ]);
  }
  const other = await room.rookery(
    'verify',
    '--file',
    room.at('whole.ndjson'),
    '--manifest',
    `${out}.manifest.jws`,
  );
  expect([other.code, other.out]).toEqual([1, expect.stringContaining('is not the one')]);

  const [head = '', claims = '', signature = ''] = manifest.split('.');
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
  const forged = Buffer.from(JSON.stringify({ ...said, rows: 4 })).toString('base64url');
  await writeFile(room.at('forged.jws'), [head, forged, signature].join('.'));
  const refused = await room.rookery('verify', '--file', out, '--manifest', room.at('forged.jws'));
  expect([refused.code, refused.out]).toEqual([
    1,
    expect.stringContaining('the signature does not fit'),
  ]);
});

test('a manifest that was signed with a key that is not trusted is refused', async () => {
  const stranger = await openCheckpointRoom();
  await stranger.fire('2026-11-21T01:00:00Z');
  const keys = room.at('stranger.json');
  const [name = ''] = await readdir(join(stranger.place, 'keys'));
  await writeFile(keys, `{"keys":[${await readFile(join(stranger.place, 'keys', name), 'utf8')}]}`);
  await stranger.close();

  const { code, out } = await room.rookery(
    'verify',
    '--file',
    room.at('small.ndjson'),
    '--keys',
    keys,
  );
  expect([code, out]).toEqual([1, expect.stringContaining('believe nothing of it')]);
});

test('a chain that was broken before it was exported is found in the file, offline', async () => {
  await room.write('bent', 5);
  await room.tamper(
    `update olap.admin_audit_log set action = 'x' where tenant_id = 'bent' and seq = 3`,
  );
  const out = room.at('bent.ndjson');
  expect((await room.rookery('export', '--tenant', 'bent', '--out', out)).code).toBe(0);
  const { code, out: said } = await room.rookery('verify', '--file', out);
  expect([code, said]).toEqual([
    1,
    expect.stringContaining('entry 3 has not the hash of what it says'),
  ]);
});

test('what cannot be recorded or is there already leaves no file, and no tenant is made up', async () => {
  const out = room.at('none.ndjson');
  await room.world.admin.script(`
    create function public.full() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
    create trigger full_log before insert on olap.admin_audit_log for each row when (new.action = 'audit_log.exported')
      execute function public.full()`);
  expect((await room.rookery('export', '--tenant', 'heron', '--out', out)).code).toBe(1);
  await room.world.admin.script(`drop trigger full_log on olap.admin_audit_log`);
  for (const path of [out, `${out}.part`, `${out}.manifest.jws`, `${out}.manifest.jws.part`])
    expect(await isThere(path)).toBe(false);

  const unknown = await room.rookery('export', '--tenant', 'nobody', '--out', out);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('tenant-unknown')]);
  const again = await room.rookery('export', '--tenant', 'heron', '--out', room.at('whole.ndjson'));
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('file-exists')]);
});
