import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '@rookery/db/fault';
import { openWorld, type World } from '../world/world.ts';
import { counted } from './monitoring-rows.ts';
import { rolledBack } from './tables.ts';

let world: World;
// One event of each of two tenants, among those of today and in the archive.
beforeAll(async () => {
  world = await openWorld();
  await world.admin.script(`
    insert into monitoring.audit_event_key (tenant_id, event_id, time) select t, 'e', now() from unnest('{left,right}'::text[]) t;
    insert into monitoring.tb_audit_event (tenant_id, time, event_id, user_id, user_email, user_role, action_type,
      resource_type, description, ip_address)
    select tenant_id, time, event_id, 'u', 'u@a.example', 'admin', 'read', 'thing', 'd', '192.0.2.1'
    from monitoring.audit_event_key;
    insert into monitoring.tb_audit_event_archive select * from monitoring.tb_audit_event`);
});
afterAll(() => world.close());

describe.each(['tb_audit_event', 'tb_audit_event_archive'])('%s', (table) => {
  test.each([
    ['tenant-admin', 1],
    ['operator', 1],
    ['auditor', 1],
    ['tenant-member', 0],
    ['', 0],
    [undefined, 0],
  ])('is read by the API for the role %s: %d row of its own tenant', async (role, rows) => {
    const scope = { tenantId: 'left', ...(role === undefined ? {} : { role }) };
    const seen = await world.api.transaction(
      (tx) => tx.query(counted(`select count(*) as rows from monitoring.${table}`), null),
      scope,
    );
    expect(seen).toEqual([{ rows }]);
  });
});

const write = async (role: string, text: string): Promise<string> => {
  try {
    await rolledBack(world.api, (tx) => tx.script(text), { tenantId: 'left', role });
    return 'accepted';
  } catch (error) {
    return codeOf(error) ?? 'unknown';
  }
};

test('the API writes audit events for every role, and reads back what it wrote for those who may', async () => {
  const event = `insert into monitoring.audit_event_key (tenant_id, event_id, time) values ('left', 'new', now());
    insert into monitoring.tb_audit_event (tenant_id, time, event_id, user_id, user_email, user_role, action_type,
      resource_type, description, ip_address)
    values ('left', now(), 'new', 'u', 'u@left.example', 'admin', 'update', 'thing', 'd', '192.0.2.1')`;
  for (const role of ['tenant-admin', 'operator', 'auditor', 'tenant-member'])
    expect([role, await write(role, event)]).toEqual([role, 'accepted']);
  expect(await write('tenant-admin', `${event} returning event_id`)).toBe('accepted');
  expect(await write('tenant-member', `${event} returning event_id`)).toBe('42501');
});
