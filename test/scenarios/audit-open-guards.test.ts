import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGuards } from '@rookery/warehouse/audit/guards.sql';
import { rolledBack } from '../contracts/tables.ts';
import { openWorld, type World } from '../world/world.ts';
import { entriesOf } from './audit-chain-room.ts';

let world: World;
let partition: string;
beforeAll(async () => {
  world = await openWorld();
  await world.ops.script(entriesOf('t', 1, 1));
  await world.admin.script(`select olap.ensure_partitions('2031-01-01', '2031-01-31')`);
  partition = 'admin_audit_log_2031_01';
});
afterAll(() => world.close());

const open = (text: string): Promise<string[]> =>
  rolledBack(world.admin, async (tx) => {
    await tx.script(text);
    return (await tx.query(openGuards, null)).map(({ fault }) => fault);
  });

test('nothing is open in a database as it was migrated, with partitions made later', async () => {
  expect((await world.ops.query(openGuards, null)).map(({ fault }) => fault)).toEqual([]);
});

test.each([
  [
    'alter table olap.admin_audit_log disable trigger append_only',
    'trigger append_only of admin_audit_log is off',
  ],
  [
    'alter table monitoring.tb_audit_event disable trigger promote',
    'trigger promote of tb_audit_event is off',
  ],
  ['drop trigger held on olap.admin_audit_log', 'trigger held of admin_audit_log is missing'],
  [
    'drop index olap.admin_audit_log_chain',
    'the index admin_audit_log_chain is missing or not valid',
  ],
  [
    'alter table olap.admin_audit_log no force row level security',
    'row security of admin_audit_log does not bind its owner',
  ],
])('%s is told of', async (text, fault) => {
  expect(await open(text)).toEqual([fault]);
});

test('what was done to one partition is told of, whichever way', async () => {
  expect(await open(`alter table olap.${partition} disable trigger all`)).toEqual(
    ['append_only', 'brought', 'chain', 'erase_only', 'record_stays', 'unlisted'].map(
      (name) => `trigger ${name} of ${partition} is off`,
    ),
  );
  expect(await open(`alter table olap.admin_audit_log detach partition olap.${partition}`)).toEqual(
    [`${partition} is detached: its entries are in no chain`],
  );
  expect(
    await open(
      `alter role rookery_ops in database ${world.database} set session_replication_role = replica`,
    ),
  ).toEqual([
    `session_replication_role is set for rookery_ops in ${world.database}: triggers do not fire there`,
  ]);
});
