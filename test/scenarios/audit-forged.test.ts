import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChainEntry } from '@rookery/warehouse/audit/chain';
import { readChain, type ChainPage } from '@rookery/warehouse/audit/verify.sql';
import { rolledBack } from '../contracts/tables.ts';
import { openWorld, type World } from '../world/world.ts';
import { askOne } from './ask.ts';
import { chainOf, entriesOf, erase, faultsOf, tampered, whole } from './audit-chain-room.ts';

const log = 'olap.admin_audit_log';
const length = 30;
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.ops.script(entriesOf('t', 1, length));
  // What an administrator may write who means to take it back.
  await world.ops
    .script(`insert into ${log} (tenant_id, admin_user_id, action, resource_type, resource_id, notes, user_agent)
    values ('t', 'ann', 'audit_log.read', 'x', 'x', 'paid in full:notes:=paid nothing', 'curl:user_agent:-')`);
  for (const tenant of ['7:a', '7', 'Ü🙂:', '1:x2:y', `it's`, 'U\u0308'])
    await world.ops.script(entriesOf(tenant.replaceAll(`'`, `''`), 1, 3));
});
afterAll(() => world.close());

const after = (sql: string, tenant = 't') =>
  rolledBack(world.admin, async (tx) => {
    await tampered(tx, sql);
    return faultsOf(tx, tenant);
  });
const at = (seq: number) => `where tenant_id = 't' and seq = ${seq}`;
const forged = length + 1;

test('part of a value cannot be moved into its salt, where the commitment would be the same', async () => {
  const moved = `update ${log} set notes = 'paid nothing',
    salts = jsonb_set(salts, '{notes}', to_jsonb((salts->>'notes') || ':notes:=paid in full')) ${at(forged)}`;
  expect(await after(moved)).toEqual({ count: 1, faults: [['changed', forged, 'notes']] });

  const gone = `update ${log} set user_agent = null,
    salts = jsonb_set(salts, '{user_agent}', to_jsonb((salts->>'user_agent') || ':user_agent:=curl')) ${at(forged)}`;
  expect(await after(gone)).toEqual({ count: 1, faults: [['changed', forged, 'user_agent']] });
});

test.each([
  ['commitments', `commitments = commitments || '{"extra": "a note for a friend"}'`],
  ['salts', `salts = salts || '{"extra": "a note for a friend"}'`],
])('nothing is hidden beside the seven %s', async (_, set) => {
  expect(await after(`update ${log} set ${set} ${at(3)}`)).toEqual({
    count: 1,
    faults: [['changed', 3, null]],
  });
});

test('a record of erasures accounts for entries before it only: none gives leave to erase what is to come', async () => {
  const record = `insert into ${log} (tenant_id, admin_user_id, action, resource_type, resource_id, metadata)
    values ('later', 'eve', 'audit_log.erased', 'admin_audit_log', 'later', '{"erased": [[1, 1000000]], "columns": ["notes"]}')`;
  await world.ops.script(entriesOf('later', 1, 3));
  await world.ops.script(record);
  await world.ops.script(entriesOf('later', 6, 9));
  await erase(world, 'later', [1, 2], ['notes'], false);
  expect(await faultsOf(world.ops, 'later')).toEqual(whole);

  await erase(world, 'later', [6, 7], ['notes'], false);
  expect(await faultsOf(world.ops, 'later')).toEqual({
    count: 1,
    faults: [['erased-without-record', 6, 'notes']],
  });
});

test('a twin of the same place and instant is met at the border of a page too', async () => {
  const [found, faults] = await rolledBack(world.admin, async (tx) => {
    await tampered(
      tx,
      `drop index olap.admin_audit_log_chain;
       insert into ${log} select e.* from ${log} l,
         jsonb_populate_record(l, jsonb_build_object('id', l.id + 1000000, 'notes', 'forged')) e where l.tenant_id = 't' and l.seq = 9`,
    );
    const seen: number[] = [];
    let last: ChainPage['after'] = null;
    for (;;) {
      const page: ChainEntry[] = await tx.query(readChain, {
        tenantId: 't',
        after: last,
        limit: 1,
        bytes: 1,
      });
      const one = page[0];
      if (one === undefined) break;
      seen.push(one.seq);
      last = { seq: one.seq, creationTime: one.creation_time, id: one.id };
    }
    return [seen, await faultsOf(tx, 't')] as const;
  });

  expect(found.filter((seq) => seq === 9)).toHaveLength(2);
  expect(faults.faults).toContainEqual(['inserted', 9, null]);
});

test('tenants whose names look like lengths, or alike, have chains of their own', async () => {
  for (const tenant of ['7:a', '7', 'Ü🙂:', '1:x2:y', `it's`, 'U\u0308']) {
    expect([tenant, await faultsOf(world.ops, tenant)]).toEqual([tenant, whole]);
    expect(await chainOf(world.ops, tenant)).toHaveLength(3);
  }
  expect(await chainOf(world.ops, '\u00dc')).toEqual([]);
});

test.each([
  ['the same letter composed otherwise', `notes = normalize(notes, nfd)`, 'notes'],
  ['1.0 for 1.00', `new_values = jsonb_set(new_values, '{rate}', '1.0')`, 'new_values'],
  ['nothing for empty', `user_agent = null`, 'user_agent'],
  [
    'a time later by a microsecond',
    `creation_time = creation_time + interval '1 microsecond'`,
    null,
  ],
])('alike is not equal: %s', async (_, set, column) => {
  const tenant = 'alike';
  const found = await rolledBack(world.admin, async (tx) => {
    await tx.script(`insert into ${log} (tenant_id, admin_user_id, action, resource_type, resource_id, notes, user_agent, new_values)
      values ('${tenant}', 'erased', 'a', 't', 'r', 'Prüfer', '', '{"rate": 1.00, "big": 1e5}')`);
    expect(await faultsOf(tx, tenant)).toEqual(whole);
    await tampered(tx, `update ${log} set ${set} where tenant_id = '${tenant}'`);
    return faultsOf(tx, tenant);
  });

  expect(found).toEqual({ count: 1, faults: [['changed', 1, column]] });
});

test('the settings of a transaction are its own again after an entry that failed', async () => {
  const seen = await world.ops.transaction(
    async (tx) => {
      await tx.script(`do $$ begin
          insert into ${log} (tenant_id, admin_user_id, action, resource_type, resource_id)
          values ('other', 'a', 'audit_log.read', 't', 'r'), ('other', null, 'audit_log.read', 't', 'r');
        exception when not_null_violation then null; end $$`);
      return askOne(tx, `select current_setting('app.tenant_id', true) as tenant`);
    },
    { tenantId: 'mine' },
  );

  expect(seen).toEqual({ tenant: 'mine' });
  expect(await chainOf(world.ops, 'other')).toEqual([]);
});
