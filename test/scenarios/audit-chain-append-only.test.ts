import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '@rookery/db/fault';
import type { Session } from '@rookery/db/pool';
import { rolledBack } from '../contracts/tables.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';
import { entriesOf, faultsOf, whole } from './audit-chain-room.ts';

let world: World;
let partition: string;
beforeAll(async () => {
  world = await openWorld();
  await world.ops.script(entriesOf('t', 1, 40));
  await world.admin.script(`select olap.ensure_partitions('2031-01-01', '2031-01-31')`);
  const { name } = await askOne<{ name: string }>(
    world.admin,
    `select tableoid::regclass as name from olap.admin_audit_log where seq = 40`,
  );
  partition = name;
});
afterAll(() => world.close());

const log = 'olap.admin_audit_log';
const columns = 'tenant_id, creation_time, admin_user_id, action, resource_type, resource_id';
const roles = [
  'rookery_etl',
  'rookery_api',
  'rookery_ingest',
  'rookery_ops',
  'rookery_owner',
  'postgres',
];

// The code with which a role is refused, or accepted; whatever it did is undone.
const outcome = (role: string, text: string): Promise<string> =>
  rolledBack(world.admin, async (tx: Session) => {
    await tx.script(
      `set local app.tenant_id = 't'; set local app.role = 'operator'; set local role ${role}`,
    );
    try {
      await tx.script(text);
      return 'accepted';
    } catch (error) {
      return codeOf(error) ?? 'no code';
    }
  });

const all = async (): Promise<string> =>
  JSON.stringify(await ask(world.admin, `select l from ${log} l order by tenant_id, seq`));

const merge = (then: string) =>
  `merge into ${log} l using (select 1) one on l.tenant_id = 't' when matched then ${then}`;

test.each(roles)('%s changes, deletes and empties nothing, by whatever command', async (role) => {
  const before = await all();
  const later = 'olap.admin_audit_log_2031_01';
  for (const text of [
    `update ${log} set notes = 'x'`,
    `update ${partition} set notes = null, salts = salts - 'notes'`,
    `delete from ${log}`,
    `delete from ${log} where false`,
    `delete from only ${partition}`,
    `truncate ${log}`,
    `truncate ${partition}`,
    `truncate olap.audit_chain, ${log} cascade`,
    `delete from ${later}`,
    `truncate ${later}`,
    merge('delete'),
    merge(`update set notes = 'x'`),
    `update ${log} set tenant_id = 'u'`,
    `update ${log} set creation_time = creation_time - interval '1 month'`,
    `copy ${log} from program 'true' where false; delete from ${log}`,
    `with gone as (delete from ${log} returning 1) select from gone`,
  ])
    expect([text, await outcome(role, text)]).toEqual([text, '42501']);
  expect(await all()).toBe(before);
});

test.each(roles.slice(0, 4))(
  '%s may not touch the head, the partitions or the triggers',
  async (role) => {
    for (const text of [
      `update olap.audit_chain set seq = 1`,
      `delete from olap.audit_chain`,
      `insert into olap.audit_chain (tenant_id, seq, hash) values ('t2', 0, repeat('0', 64))`,
      `alter table ${log} disable trigger all`,
      `alter table ${log} detach partition ${partition}`,
      `alter table ${partition} no inherit ${log}`,
      `drop table ${partition}`,
      `drop trigger chain on ${log}`,
      `create rule quiet as on insert to ${log} do instead nothing`,
      `create trigger mine before insert on ${log} for each row execute function olap.refuse_audit_change()`,
      `set session_replication_role = replica`,
      `alter function olap.chain_audit_entry() rename to x`,
      `select olap.seal_audit_entry('{}', '{}')`,
    ])
      expect([text, await outcome(role, text)]).toEqual([text, '42501']);
  },
);

test('on conflict do update never meets an entry: it appends, or is refused', async () => {
  const upsert = `insert into ${log} (id, ${columns}) select id, ${columns} from ${log} where tenant_id = 't' and seq = 1
    on conflict (creation_time, id) do update set notes = 'x'`;

  for (const role of ['rookery_api', 'rookery_owner'])
    expect([role, await outcome(role, upsert)]).toEqual([role, '42501']);
  await world.ops.script(upsert);
  await world.admin.script(upsert);

  expect(await askOne(world.ops, `select count(*) as n from ${log} where tenant_id = 't'`)).toEqual(
    {
      n: 42,
    },
  );
  expect(await faultsOf(world.ops, 't')).toEqual(whole);
});

test('a partition that its owner detaches stays closed, and the chain misses it', async () => {
  const found = await rolledBack(world.admin, async (tx) => {
    await tx.script(
      `set local role rookery_owner; alter table ${log} detach partition ${partition}`,
    );
    for (const text of [`delete from ${partition}`, `truncate ${partition}`]) {
      await tx.script('savepoint s');
      await expect(tx.script(text)).rejects.toMatchObject({ code: '42501' });
      await tx.script('rollback to s');
    }
    await tx.script('set local role postgres');
    return faultsOf(tx, 't');
  });

  expect(found.count).toBeGreaterThan(0);
});

test('COPY appends like any other writer, into a partition too', async () => {
  const line = `printf 'direct\\t%s\\tann\\ta\\tt\\tr\\n' "$(date -u +%Y-%m-%dT00:00:00Z)"`;
  for (const table of [
    log,
    `olap.admin_audit_log_${new Date().toISOString().slice(0, 7).replace('-', '_')}`,
  ])
    await world.admin.script(`copy ${table} (${columns}) from program $$${line}$$`);

  expect(
    await askOne(world.ops, `select count(*) as n from ${log} where tenant_id = 'direct'`),
  ).toEqual({ n: 2 });
  expect(await faultsOf(world.ops, 'direct')).toEqual(whole);
});
