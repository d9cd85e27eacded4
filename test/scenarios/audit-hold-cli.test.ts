import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Command } from 'commander';
import { ageingCommand } from '../../packages/cli/commands/audit-ageing.ts';
import { holdCommand } from '../../packages/cli/commands/audit-hold.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import { entriesOf, erasedOf, faultsOf } from './audit-ageing-room.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  vi.stubEnv('DATABASE_URL_OPS', world.url('rookery_ops'));
  vi.stubEnv('DATABASE_PROXY_PORT', String(world.proxyPort));
  // Months ago by the clock, which the command reads.
  await world.admin.script(`
    select olap.ensure_partitions(current_date - 100, current_date);
    insert into olap.admin_audit_log (creation_time, tenant_id, admin_user_id, action, resource_type, resource_id, ip_address,
      data_classification, retention_category)
    select now() - interval '60 days' + n * interval '1 day', 'acme', 'ann', 'role.granted', 'user', 'r' || n, '192.0.2.1',
      'internal', 'security' from generate_series(1, 10) n`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world.close();
});

const call = async (command: Command, ...words: readonly string[]) => {
  const out: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const before = process.exitCode;
  try {
    await command.parseAsync(words, { from: 'user' });
    return { code: Number(process.exitCode), json: JSON.parse(out.join('\n')) };
  } finally {
    process.exitCode = before;
    log.mockRestore();
    error.mockRestore();
  }
};
const day = (ago: number): string =>
  new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

test('a hold is placed, listed and released from the command line; a dry run says what would be erased and what is held, and changes nothing', async () => {
  const table = ['--tenant', 'acme', '--table', 'admin_audit_log'];
  const held = [...table, '--from', day(56), '--until', day(52)];
  const placed = await call(holdCommand, 'place', ...held, '--reason', 'case 9', '--json');
  const listed = await call(holdCommand, 'list', '--json');
  const before = await entriesOf(world, 'acme');
  const plan = await call(ageingCommand, '--dry-run', '--json');
  const after = await entriesOf(world, 'acme');
  const aged = await call(ageingCommand, '--json');
  const middle = await entriesOf(world, 'acme');
  const released = await call(
    holdCommand,
    'release',
    String(placed.json.id),
    '--tenant',
    'acme',
    '--reason',
    'settled',
    '--json',
  );
  const again = await call(
    holdCommand,
    'release',
    String(placed.json.id),
    '--tenant',
    'acme',
    '--reason',
    'settled',
    '--json',
  );

  expect([placed.code, listed.code, released.code, again.code]).toEqual([0, 0, 0, 3]);
  expect(listed.json.holds).toEqual([placed.json]);
  expect(again.json.error).toMatchObject({ code: 'conflict' });
  expect(plan.json.due).toMatchObject([
    { tenant_id: 'acme', reason: 'personal', held: false, entries: 6 },
    { tenant_id: 'acme', reason: 'personal', held: true, entries: 4 },
  ]);
  expect(after).toEqual(before);
  expect(aged.json.aged).toMatchObject([{ tenant: 'acme', entries: 6 }]);
  expect(middle.filter((one) => erasedOf(one).length > 0)).toHaveLength(6);
  const deeds = await ask(
    world.admin,
    `select action from olap.admin_audit_log where tenant_id = 'acme' and action <> 'role.granted' order by seq`,
  );
  expect(deeds).toEqual(
    ['legal_hold.placed', 'audit_log.erased', 'legal_hold.released'].map((action) => ({ action })),
  );
  expect(await faultsOf(world, 'acme')).toEqual([]);
});

test('a tenant that nobody knows is refused: a hold under a wrong name would keep nothing', async () => {
  const wish = ['--table', 'admin_audit_log', '--from', day(56), '--reason', 'case 9'];
  const { code, json } = await call(holdCommand, 'place', '--tenant', 'acne', ...wish, '--json');
  expect([code, json.error]).toEqual([2, expect.objectContaining({ code: 'tenant-unknown' })]);
  expect(json.error.message).toContain('there are acme');
});
