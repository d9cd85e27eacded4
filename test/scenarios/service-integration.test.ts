import { afterAll, beforeAll, expect, test } from 'vitest';
import { recountIntegrations } from '@rookery/monitoring/integrations/recount';
import type { World } from '../world/world.ts';
import { ask } from './ask.ts';
import { addServices, at, bad, found, minute, note, openServiceWorld } from './service-room.ts';

let world: World;
beforeAll(async () => {
  world = await openServiceWorld();
  await world.admin.script(
    `select monitoring.ensure_partitions(now() - interval '2 days', now() + interval '2 days', 'tb_integration_event')`,
  );
});
afterAll(() => world.close());

const types = [
  'payment-gateway',
  'email-service',
  'cloud-storage',
  'auth-provider',
  'analytics',
  'erp-system',
  'sms-service',
  'webhook',
];

test('all eight types of integrations get their success rate, response time and what is left from checks, each counted once', async () => {
  for (const type of types) {
    await world.admin
      .script(`insert into monitoring.tb_integration_health (tenant_id, id, name, integration_type, configured_at)
      values ('t', '${type}', '${type}', '${type}', now())`);
    await addServices(world, { id: `s-${type}`, integration_id: type });
  }
  const start = -30 * minute;
  for (let n = 0; n < 10; n += 1) {
    const slot = at(start + n * minute);
    const left = { rate_limit: { quota: 100, remaining: 90 - n, reset: 60 } };
    const make = (type: string, place: number) =>
      n < place
        ? bad(`s-${type}`, slot)
        : found(`s-${type}`, slot, { responseMs: 100 + place, details: { status: 200, ...left } });
    for (let times = 0; times < 2; times += 1) await note(world, ...types.map(make));
  }

  await recountIntegrations(world.ops, at(0));

  const rows = await ask(
    world.admin,
    `select integration_type as type, success_rate_24h::float8 as rate, avg_response_time as ms, error_count_24h as errors,
      rate_limit_quota as quota, rate_limit_remaining as remaining,
      extract(epoch from rate_limit_reset - '${at(start + 10 * minute).toISOString()}')::integer as reset
     from monitoring.tb_integration_health order by integration_type`,
  );
  expect(rows).toEqual(
    types.map((type, place) => ({
      type,
      rate: 100 - place * 10,
      ms: 100 + place,
      errors: place,
      quota: 100,
      remaining: 81,
      reset: 2,
    })),
  );
});

test('a check that says nothing is no call, and an integration that is gone takes none with it', async () => {
  await addServices(
    world,
    { id: 'dark', integration_id: 'webhook' },
    { id: 'lost', integration_id: 'gone' },
  );
  const before = await ask(world.admin, 'select 1 from monitoring.tb_integration_event');

  const done = await note(
    world,
    found('dark', at(0), { outcome: 'unknown', reason: 'no network' }),
    found('lost', at(0)),
  );

  expect(done.checks).toBe(2);
  expect(await ask(world.admin, 'select 1 from monitoring.tb_integration_event')).toHaveLength(
    before.length,
  );
});
