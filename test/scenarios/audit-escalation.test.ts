import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '@rookery/db/fault';
import { rolledBack } from '../contracts/tables.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';
import { faultsOf, whole } from './audit-chain-room.ts';

let world: World;
let copied: string;
beforeAll(async () => {
  world = await openWorld();
  copied = join(tmpdir(), `rookery-copied-${world.database}`);
});
afterAll(async () => {
  await rm(copied, { force: true });
  await world.close();
});

const roles = ['rookery_etl', 'rookery_api', 'rookery_ingest', 'rookery_ops'] as const;
const columns = `event_id, time, tenant_id, user_id, user_email, user_role, action_type, resource_type, resource_id, description,
  outcome, ip_address, severity`;
const deed = (
  id: string,
  tenant: string,
) => `select '${id}', now(), '${tenant}', 'ann', 'ann@x.example', 'owner',
  'update'::monitoring.audit_action_type, 'role-assignment', 'bob', 'd', 'success', '192.0.2.1'::inet, 'info'::monitoring.severity_level`;
const key = (id: string, tenant: string) =>
  `insert into monitoring.audit_event_key (tenant_id, event_id, time) values ('${tenant}', '${id}', now())`;
const written = (...pairs: readonly (readonly [id: string, tenant: string])[]) => `
  ${pairs.map(([id, tenant]) => key(id, tenant)).join('; ')};
  insert into monitoring.tb_audit_event (${columns}) ${pairs.map(([id, tenant]) => deed(id, tenant)).join(' union all ')}`;

// What a role is told as whom it must be bound: 42501 is refused, null is accepted.
const outcome = (role: string, text: string): Promise<string | null> =>
  rolledBack(world.admin, async (tx) => {
    await tx.script(
      `create temp table mine (like olap.admin_audit_log); grant all on mine to public;
       set local app.tenant_id = 't'; set local app.role = 'operator'; set local role ${role}`,
    );
    try {
      await tx.script(text);
      return null;
    } catch (error) {
      return codeOf(error) ?? 'none';
    }
  });

test.each(roles)(
  '%s neither calls the functions that write as the owner nor hangs them onto a table of its own',
  async (role) => {
    for (const name of [
      'olap.chain_audit_entry',
      'olap.promote_audit_events',
      'olap.refuse_held_erasure',
      'olap.check_audit_erasure',
    ]) {
      expect(await outcome(role, `select ${name}()`)).toBe('42501');
      const mine = `create temp table own (like olap.admin_audit_log);
        create trigger t before insert on own for each row execute function ${name}()`;
      expect(await outcome(role, mine)).toBe('42501');
    }
    for (const call of [
      `olap.ensure_audit_partitions(now(), now())`,
      `olap.guard_audit_partition('x')`,
      `olap.payload_field('{}')`,
      `monitoring.ensure_stream_partitions(now(), now(), null)`,
    ])
      expect([call, await outcome(role, `select ${call}`)]).toEqual([call, '42501']);
  },
);

test('tables and functions of the caller do not stand in for those that a promotion reads', async () => {
  await world.admin.transaction(
    async (tx) => {
      await tx.script(`create temp table written (like monitoring.tb_audit_event);
        create temp table audit_action (like olap.audit_action); create temp table audit_chain (like olap.audit_chain);
        create function pg_temp.sha256(bytea) returns bytea language sql as $$ select 'x'::bytea $$;
        create function pg_temp.to_char(timestamp, text) returns text language sql as $$ select 'x' $$;
        set local search_path = pg_temp, pg_catalog`);
      await tx.script(written(['shadow-1', 's']));
    },
    { tenantId: 's' },
  );

  expect(await faultsOf(world.ops, 's')).toEqual(whole);
  expect(
    await ask(world.ops, `select action from olap.admin_audit_log where tenant_id = 's'`),
  ).toEqual([{ action: 'role.changed' }]);
});

test('whoever writes audit events, one by one, by many tenants at once or by COPY, promotes them, and is nobody else after it', async () => {
  const seen = await world.admin.transaction(
    async (tx) => {
      await tx.script(written(['m-1', 'z'], ['m-2', 'a'], ['m-3', 'm']));
      await tx.script(`${key('m-4', 'k')}; do $$ begin insert into monitoring.tb_audit_event (${columns}, after_data)
          select d.*, '{"body": 1}' from (${deed('m-4', 'k')}) d; exception when check_violation then null; end $$`);
      await tx.script(`${key('c-1', 'copied')}; copy (${deed('c-1', 'copied')}) to '${copied}'`);
      await tx.script(`copy monitoring.tb_audit_event (${columns}) from '${copied}'`);
      return askOne(tx, `select current_setting('app.tenant_id', true) as tenant`);
    },
    { tenantId: 'caller' },
  );

  expect(seen).toEqual({ tenant: 'caller' });
  for (const tenant of ['z', 'a', 'm', 'copied']) {
    expect([tenant, await faultsOf(world.ops, tenant)]).toEqual([tenant, whole]);
    expect(
      await askOne(
        world.ops,
        `select count(*) as entries from olap.admin_audit_log where tenant_id = '${tenant}'`,
      ),
    ).toEqual({ entries: 1 });
  }
  expect(await ask(world.ops, `select seq from olap.audit_chain where tenant_id = 'k'`)).toEqual(
    [],
  );
});

test('eight writers of tenants in opposite orders, with audit events and reads mixed, lose nothing and leave whole chains', async () => {
  const tenants = ['d1', 'd2', 'd3'];
  const write = (nth: number) =>
    world.admin.transaction(async (tx) => {
      const order = nth % 2 === 0 ? tenants : tenants.toReversed();
      await tx.script(written(...order.map((t) => [`e-${nth}-${t}`, t] as const)));
    });
  const read = (nth: number) => {
    const tenantId = tenants[nth % 3]!;
    return world.api.transaction(
      (tx) =>
        tx.script(`insert into olap.admin_audit_log (tenant_id, admin_user_id, action, resource_type, resource_id)
          values ('${tenantId}', 'r', 'audit_log.read', 't', 'r')`),
      { tenantId, role: 'auditor' },
    );
  };

  await Promise.all(
    Array.from({ length: 48 }, (_, nth) => (nth % 4 === 3 ? read(nth) : write(nth))),
  );

  for (const tenant of tenants) expect(await faultsOf(world.ops, tenant)).toEqual(whole);
  expect(
    await askOne(
      world.ops,
      `select count(*) as entries from olap.admin_audit_log where tenant_id like 'd_'`,
    ),
  ).toEqual({ entries: 36 * 3 + 12 });
});
