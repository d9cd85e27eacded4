import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PostHog } from 'posthog-node';
import { eventId, isSampledIn } from '@rookery/telemetry/identity';
import { plan } from '@rookery/telemetry/plan/plan';
import { handler } from '../../functions/queue/posthog.ts';
import { contextOf, failedOf } from './function-room.ts';
import {
  batchOf,
  idsOf,
  messagesOf,
  openPosthogRoom,
  someEvents,
  type PosthogRoom,
} from './posthog-room.ts';

let room: PosthogRoom;
const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);
beforeAll(async () => {
  process.on('unhandledRejection', note);
  room = await openPosthogRoom();
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await room.close();
});

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const arrived = (tenant: string) => room.sink.events().filter((event) => event.tenant === tenant);

test('events have arrived when the function returns; captured as the seeds do, none has', async () => {
  const events = someEvents('wren', 0, 40);

  const answer = await handler(batchOf(messagesOf('wren', events, 8)), contextOf());
  const atReturn = arrived('wren');

  expect(failedOf(answer)).toEqual([]);
  expect(atReturn.map(({ id }) => id).toSorted()).toEqual(idsOf('wren', events));

  const seeds = new PostHog('phc_local', { host: room.sink.url });
  const before = room.sink.events().length;
  const capture = { distinctId: 'u', event: 'email_opened', properties: { tenant_id: 'seed' } };
  // oxlint-disable-next-line typescript/await-thenable -- this is the defect of seed 003: there is nothing to wait for
  for (let n = 0; n < 40; n += 1) await seeds.capture(capture);
  expect(room.sink.events()).toHaveLength(before);
  await seeds.shutdown();
  expect(arrived('seed')).toHaveLength(40);
});

test('PostHog gets our uuid and time, the tenant as a group, and nothing about a person', async () => {
  const time = new Date(Date.now() - 3_600_000).toISOString();
  const common = { tenant_id: 'finch', time };
  const bus = (id: string, event: 'email_clicked' | 'admin_ui_viewed', more: object) => ({
    id: crypto.randomUUID(),
    source: 'penguinmails',
    'detail-type': event,
    time,
    detail: { ...common, id, properties: plan[event].example, ...more },
  });
  const { sample: share = 1 } = plan.admin_ui_viewed;
  expect(share).toBeLessThan(1);
  const kept = (id: string): boolean => isSampledIn(eventId('finch', 'admin_ui_viewed', id), share);
  const ids = Array.from({ length: 100 }, (_, n) => `view-${n}`);
  const views = ids.map((id) => bus(id, 'admin_ui_viewed', { actor: 'usr_1' }));
  const bodies = [bus('a', 'email_clicked', {}), ...views];

  await handler(batchOf(bodies), contextOf());
  await handler(batchOf(bodies), contextOf());

  const [nobody, ...somebody] = arrived('finch');
  expect(nobody).toMatchObject({
    id: eventId('finch', 'email_clicked', 'a'),
    actor: 'tenant:finch',
    time,
    deliveries: 2,
    changed: false,
  });
  expect(nobody?.properties).toMatchObject({
    $process_person_profile: false,
    $groups: { tenant: 'finch' },
    $geoip_disable: true,
    event_version: 1,
    link_domain: 'example.com',
  });
  expect(plan.email_clicked.pii).toEqual(['link_url']);
  expect(plan.email_clicked.example).toHaveProperty('link_url');
  expect(nobody?.properties).not.toHaveProperty('link_url');
  expect(somebody).toHaveLength(ids.filter(kept).length);
  expect(somebody[0]).toMatchObject({ actor: 'usr_1', time, deliveries: 2, changed: false });
  expect(somebody[0]?.properties).toMatchObject({ sample_rate: share });
  expect(somebody[0]?.properties).not.toHaveProperty('$process_person_profile');
});

test('what is no event goes to the router, and an event of another sink to none; nothing is left running', async () => {
  const before = room.sink.events().length;
  const security = { ...plan.security_login_failed.example };
  const message = {
    tenant_id: 'robin',
    door: 'http',
    received_at: new Date().toISOString(),
    events: [
      { event: 'no_such_event', id: 'x' },
      { event: 'security_login_failed', id: 'y', properties: security },
    ],
  };
  const running = timers();

  expect(failedOf(await handler(batchOf([message]), contextOf()))).toEqual([]);

  expect(room.sink.events()).toHaveLength(before);
  expect((await room.sqs.pending()).events.queue).toBe(1);
  room.sink.fail({ door: 'posthog', fault: 'hang', times: 9 });
  const [one] = messagesOf('robin', someEvents('robin', 0, 1), 1);
  const started = performance.now();
  expect(failedOf(await handler(batchOf([one ?? {}]), contextOf(1_000)))).toEqual(['m0']);
  expect(performance.now() - started).toBeLessThan(8_000);
  room.sink.fail({ door: 'posthog', fault: 'hang', times: 0 });
  await sleep(50);
  expect(timers()).toBeLessThanOrEqual(running);
  expect(unhandled).toEqual([]);
});
