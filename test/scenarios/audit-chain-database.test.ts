import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChainCheckpoint } from '@rookery/warehouse/audit/verify';
import { verifyAudit } from '@rookery/warehouse/audit/verify';
import { rolledBack } from '../contracts/tables.ts';
import { openWorld, type World } from '../world/world.ts';
import { chainOf, entriesOf, faultsOf, tampered, whole } from './audit-chain-room.ts';

// Whoever may stop triggers can change anything: here is what the verification makes of it.
const length = 60;
let world: World;
let checkpoint: ChainCheckpoint;
beforeAll(async () => {
  world = await openWorld();
  for (const tenant of ['t', 'u']) await world.ops.script(entriesOf(tenant, 1, length));
  const { hash } = (await chainOf(world.ops, 't')).at(-1)!;
  checkpoint = { tenantId: 't', seq: length, hash, at: '2026-11-21T00:00:00Z' };
});
afterAll(() => world.close());

const after = (text: string, checkpoints: readonly ChainCheckpoint[] = []) =>
  rolledBack(world.admin, async (tx) => {
    await tampered(tx, text);
    return faultsOf(tx, 't', checkpoints);
  });

const log = 'olap.admin_audit_log';
const at = (seq: number) => `tenant_id = 't' and seq = ${seq}`;
const one = (kind: string, seq: number, column: string | null = null) => ({
  count: 1,
  faults: [[kind, seq, column]],
});

// Writes an entry and all after it anew, consistently and with the functions of the database itself.
const rewrite = (from: number, to: number) => `
  do $$ declare e ${log}; head text; seal record; begin
    select prev_hash into head from ${log} where ${at(from)};
    for e in select * from ${log} where tenant_id = 't' and seq between ${from} and ${to} order by seq loop
      seal := olap.seal_audit_entry(array[head, e.seq::text, e.tenant_id, e.id::text,
        to_char(e.creation_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.action, e.resource_type,
        e.resource_id, coalesce(e.data_classification, ''), coalesce(e.retention_category, '')],
        array[e.admin_user_id, e.ip_address, e.user_agent, 'forged', e.old_values::text, e.new_values::text,
        e.metadata::text]);
      update ${log} set prev_hash = head, notes = 'forged', hash = seal.hash, salts = seal.salts,
        commitments = seal.commitments where tenant_id = 't' and seq = e.seq;
      head := seal.hash;
    end loop;
  end $$;`;
const headAgain = `update olap.audit_chain c set (seq, hash) =
  (select seq, hash from ${log} where tenant_id = 't' order by seq desc limit 1) where tenant_id = 't'`;

const twin = (seq: number, from: number, later: string) => `
  insert into ${log} select e.* from ${log} l, jsonb_populate_record(l, jsonb_build_object('id', l.id + 1000000,
    'seq', ${seq}, 'notes', 'forged', 'creation_time', l.creation_time + interval '${later}')) e
    where l.tenant_id = 't' and l.seq = ${from}`;

const swap = (a: number, b: number) =>
  `update ${log} set seq = case seq when ${a} then ${b} else ${a} end where tenant_id = 't' and seq in (${a}, ${b})`;

test('nothing is found before anybody touches it', async () => {
  expect(await after('')).toEqual(whole);
});

test.each([
  ['notes', `notes = 'x'`, 'notes'],
  [
    'a number of the same value',
    `old_values = jsonb_set(old_values, '{rate}', '1.0')`,
    'old_values',
  ],
  [
    'no value for null of JSON',
    `new_values = case when new_values <> 'null' then '1' end::jsonb`,
    'new_values',
  ],
  ['a value in place of none', `user_agent = coalesce(user_agent, '') || 'x'`, 'user_agent'],
  ['who did it', `admin_user_id = 'eve'`, 'admin_user_id'],
  ['what was done', `action = 'role.read'`, null],
  ['when, by a microsecond', `creation_time = creation_time + interval '1 microsecond'`, null],
  ['its number', `id = id + 1000000`, null],
  ['its hash', `hash = repeat('a', 64)`, 'hash'],
  ['the hash before it', `prev_hash = repeat('a', 64)`, 'prev_hash'],
])('an edit of %s is located', async (_, set, column) => {
  for (const seq of [1, 29, length - 2])
    expect([seq, await after(`update ${log} set ${set} where ${at(seq)}`)]).toEqual([
      seq,
      one('changed', seq, column),
    ]);
});

