import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { busOfEvents } from '@rookery/lambda/tracking';
import { busSource } from '@rookery/telemetry/bus-rules';
import { openTracker } from '@rookery/telemetry/track';
import type { Screen } from '../../packages/cli/screen.ts';
import { takeLetters, type Taken } from './dev-letters.ts';
import { untilIdle } from './dev-run.ts';
import { stuck } from './dev-story.ts';
import { mailboxId, type Call } from './dev-watch.ts';
import type { Runtime } from './runtime.ts';

const tenantId = 'heron-analytics';
const actor = 'usr_12';
const views = 8;
const orders = '/v1/orders';

const receipt = z.object({ events: z.array(z.object({ verdict: z.string() })) });
const performanceList = z.object({ data: z.array(z.object({ total_requests: z.number() })) });
const rejections = z.object({
  data: z.array(z.object({ event: z.string().nullable(), code: z.string(), door: z.string() })),
});

// One event came by both doors under one id and time: it is one event.
const opened = { email_id: 'story-1', mailbox_id: mailboxId };
const openedId = 'story-opened';

const sendByHttp = async (call: Call, at: Date) => {
  const time = at.toISOString();
  const events = [
    { id: openedId, event: 'email_opened', properties: opened },
    {
      id: 'story-clicked',
      event: 'email_clicked',
      properties: { ...opened, link_url: 'https://heron.example/?to=ada%40example.com' },
    },
    {
      id: 'story-requests',
      event: 'infra_error_rate',
      properties: { service: 'shop', endpoint: orders, requests: 1_200, errors: 3 },
    },
    { id: 'story-wrong', event: 'business_upgrade', properties: { from_plan: 'starter' } },
    ...Array.from({ length: views }, (_, n) => ({
      id: `story-view-${n}`,
      event: 'admin_ui_viewed',
      properties: { page: 'campaigns' },
    })),
  ].map((event) => ({ ...event, time, actor }));
  const answer = receipt.parse(await call('POST', 'events', { events }));
  const count = (word: string): number =>
    answer.events.filter(({ verdict }) => verdict === word).length;
  const [sampled, rejected] = [count('sampled'), count('rejected')];
  if (rejected !== 1 || sampled === 0 || sampled === views)
    throw stuck(`of ${views} page views ${sampled} were left out, and ${rejected} events refused`);
  return { sampled };
};

const sendByBus = async (at: Date): Promise<void> => {
  const bus = busOfEvents(busSource);
  const { track } = openTracker(bus);
  await track('email_opened', { tenantId, actor, at, id: openedId, properties: opened });
  await track('business_upgrade', {
    tenantId,
    actor,
    id: 'story-upgrade',
    properties: { from_plan: 'starter', to_plan: 'growth' },
  });
  await track('security_login_failed', {
    tenantId,
    actor,
    id: 'story-login',
    properties: {
      email: 'ada@heron-analytics.example',
      ip_address: '203.0.113.9',
      method: 'password',
      reason: 'wrong-password',
    },
  });
  // By `track` this does not compile: somebody else's producer sends it.
  const unknown = { id: 'story-unknown', event: 'flock_landed', tenant_id: tenantId };
  await bus.send({ ...unknown, ...{ properties: {} } });
};

// What is not at the real ends as it should be, in words.
const missingAt = async ({ telemetry }: Runtime, call: Call, sampled: number) => {
  const arrived = telemetry.events().filter(({ tenant }) => tenant === tenantId);
  const wanted = {
    'posthog email_opened': 1,
    'posthog email_clicked': 1,
    'posthog business_upgrade': 1,
    'posthog admin_ui_viewed': views - sampled,
    'siem security_login_failed': 1,
  };
  const faults = Object.entries(wanted).flatMap(([name, count]) => {
    const { length } = arrived.filter(({ sink, event }) => `${sink} ${event}` === name);
    return length === count ? [] : [`${name} is there ${length} times instead of ${count}`];
  });
  if (arrived.some(({ changed }) => changed)) faults.push('an event is not the same each time');
  if (JSON.stringify(arrived.filter(({ sink }) => sink === 'posthog')).includes('ada%40'))
    faults.push('PostHog has what is personal');
  const { data } = rejections.parse(await call('GET', 'events/rejections'));
  for (const name of ['http business_upgrade properties-invalid', 'bus flock_landed event-unknown'])
    if (!data.some(({ door, event, code }) => `${door} ${event} ${code}` === name))
      faults.push(`${name} is not among the rejections`);
  return faults;
};

const pollMs = 100;
const patienceMs = 30_000;

/** Waits until `missing` finds nothing; after half a minute the story is stuck with what it says. */
export const untilThere = async (
  missing: () => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const faults = await missing();
    if (faults.length === 0) return;
    if (Date.now() > deadline) throw stuck(faults.join('; '));
    signal.throwIfAborted();
    await sleep(pollMs);
  }
};

const measured = async (runtime: Runtime, call: Call): Promise<readonly string[]> => {
  await runtime.schedule.fire('rollup', new Date());
  const query = `metric_name=requests&endpoint=${encodeURIComponent(orders)}`;
  const { data } = performanceList.parse(await call('GET', `monitoring/performance?${query}`));
  const requests = data.map(({ total_requests: total }) => total);
  return requests.join() === '1200' ? [] : [`the metric has ${requests.join() || 'no'} requests`];
};

/** What became of the events. */
type Told = { readonly sampled: number; readonly letters: readonly Taken[] };

const play = async (runtime: Runtime, call: Call, signal: AbortSignal): Promise<Told> => {
  const at = new Date();
  const { sampled } = await sendByHttp(call, at);
  await sendByBus(at);
  await untilThere(() => missingAt(runtime, call, sampled), signal);
  await untilIdle(runtime, signal, async () => {});
  // Nothing came twice while the rest was worked off.
  const [late] = await missingAt(runtime, call, sampled);
  if (late !== undefined) throw stuck(late);
  await untilThere(() => measured(runtime, call), signal);
  const letters = await takeLetters(runtime, 'events', '"story-');
  const codes = letters.map(({ code }) => code).toSorted();
  if (codes.join() !== 'event-unknown,properties-invalid')
    throw stuck(`the dead letters are ${codes.join(', ') || 'empty'}`);
  return { sampled, letters };
};

/**
 * Sends events of a tenant of the demo by both doors and looks for each at its real end: PostHog, the security log, the
 * metrics of monitoring, and those that the plan refuses among the rejections and in the dead letters, where nothing of the
 * story is left. Fails with `story-stuck` when one is not there, is there twice, or tells what it should not.
 */
export const playEvents = async (
  runtime: Runtime,
  call: Call,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> => {
  const step = screen.step('events by both doors');
  const { sampled, letters } = await play(runtime, call, signal);
  step.done(
    `events: each is once where the plan sends it, ${sampled} of ${views} page views were left out of the sample, ${letters.length} were refused`,
  );
  for (const { code, reason } of letters) screen.say(`  ${code}: ${reason}`);
  screen.say(`    what arrived: ${runtime.urls.events}; npm run rookery -- telemetry rejected`);
};
