import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { database } from '@rookery/lambda/database';
import { rejectionsOf } from '@rookery/telemetry/rejected.sql';
import type { Screen } from '../../packages/cli/screen.ts';
import { sendByBus, sendByHttp, tenantId, told, type Sent } from './dev-events-sent.ts';
import { takeLetters, type Taken } from './dev-letters.ts';
import { untilIdle } from './dev-run.ts';
import { stuck } from './dev-story.ts';
import type { Call } from './dev-watch.ts';
import type { Runtime } from './runtime.ts';

const performanceList = z.object({ data: z.array(z.object({ total_requests: z.number() })) });
// An earlier telling that was interrupted may arrive beside this one: it was at another time.
const arrivedOf = ({ telemetry }: Runtime, { at }: Sent) =>
  telemetry
    .events()
    .filter(({ tenant, time }) => tenant === tenantId && Date.parse(time) === at.getTime());

const refusals = ['http business_upgrade properties-invalid', 'bus flock_landed event-unknown'];

// What is not at the real ends as it should be, in words.
const missingAt = async (runtime: Runtime, sent: Sent): Promise<readonly string[]> => {
  const arrived = arrivedOf(runtime, sent);
  const wanted = {
    'posthog email_opened': 1,
    'posthog email_clicked': 1,
    'posthog business_upgrade': 1,
    'posthog admin_ui_viewed': told.views - sent.sampled,
    'siem security_login_failed': 1,
  };
  const faults = Object.entries(wanted).flatMap(([name, count]) => {
    const { length } = arrived.filter(({ sink, event }) => `${sink} ${event}` === name);
    return length === count ? [] : [`${name} is there ${length} times instead of ${count}`];
  });
  if (arrived.some(({ changed }) => changed)) faults.push('an event is not the same each time');
  if (arrived.some(({ sink, properties }) => sink === 'posthog' && 'link_url' in properties))
    faults.push('PostHog has what is personal');
  const since = { tenantId, since: sent.at, limit: 500 };
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
  const query = `metric_name=requests&endpoint=${encodeURIComponent(told.endpoint)}`;
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
    return requests === told.requests
      ? []
      : [`${requests} requests of ${told.requests} are metrics`];
  }, signal);
  return sent;
};

// A demo does not end with dead letters: these are looked at and taken away, also those of a story that was interrupted.
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
  const sent = await quietly(() => play(runtime, call, signal));
  const letters = await lettersOf(runtime);
  const arrived = arrivedOf(runtime, sent).length;
  step.done(
    `events by two doors: ${arrived} are at ${runtime.urls.events}, each once; ${sent.sampled} of ${told.views} page views were left out of the sample, 2 refused`,
  );
  for (const line of new Set(letters.map(({ code, reason }) => `${code}: ${reason}`)))
    screen.say(`  ${line}`);
  screen.say('  their dead letters were looked at and taken away; the rejections are counted:');
  screen.say('    npm run rookery -- telemetry rejected');
};
