/** A number that the model takes for true. `basis`: measured, worked out from a measurement, documented, or only guessed. */
export type Assumption = {
  readonly value: number;
  readonly unit: string;
  readonly basis: 'measured' | 'derived' | 'documented' | 'guessed';
  readonly source: string;
};

const measured = (value: number, unit: string, source: string) =>
  ({ value, unit, basis: 'measured', source }) as const;
const derived = (value: number, unit: string, source: string) =>
  ({ value, unit, basis: 'derived', source }) as const;
const documented = (value: number, unit: string, source: string) =>
  ({ value, unit, basis: 'documented', source }) as const;
const guessed = (value: number, unit: string, source: string) =>
  ({ value, unit, basis: 'guessed', source }) as const;

const bench = 'docs/performance.md, 2026-11-21';

/** Everything that is assumed; where a number is uncertain the larger one was taken. */
export const assumptions = {
  monthHours: documented(730, 'hours', 'a year of 8,760 hours in twelve; AWS and Neon bill so'),
  monthDays: documented(730 / 24, 'days', 'the same month in days'),

  pollers: documented(
    5,
    'pollers a queue',
    'Lambda guide, scaling of SQS: five, and no fewer where a maximum concurrency is set, as here everywhere',
  ),
  pollSeconds: documented(20, 's', 'SQS guide: the longest wait of a receive that finds nothing'),
  requestsPerMessage: documented(
    3,
    'requests',
    'send, receive, delete; batches of up to ten make it fewer',
  ),

  coldShare: guessed(
    0.05,
    'of invocations',
    'Lambda starts anew; a function that is rarely asked does so more often',
  ),
  coldMs: derived(
    300,
    'ms',
    `loading a function takes 37–70 ms of a whole CPU (${bench}); 512 MB have a third of one`,
  ),
  scheduleMs: guessed(
    1_000,
    'ms',
    `a job that looks for work; a tick of the rollup is 44 ms of CPU, 10,000 evaluations 160–580 (${bench})`,
  ),
  queueMs: guessed(500, 'ms', 'a message of any queue that has no number of its own'),
  apiMs: derived(
    80,
    'ms',
    `p50 of handlers 2–53 ms on loopback (${bench}), and Neon’s round trips`,
  ),
  probeMs: derived(
    6_000,
    'ms',
    `1,000 targets, 5 % slow and 5 % hanging: 22 s, four messages beside each other (${bench})`,
  ),
  deployMs: guessed(10_000, 'ms', 'the migrations of a deployment'),
  deployments: guessed(20, 'a month', 'each runs the migrations once and wakes the database'),

  updatesPerEmail: guessed(
    2.5,
    'changes an e-mail',
    'sent, delivered, and half of them opened, answered or bounced',
  ),
  cellsPerMessage: guessed(
    3,
    'days',
    'today, yesterday and one older day that was opened or answered',
  ),
  nightlyDays: documented(
    36,
    'days',
    'packages/warehouse/changes/look.ts: 35 days back, and today',
  ),
  nightlyMessages: documented(
    2,
    'messages a tenant',
    'packages/warehouse/changes/message.ts: 31 days a message',
  ),
  emailsPerMessage: documented(50_000, 'e-mails', 'packages/warehouse/changes/message.ts'),
  cellsMs: guessed(150, 'ms a message', 'eight statements and some round trips to two databases'),
  emailMs: measured(
    0.08,
    'ms an e-mail',
    `90 days of 1 M e-mails, whole unit, wall: 79.7 s (${bench})`,
  ),
  cellsCpuMs: measured(
    16,
    'ms of database CPU a message',
    `a day of 200 tenants, whole unit: 3.2 s (${bench})`,
  ),
  emailCpuMs: measured(
    0.074,
    'ms of database CPU an e-mail',
    `90 days of 1 M e-mails, whole unit: 74.2 s (${bench})`,
  ),
  jobCpuMs: guessed(
    100,
    'ms of database CPU',
    'a job of a schedule, and a message of a queue other than aggregate',
  ),
  apiCpuMs: measured(
    1.3,
    'ms of database CPU',
    `a page of campaigns: 1.3, a series 0.9 (${bench})`,
  ),
  eventCpuMs: measured(
    0.12,
    'ms of database CPU',
    `a chained audit entry 119 µs, a metric item 45 µs (${bench})`,
  ),

  servicesPerTenant: guessed(2, 'services', 'with a check each minute'),
  noticesPerTenant: guessed(30, 'a month', 'one a day and tenant'),
  retentionUnits: guessed(
    30,
    'messages',
    'policies that are due, each firing of the schedule retention',
  ),

  eventsPerRequest: guessed(50, 'events', 'POST /v1/events takes up to 500'),
  messagesPerRequest: measured(3, 'messages', `500 events of all kinds become three (${bench})`),
  busShare: guessed(
    0.1,
    'of events',
    'come by the bus, each a message of its own; the rest over HTTP',
  ),
  doorMs: derived(60, 'ms', `500 events: 13 ms of a whole CPU (${bench}); SQS answers in 10–20 ms`),
  eventMs: derived(
    0.11,
    'ms an event',
    `PostHog’s worker: 26.9 µs of a whole CPU (${bench}); 512 MB have a third of one`,
  ),

  logBytes: guessed(
    1_200,
    'bytes',
    'an invocation: one line of its unit, and the platform’s start, end and report',
  ),
  accessLogBytes: guessed(600, 'bytes', 'a request: a line of the gateway'),
  responseBytes: guessed(
    15_000,
    'bytes',
    `a page of 50; a series of 90 days is 70 KB unpacked (${bench})`,
  ),
  sinkBytes: measured(
    28,
    'bytes an event',
    `276 KB to PostHog for 10,000 events, gzipped (${bench})`,
  ),
  archivedBytes: guessed(60, 'bytes an event', 'what SIEM and retention keep of it, gzipped'),

  emptyBytes: measured(
    109_724_175,
    'bytes',
    'pg_database_size of a migrated, empty database, 2026-11-21',
  ),
  factRows: measured(
    32.5,
    'rows a tenant and day',
    `6,505 rows of 200 tenants; the same at 1 M and 10 M (${bench})`,
  ),
  factBytes: measured(405, 'bytes a row', '60,000 campaign rows with their indexes, 2026-11-21'),
  leadRows: measured(0.29, 'rows an e-mail', `2,895,603 leads of 10 M e-mails (${bench})`),
  leadBytes: measured(639, 'bytes a row', '100,000 lead rows with their indexes, 2026-11-21'),
  minuteBytes: measured(1_042, 'bytes a row', `144,000 minutes of metrics: 150 MB (${bench})`),
  endpoints: guessed(100, 'endpoints', 'that report metrics each minute with a request'),
  auditShare: guessed(0.1, 'of events', 'become entries of the compliance audit'),
  auditBytes: guessed(800, 'bytes an entry', 'with its hashes, salts and indexes'),
  historyShare: guessed(
    0.25,
    'of storage',
    'what a restore window of some days keeps of old pages',
  ),

  suspendMinutes: documented(
    5,
    'minutes',
    'Neon: idle time until a compute sleeps, least of the plan Launch',
  ),
  busyMinutes: guessed(1, 'minutes', 'a firing and what it queues keep the database at work'),
  wakeMs: documented(
    500,
    'ms',
    'Neon: some hundred milliseconds until a sleeping compute answers; nothing is billed for it',
  ),
  requestsPerVisit: guessed(50, 'requests', 'somebody looks at a stage, or a test runs over it'),
  visitMinutes: guessed(10, 'minutes', 'so long, and then it is quiet'),
} as const satisfies Record<string, Assumption>;

/** The name of an assumption. */
export type AssumptionName = keyof typeof assumptions;

/** The number that is assumed. */
export const assumed = (name: AssumptionName): number => assumptions[name].value;
