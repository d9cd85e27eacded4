import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { database } from '@rookery/lambda/database';
import { busOfEvents } from '@rookery/lambda/tracking';
import { busSource } from '@rookery/telemetry/bus-rules';
import { rejectionsOf } from '@rookery/telemetry/rejected.sql';
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
const requestsTold = 1_200;
const address = 'ada@heron-analytics.example';

const receipt = z.object({ sampled: z.number(), rejected: z.number() });
const performanceList = z.object({ data: z.array(z.object({ total_requests: z.number() })) });
/** One telling of the story: what its ids begin with, so that a second one after an interruption is another, and when. */
type Run = { readonly id: string; readonly at: Date };

/** What was sent, and how many page views the sample left out. */
type Sent = Run & { readonly sampled: number };

const told = ({ id, at }: Run, name: string) => ({ tenantId, actor, at, id: `${id}-${name}` });

// It comes by both doors under one id and time: it is one event.
const opened = { email_id: 'story-1', mailbox_id: mailboxId };

const sendByHttp = async (call: Call, run: Run): Promise<Sent> => {
  const link = { link_url: `https://heron.example/?to=${encodeURIComponent(address)}` };
  const requests = { service: 'shop', endpoint: orders, requests: requestsTold, errors: 3 };
  const events = [
    { name: 'opened', event: 'email_opened', properties: opened },
    { name: 'clicked', event: 'email_clicked', properties: { ...opened, ...link } },
    { name: 'requests', event: 'infra_error_rate', properties: requests },
    { name: 'wrong', event: 'business_upgrade', properties: { from_plan: 'starter' } },
    ...Array.from({ length: views }, (_, n) => ({
      name: `view-${n}`,
      event: 'admin_ui_viewed',
      properties: { page: 'campaigns' },
    })),
  ].map(({ name, ...event }) => {
    const { id, at } = told(run, name);
    return { id, time: at.toISOString(), actor, ...event };
  });
  const { sampled, rejected } = receipt.parse(await call('POST', 'events', { events }));
  if (rejected !== 1) throw stuck(`the door refused ${rejected} events instead of one`);
  return { ...run, sampled };
};

const sendByBus = async (run: Run): Promise<void> => {
  const bus = busOfEvents(busSource);
  const { track } = openTracker(bus);
  await track('email_opened', { ...told(run, 'opened'), properties: opened });
  await track('business_upgrade', {
    ...told(run, 'upgrade'),
    properties: { from_plan: 'starter', to_plan: 'growth' },
  });
  await track('security_login_failed', {
    ...told(run, 'login'),
    properties: {
      email: address,
      ip_address: '203.0.113.9',
      method: 'password',
      reason: 'wrong-password',
    },
  });
  // By `track` this does not compile: it is what a producer may send that does not use it.
  const { id } = told(run, 'unknown');
  const unknown = { id, tenant_id: tenantId, properties: {} };
  await bus.send({ event: 'flock_landed', ...unknown });
};

const arrivedAt = ({ telemetry }: Runtime) =>
  telemetry.events().filter(({ tenant }) => tenant === tenantId);

const refusals = ['http business_upgrade properties-invalid', 'bus flock_landed event-unknown'];

// What is not at the real ends as it should be, in words.
const missingAt = async (runtime: Runtime, { sampled, at }: Sent): Promise<readonly string[]> => {
  const arrived = arrivedAt(runtime);
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
  if (arrived.some(({ sink, properties }) => sink === 'posthog' && 'link_url' in properties))
    faults.push('PostHog has what is personal');
  const since = { tenantId, since: at, limit: 500 };
  const refused = (await database('ops').query(rejectionsOf, since)).map(
    ({ door, event, code }) => `${door} ${event} ${code}`,
  );
  const uncounted = refusals.filter((name) => !refused.includes(name));
  return [...faults, ...uncounted.map((name) => `${name} is not among the rejections`)];
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
    if (Date.now() > deadline)
      throw stuck(`${faults.join('; ')}; LOG_LEVEL=INFO shows every unit of work`);
    signal.throwIfAborted();
    await sleep(pollMs);
  }
};

const requestsNow = async (runtime: Runtime, call: Call): Promise<number> => {
  await runtime.schedule.fire('rollup', new Date());
  const query = `metric_name=requests&endpoint=${encodeURIComponent(orders)}`;
  const { data } = performanceList.parse(await call('GET', `monitoring/performance?${query}`));
  return data[0]?.total_requests ?? 0;
};

// Two refusals are meant, and their lines would look like faults; who asked for the log's lines gets them.
const quietly = async <T>(work: () => Promise<T>): Promise<T> => {
  const { LOG_LEVEL: level } = process.env;
  if (level === 'WARN') process.env['LOG_LEVEL'] = 'SILENT';
  try {
    return await work();
  } finally {
    process.env['LOG_LEVEL'] = level;
  }
};

const play = async (runtime: Runtime, call: Call, signal: AbortSignal): Promise<Sent> => {
  const at = new Date();
  const before = await requestsNow(runtime, call);
  const sent = await sendByHttp(call, { id: `story-${at.getTime()}`, at });
  await sendByBus(sent);
  await untilThere(() => missingAt(runtime, sent), signal);
  await untilIdle(runtime, signal, async () => {});
  // Nothing came twice while the rest was worked off.
  const [late] = await missingAt(runtime, sent);
  if (late !== undefined) throw stuck(late);
  await untilThere(async () => {
    const requests = (await requestsNow(runtime, call)) - before;
    return requests === requestsTold ? [] : [`${requests} requests of ${requestsTold} are metrics`];
  }, signal);
  return sent;
};

// A demo does not end with dead letters: they are looked at, and taken away; also those of a story that was interrupted.
const lettersOf = async (runtime: Runtime): Promise<readonly Taken[]> => {
  const letters = await takeLetters(runtime, 'events', '"story-');
  const codes = [...new Set(letters.map(({ code }) => code))].toSorted();
  if (codes.join() !== 'event-unknown,properties-invalid')
    throw stuck(`the dead letters of events are ${codes.join(', ') || 'none'}`);
  return letters;
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
  const { sampled } = await quietly(() => play(runtime, call, signal));
  const letters = await lettersOf(runtime);
  const arrived = arrivedAt(runtime).length;
  step.done(
    `events by two doors: ${arrived} arrived, each once; ${sampled} of ${views} page views were left out of the sample, 2 events were refused`,
  );
  for (const { code, reason } of letters) screen.say(`  ${code}: ${reason}`);
  screen.say(`    ${runtime.urls.events} shows what arrived`);
  screen.say('    npm run rookery -- telemetry rejected');
};
