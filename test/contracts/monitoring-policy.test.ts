import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../world/world.ts';
import { outcome } from './monitoring-rows.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const policy = (table: string, days: number, archive = false): Promise<string> =>
  outcome(
    world.ops,
    `insert into monitoring.retention_policy (tenant_id, table_name, keep_days, archive)
     values ('ant', '${table}', ${days}, ${archive})`,
  );

test('a tenant keeps audit events for one to seven years, and never without an archive', async () => {
  expect(await policy('tb_audit_event', 366, true)).toBe('accepted');
  expect(await policy('tb_audit_event', 2557, true)).toBe('accepted');
  expect(await policy('tb_audit_event', 365, true)).toContain(
    'may be kept 366 to 2557 days, not 365',
  );
  expect(await policy('tb_audit_event', 2558, true)).toContain(
    'may be kept 366 to 2557 days, not 2558',
  );
  expect(await policy('tb_audit_event', 366)).toContain('a tenant cannot do without');
});

test('a tenant keeps raw metrics for 7 to 90 days, and what has no range as long as it likes', async () => {
  expect(await policy('tb_performance_metric', 90)).toBe('accepted');
  expect(await policy('tb_performance_metric', 91)).toContain('may be kept 7 to 90 days, not 91');
  expect(await policy('tb_performance_metric', 6)).toContain('not 6');
  expect(await policy('tb_health_check_log', 36_500)).toBe('accepted');
});

test('a policy that was in its range cannot be changed out of it', async () => {
  await world.ops.script(
    `insert into monitoring.retention_policy (tenant_id, table_name, keep_days, archive) values ('bee', 'tb_audit_event', 400, true)`,
  );
  const changed = await outcome(
    world.ops,
    `update monitoring.retention_policy set keep_days = 30 where tenant_id = 'bee'`,
  );
  expect(changed).toContain('23514');
});