test('a deletion, a cut tail, a stretch that is gone', async () => {
  expect(await after(`delete from ${log} where ${at(30)}`)).toEqual(one('missing', 30));
  expect(await after(`delete from ${log} where tenant_id = 't' and seq > 50`)).toEqual(
    one('cut-tail', 51),
  );
  expect(await after(`delete from ${log} where tenant_id = 't' and seq < 5`)).toEqual(
    one('missing', 1),
  );
  expect(await after(`delete from ${log} where tenant_id = 't'`)).toEqual(one('cut-tail', 1));
});

test('a forged twin, one beyond the end, one before the first', async () => {
  for (const seq of [1, 30, length])
    for (const later of ['1 second', '-1 second'])
      expect([seq, await after(twin(seq, seq, later))]).toEqual([seq, one('inserted', seq)]);
  expect(await after(twin(length + 1, length, '1 second'))).toEqual(one('inserted', length + 1));
  expect(await after(twin(0, 1, '1 second'))).toEqual(one('inserted', 0));
});

test('an entry moved to another tenant is missing in one chain and too many in the other', async () => {
  const found = await rolledBack(world.admin, async (tx) => {
    await tampered(tx, `update ${log} set tenant_id = 'u' where ${at(30)}`);
    return verifyAudit(tx, { tenantIds: null, checkpoints: [] });
  });

  expect(found.map(({ faults }) => faults.map(({ kind, seq }) => [kind, seq]))).toEqual([
    [['missing', 30]],
    [['inserted', 30]],
  ]);
});

test('entries that changed places', async () => {
  for (const [a, b] of [
    [10, 40],
    [10, 11],
    [1, length],
  ] as const)
    expect(await after(swap(a, b))).toEqual({
      count: 2,
      faults: [
        ['reordered', a, null],
        ['reordered', b, null],
      ],
    });
});

test('a head that is gone, goes back or says another hash', async () => {
  const head = 'olap.audit_chain';
  expect(await after(`delete from ${head} where tenant_id = 't'`)).toEqual(
    one('head-mismatch', length),
  );
  expect(await after(`update ${head} set hash = repeat('a', 64) where tenant_id = 't'`)).toEqual(
    one('head-mismatch', length),
  );
  expect(await after(`update ${head} set seq = ${length - 1} where tenant_id = 't'`)).toMatchObject(
    {
      faults: expect.arrayContaining([['inserted', length, null]]),
    },
  );
});

test('one entry in the place of another, that fits in itself: the next one tells', async () => {
  expect(await after(rewrite(30, 30))).toEqual(one('changed', 30));
  expect(await after(rewrite(length, length))).toEqual(one('head-mismatch', length));
});

test('all written anew from an entry on, or a tail cut with the head: only a checkpoint tells', async () => {
  const cut = `delete from ${log} where tenant_id = 't' and seq > 50; ${headAgain}`;
  const anew = `${rewrite(30, length)} ${headAgain}`;

  expect(await after(cut)).toEqual(whole);
  expect(await after(cut, [checkpoint])).toEqual(one('cut-tail', 51));
  expect(await after(anew)).toEqual(whole);
  expect(await after(anew, [checkpoint])).toEqual(one('checkpoint-mismatch', length));
});

test('a whole chain that is gone with its head: only a checkpoint knows its tenant', async () => {
  const found = await rolledBack(world.admin, async (tx) => {
    await tampered(
      tx,
      `delete from ${log} where tenant_id = 't'; delete from olap.audit_chain where tenant_id = 't'`,
    );
    return verifyAudit(tx, { tenantIds: null, checkpoints: [checkpoint] });
  });

  expect(found).toMatchObject([
    { tenantId: 'u', faultCount: 0 },
    { tenantId: 't', entries: 0, faults: [{ kind: 'cut-tail', seq: 1, to: length }] },
  ]);
});
