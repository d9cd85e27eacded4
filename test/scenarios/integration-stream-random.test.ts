import { afterAll, beforeAll, expect, test } from 'vitest';
import { integrationEvent } from '@rookery/http/streams/integration-events';
import { randomFrom } from '@rookery/kernel/random';
import { openDb, type Db } from '@rookery/db/pool';
import { take, type Stream } from '@rookery/monitoring/ingest/take';
import type { IntegrationItem } from '@rookery/monitoring/integrations/item';
import { recountIntegrations } from '@rookery/monitoring/integrations/recount';
import { writeIntegrationEvents } from '@rookery/monitoring/integrations/write';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';

let world: World;
let ingest: Db;
beforeAll(async () => {
  world = await openWorld();
  ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 8 });
});
afterAll(async () => {
  await ingest.close();
  await world.close();
});

const tenantId = 'random';
const minute = 60_000;
const slot = new Date(Math.floor(Date.now() / minute) * minute);
const random = randomFrom(20_251_121);
const services = ['bank', 'mail', 'sms', 'store', 'never-called'];

const stream: Stream<IntegrationItem> = {
  name: 'integration-events',
  table: 'tb_integration_event',
  timeOf: ({ occurred_at }) => new Date(occurred_at),
  mostAgeDays: 29,
  write: writeIntegrationEvents,
};

// A moment of its own for each, over 30 hours: no two events say at once what a service allows.
const events = Array.from({ length: 1_000 }, (_, n) => {
  const limited = random.chance(0.3);
  return {
    key: `event-${n}`,
    item: integrationEvent.parse({
      integration_id: random.pick(services.slice(0, 4)),
      event_type: 'api-call',
      direction: 'outbound',
      success: random.chance(0.9),
      response_time: random.chance(0.9) ? random.between(1, 2_000) : null,
      occurred_at: new Date(slot.getTime() - random.between(0, 1_799) * minute - n).toISOString(),
      ...(limited ? { rate_limit_quota: 500, rate_limit_remaining: random.between(0, 500) } : {}),
    }),
  };
});

const moment = (item: IntegrationItem | undefined): number | null =>
  item === undefined ? null : Date.parse(item.occurred_at);

const truth = (id: string) => {
  const own = events.map(({ item }) => item).filter((item) => item.integration_id === id);
  const day = own.filter((item) => {
    const age = slot.getTime() - Date.parse(item.occurred_at);
    return age > 0 && age <= 1_440 * minute;
  });
  const times = day.flatMap((item) => item.response_time ?? []);
  const newest = own.toSorted((a, b) => b.occurred_at.localeCompare(a.occurred_at));
  const good = day.filter((item) => item.success).length;
  return {
    id,
    rate: day.length === 0 ? null : Math.round((100 * good * 1e6) / day.length) / 1e6,
    mean: day.length === 0 ? null : Math.round(times.reduce((a, b) => a + b, 0) / times.length),
    errors: day.length - good,
    last_check: moment(newest[0]),
    last_success: moment(newest.find((item) => item.success)),
    remaining: newest.find((item) => item.rate_limit_quota)?.rate_limit_remaining ?? null,
  };
};

const stored = () =>
  ask<ReturnType<typeof truth>>(
    world.admin,
    `select id, success_rate_24h::float8 as rate, avg_response_time as mean, error_count_24h as errors,
       case when id <> 'never-called' then (extract(epoch from last_check) * 1000)::bigint end as last_check,
       (extract(epoch from last_success) * 1000)::bigint as last_success, rate_limit_remaining as remaining
     from monitoring.tb_integration_health where tenant_id = '${tenantId}' order by id`,
  );

test('a thousand calls in twenty batches side by side, in any order and each delivered twice, count as one delivery would', async () => {
  await world.admin.script(`
    insert into monitoring.tb_integration_health
      (tenant_id, id, name, integration_type, configured_at, last_check)
    select '${tenantId}', id, id, 'webhook', '2025-01-01', '2025-01-01'
    from unnest('{${services.join()}}'::text[]) id`);
  const shuffled = events
    .map((event) => ({ event, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ event }) => event);
  const batches = Array.from({ length: 20 }, (_, n) => shuffled.slice(n * 50, n * 50 + 50));

  const place = { ingest, now: new Date(), healed: () => {} };
  const deliver = (items: typeof events) =>
    take(place, stream, { tenantId, receivedAt: place.now, items });
  const [taken] = await Promise.all([
    Promise.all([...batches, ...batches.toReversed()].map(deliver)),
    recountIntegrations(world.ops, new Date(slot.getTime() - minute)),
  ]);
  await recountIntegrations(world.ops, slot);

  expect(taken.reduce((sum, { rows }) => sum + rows, 0)).toBe(1_000);
  expect(taken.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(1_000);
  expect(taken.flatMap(({ rejected }) => rejected)).toEqual([]);
  expect(await stored()).toEqual(services.toSorted().map(truth));
});
