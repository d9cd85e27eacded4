import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { publishKey } from '@rookery/lambda/checkpoint-keys';
import { ensureSignKey, signerFor } from '@rookery/lambda/sign';
import { runCheckpoint } from '@rookery/warehouse/audit/checkpoint-run';
import { keysOf, openerOf, shelfOf } from '../../packages/cli/audit-keys.ts';
import { auditChecks } from '../../packages/cli/doctor-audit.ts';
import { queueCheck, telemetryChecks } from '../../packages/cli/doctor-telemetry.ts';
import type { Check } from '../../packages/cli/check.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World;
let data: string;
beforeAll(async () => {
  world = await openWorld();
  data = await mkdtemp(join(tmpdir(), 'rookery-doctor-'));
});
afterEach(() => rm(join(data, 'checkpoints'), { recursive: true, force: true }));
afterAll(async () => {
  await rm(data, { recursive: true });
  await world.close();
});

const place = () =>
  ({ db: () => world.ops, url: () => world.url('rookery_ops'), from: 'runtime' }) as const;
const told = (checks: readonly Check[]): Record<string, string> =>
  Object.fromEntries(checks.map(({ check, verdict, found }) => [check, `${verdict}: ${found}`]));
const events = async (env = {}) => told(await telemetryChecks(place(), env));
const audit = async () => told(await auditChecks(place(), { data }));

const write = (tenant: string): Promise<void> =>
  world.admin
    .script(`insert into olap.admin_audit_log (tenant_id, admin_user_id, action, resource_type, resource_id)
    values ('${tenant}', 'ann', 'audit_log.read', 'admin_audit_log', 'r')`);

// As the schedule does, at an hour of its own.
const checkpoint = async (at: Date): Promise<void> => {
  const keyFile = join(data, 'sign.key');
  await ensureSignKey(keyFile);
  const signer = signerFor(`file:${keyFile}`);
  const shelf = shelfOf(join(data, 'checkpoints'));
  await publishKey(shelf, await signer.publicKey());
  const sign = (text: object): Promise<string> => signer.sign('rookery-checkpoint', text);
  const open = openerOf(await keysOf({ data }, shelf));
  await runCheckpoint({ db: world.ops, shelf, sign, open }, at, () => at);
};
const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

test('events that were rejected in the last day are told, older ones are not', async () => {
  expect((await events())['events']).toBe('ok: none rejected in a day');
  await world.admin.script(`
    insert into monitoring.rejected_event (tenant_id, id, code, event, door, reason, received_at, rejected_at)
    select 'ant', gen_random_uuid(), 'time-invalid', 'e', 'bus', 'r', now(), now() - interval '25 hours' from generate_series(1, 9);
    insert into monitoring.rejected_event (tenant_id, id, code, event, door, reason, received_at)
    select t, gen_random_uuid(), c, 'e', 'http', 'r', now()
    from unnest(array['ant', 'bee']) t, unnest(array['event-unknown', 'event-unknown', 'id-invalid']) c`);

  expect((await events())['events']).toBe(
    'warn: 6 events of 2 tenants rejected in a day, most as event-unknown',
  );
});

const counted = (days: number): Promise<void> =>
  world.admin.script(`insert into olap.external_daily (tenant_id, day, metric, value, source)
    values ('ant', current_date - ${days}, 'plan_upgrades', 1, 'posthog')`);
const external = async (env: object) => (await events(env))['external aggregates'];

test('external aggregates that are on say which of their settings is missing, and up to when they were read', async () => {
  const on = { EXTERNAL_AGGREGATES: 'on', POSTHOG_HOST: 'https://eu.posthog.com' };
  const all = { ...on, POSTHOG_PROJECT_ID: '1', POSTHOG_QUERY_KEY: 'phx' };
  expect(await external({})).toBe('ok: off');
  expect(await external(on)).toBe('fail: on, but without POSTHOG_PROJECT_ID, POSTHOG_QUERY_KEY');
  expect(await external(all)).toBe('warn: on, and nothing was read yet');
  await counted(9);
  expect(await external(all)).toMatch(/^warn: on, read until /);
  await counted(1);
  expect(await external(all)).toMatch(/^ok: on, read until /);
});

test('checkpoints that are missing, late or of a chain that was cut are told apart', async () => {
  expect(await audit()).toEqual({
    audit: 'ok: nothing is in it yet',
    'audit guards': 'ok: every trigger and policy is there',
  });
  for (const tenant of ['ant', 'bee', 'ant']) await write(tenant);
  expect((await audit())['audit']).toMatch(/^warn: no checkpoint at .*; 2 chains moved since$/);
  await checkpoint(hoursAgo(4));
  expect((await audit())['audit']).toMatch(/^warn: signed at .* UTC; 0 chains moved since$/);
  await checkpoint(hoursAgo(1));
  await write('bee');
  expect((await audit())['audit']).toMatch(/^ok: signed at .* UTC; 1 chain moved since$/);

  await world.admin.script(`update olap.audit_chain set seq = 1 where tenant_id = 'ant'`);
  expect((await audit())['audit']).toBe(
    'fail: ant: the chain ends at entry 1, but 2 was signed: its tail was cut',
  );
});

test('a trigger that somebody took away is named', async () => {
  await world.admin.script(
    'alter table olap.admin_audit_log disable trigger append_only; alter table monitoring.tb_audit_event disable trigger promote',
  );
  expect((await audit())['audit guards']).toMatch(/^fail: trigger append_only of .* is off; and/);
});

const queued = (waiting: number, dead: number) =>
  told([queueCheck({ queue: 'siem', waiting, dead })])['queue siem'];

test('a queue with dead letters and one that is behind are told', () => {
  expect(queued(999, 0)).toBe('ok: 999 waiting, no dead letter');
  expect(queued(1_000, 0)).toBe('warn: 1,000 waiting: it is behind');
  expect(queued(3, 2)).toBe('warn: 3 waiting, 2 dead letters');
  const { advice } = queueCheck({ queue: 'events', waiting: 0, dead: 1 });
  expect(advice).toContain('telemetry rejected');
});
