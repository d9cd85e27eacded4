import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { statement } from '@rookery/db/statement';
import { emails, tenant, warmup, warmupMessages } from '../world/builders.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const rows = statement({
  title: 'count the rows of the source',
  on: 'source',
  columns: { emails: 'int8', campaigns: 'int8', leads: 'int8', tenants: 'int8', warmups: 'int8' },
  example: null,
  sql: () => sql`
    select (select count(*) from source.emails) as emails, (select count(*) from source.campaigns) as campaigns,
      (select count(*) from source.leads) as leads, (select count(*) from source.tenants) as tenants,
      (select count(*) from source.warmup_messages) as warmups`,
});

test('builders fill in what a test does not name, coherently and in bulk', async () => {
  await tenant(world.admin, { tenant_id: 'berlin', timezone: 'Europe/Berlin' });

  const made = await emails(world.admin, [
    {},
    { opened: '2025-03-10T13:00:00Z' },
    { bounce_type: 'hard' },
    ...Array.from({ length: 500 }, () => ({ tenant_id: 'berlin' })),
  ]);
  await warmup(world.admin);
  await warmupMessages(world.admin, [{}, { found_in_spam: '2025-03-10T13:00:00Z' }]);

  expect(made.slice(0, 3).map((row) => row.status)).toEqual(['delivered', 'opened', 'bounced']);
  expect(made[2]?.delivered_at).toBeNull();
  expect(await world.source.query(rows, null)).toEqual([
    { emails: 503, campaigns: 2, leads: 503, tenants: 2, warmups: 2 },
  ]);
});

test('rookery_source reads the contract and cannot write it', async () => {
  await expect(emails(world.source, [{}])).rejects.toThrow(/permission denied/);
});
