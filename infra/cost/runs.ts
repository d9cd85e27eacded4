import { assumed } from './assumptions.ts';
import { wakes } from './blueprint.ts';
import { firingsOfWeek } from './cadence.ts';
import { doorRequests, firings, messagesOf, recounted, type Month } from './messages.ts';

/** What starts a function. */
export type Trigger = 'schedules' | 'queues' | 'routes' | 'deployments';

/** How often something starts a function in a month, and how long it then runs, by itself and not counting the start. */
export type Run = {
  readonly function: string;
  readonly trigger: Trigger;
  readonly by: string;
  readonly times: number;
  readonly ms: number;
  /** What it asks of the database's CPU each time. */
  readonly cpuMs: number;
};

const scheduled = (month: Month): Run[] =>
  Object.entries(month.plan.schedules).map(([by, schedule]) => ({
    function: schedule.function,
    trigger: 'schedules',
    by,
    times: firings(month, by),
    ms: assumed('scheduleMs'),
    cpuMs: assumed('jobCpuMs'),
  }));

const eventsPerMessage = (): number => assumed('eventsPerRequest') / assumed('messagesPerRequest');

// Milliseconds of a message: of the function, and of the database's CPU.
const weight = (month: Month, queue: string, times: number): Pick<Run, 'ms' | 'cpuMs'> => {
  const emails = times === 0 ? 0 : recounted(month) / times;
  const eventful = {
    ms: assumed('doorMs') + eventsPerMessage() * assumed('eventMs'),
    cpuMs: eventsPerMessage() * assumed('eventCpuMs'),
  };
  const own: Readonly<Record<string, Pick<Run, 'ms' | 'cpuMs'>>> = {
    aggregate: {
      ms: assumed('cellsMs') + emails * assumed('emailMs'),
      cpuMs: assumed('cellsCpuMs') + emails * assumed('emailCpuMs'),
    },
    probe: { ms: assumed('probeMs'), cpuMs: assumed('jobCpuMs') },
    ingest: eventful,
    siem: { ...eventful, cpuMs: 0 },
    posthog: { ...eventful, cpuMs: 0 },
    metrics: { ...eventful, cpuMs: 0 },
    console: { ...eventful, cpuMs: 0 },
    events: eventful,
  };
  return own[queue] ?? { ms: assumed('queueMs'), cpuMs: assumed('jobCpuMs') };
};

// One message an invocation: fewer invocations would take as long together.
const queued = (month: Month): Run[] =>
  Object.entries(month.plan.queues).map(([by, queue]) => {
    const times = messagesOf(month, by);
    return {
      function: queue.function,
      trigger: 'queues',
      by,
      times,
      ...weight(month, by, times),
    };
  });

// Functions that take events over HTTP: they pass on what they are given, and all others are asked.
const isDoor = ({ plan }: Month, name: string): boolean =>
  ['send:events', 'send:ingest'].some((use) => plan.functions[name]?.uses.includes(use));

type Asking = { readonly requests: number; readonly ms: number };

// Requests are shared by how many of a function run at once at most: nothing else tells which are asked more.
const shared = ({ plan }: Month, names: readonly string[], { requests, ms }: Asking): Run[] => {
  const parts = names.map((name) => plan.functions[name]?.atOnce ?? 1);
  const all = parts.reduce((sum, part) => sum + part, 0);
  return names.map((name, nth) => ({
    function: name,
    trigger: 'routes',
    by: 'requests',
    times: (requests * (parts[nth] ?? 0)) / all,
    ms,
    cpuMs: plan.functions[name]?.database === undefined ? 0 : assumed('apiCpuMs'),
  }));
};

const routed = (month: Month): Run[] => {
  const names = [...new Set(month.plan.routes.map((route) => route.function))];
  const doors = names.filter((name) => isDoor(month, name));
  const asked = names.filter((name) => !isDoor(month, name));
  return [
    ...shared(month, doors, { requests: doorRequests(month), ms: assumed('doorMs') }),
    ...shared(month, asked, { requests: month.usage.requests, ms: assumed('apiMs') }),
  ];
};

const deployed = ({ plan }: Month): Run[] => [
  {
    function: plan.deployment.function,
    trigger: 'deployments',
    by: 'deployment',
    times: assumed('deployments'),
    ms: assumed('deployMs'),
    cpuMs: assumed('jobCpuMs'),
  },
];

/** Everything that starts a function of a stage in a month, each with its times and its length. */
export const runsOf = (month: Month): Run[] => [
  ...scheduled(month),
  ...queued(month),
  ...routed(month),
  ...deployed(month),
];

/** Requests that go through the gateway: not those of functions with a URL of their own. */
export const gatewayRequests = ({ plan }: Month, runs: readonly Run[]): number => {
  const streams = new Set(
    plan.routes.filter((route) => route.streaming).map((route) => route.function),
  );
  return runs
    .filter(({ trigger, function: name }) => trigger === 'routes' && !streams.has(name))
    .reduce((sum, { times }) => sum + times, 0);
};

/** The minutes of a week at which schedules wake the database of a stage. */
export const wakesOf = ({ plan, usage }: Pick<Month, 'plan' | 'usage'>): number[] =>
  Object.values(plan.schedules)
    .filter((schedule) => wakes(plan, schedule.function))
    .flatMap((schedule) => firingsOfWeek(schedule.cadence[usage.kind]));
