import { operations } from '@rookery/http/api';
import { pathsOf } from '@rookery/http/contract';
import { busRules } from '@rookery/telemetry/bus-rules';

/** The database roles a function may log in as (migrations create `rookery_<role>`). */
export type Role = 'etl' | 'api' | 'ingest' | 'ops';

/** What a function may do beyond its database role; infra/aws turns each into one IAM statement. */
export type Use =
  | `send:${QueueName}`
  | `send:${QueueName}-dlq`
  | `consume:${QueueName}`
  | `put:events`
  | 'write:archive'
  | 'write:siem'
  | 'write:checkpoints'
  | 'sign:audit'
  | 'read:queues'
  | 'send:email'
  | 'send:sms'
  | 'seal:secrets'
  | 'unseal:secrets'
  | 'read:source'
  | 'verify:token'
  | 'migrate:warehouse';

/** The queues, each with a dead-letter queue of the same name and `-dlq`. */
export type QueueName =
  | 'aggregate'
  | 'reconcile'
  | 'ingest'
  | 'retention'
  | 'probe'
  | 'notify'
  | 'events'
  | 'posthog'
  | 'siem'
  | 'metrics'
  | 'console';

/** The settings that no use brings: each is a variable of the environment, a secret when `secrets` lists it. */
export type OwnSetting =
  | 'STAGE'
  | 'POSTHOG_HOST'
  | 'POSTHOG_API_KEY'
  | 'POSTHOG_PROJECT_ID'
  | 'POSTHOG_QUERY_KEY'
  | 'EXTERNAL_AGGREGATES'
  | 'SIEM_TOKEN'
  | 'PROBE_REFERENCES'
  | 'PAGERDUTY_URL'
  | 'DASHBOARD_URL'
  | 'API_URL';

/** A Lambda function: its handler file exports `handler`. */
export type FunctionSpec = {
  readonly handler: `functions/${'api' | 'queue' | 'schedule' | 'deploy'}/${string}.ts`;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** The role it logs in as; left out when it never touches the warehouse. */
  readonly database?: Role;
  readonly uses: readonly Use[];
  /** What it reads of the stage's settings beyond those that its role and its uses bring. */
  readonly settings?: readonly OwnSetting[];
  /** How many of it run at once at most, for the database's sake; a queue says this of its function itself. */
  readonly atOnce?: number;
};

/** An SQS queue and the function that consumes it, with partial batch responses. */
export type QueueSpec = {
  readonly function: FunctionName;
  readonly visibilitySeconds: number;
  readonly maxReceiveCount: number;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly retentionDays: number;
};

/** Production, a persistent stage for testing, a pull request's stage, or a laptop. */
export type StageKind = 'production' | 'staging' | 'preview' | 'local';

/** When: every so many minutes, or a five-field cron expression with plain numbers and `*` only. */
export type Cadence = { readonly everyMinutes: number } | { readonly cron: string };

/**
 * A schedule sends `{job, scheduledTime}` to its function.
 * `cadence` differs by stage so that a preview's database can sleep; `off` means that it never fires by itself there.
 */
export type ScheduleSpec = {
  readonly function: FunctionName;
  readonly job: string;
  readonly timezone: string;
  readonly retries: number;
  readonly cadence: Readonly<Record<StageKind, Cadence | 'off'>>;
};

/** A value that a rule matches: itself, what begins with a text, or what begins with none of some. */
export type Wanted =
  | string
  | { readonly prefix: string }
  | { readonly 'anything-but': { readonly prefix: readonly string[] } };

/** What a rule matches: each list is an "or", the two fields an "and". */
export type Pattern = {
  readonly source?: readonly string[];
  readonly 'detail-type'?: readonly Wanted[];
};

/** A rule of the bus and the queue that its events go to, as the body of a message: whole, or only their `detail`. */
export type RuleSpec = {
  readonly name: string;
  readonly pattern: Pattern;
  readonly queue: QueueName;
  readonly only?: 'detail';
};

/** A route of the HTTP API; `public` needs no token, and `$default` takes what no other does. */
export type RouteSpec = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY';
  readonly path: `/${string}` | '$default';
  /** Answers as a stream: a function URL in the cloud, because API Gateway's HTTP API holds an answer back whole. */
  readonly streaming?: true;
  readonly function: FunctionName;
  readonly auth: 'public' | 'jwt';
};

// Jobs over the monitoring of every tenant.
const watcher = <const File extends string>(file: File) =>
  ({
    handler: `functions/schedule/${file}.ts`,
    timeoutSeconds: 240,
    memoryMb: 512,
    database: 'ops',
    uses: [],
    atOnce: 1,
  }) as const;

// What takes events out of a queue to where they belong; those that belong nowhere go to the router, which keeps them.
const sink = <
  const Name extends 'posthog' | 'siem' | 'metrics' | 'console',
  U extends Use,
  S extends OwnSetting = never,
>(
  name: Name,
  uses: readonly U[],
  settings: readonly S[] = [],
) =>
  ({
    handler: `functions/queue/${name}.ts`,
    timeoutSeconds: 60,
    memoryMb: 512,
    uses: [`consume:${name}`, `send:${name}-dlq`, ...uses],
    settings,
  }) as const;

// Readers of one domain of the contract table: a token, one tenant, one statement or a few.
const reader = <const File extends string>(file: File) =>
  ({
    handler: `functions/api/${file}.ts`,
    timeoutSeconds: 28,
    memoryMb: 512,
    database: 'api',
    uses: ['verify:token'],
    atOnce: 5,
  }) as const;

// What the front end asks for on every page, and what all services of a tenant report to.
const busy = { atOnce: 20 } as const;

/** Every function, by the name that schedules, queues and routes use. */
export const functions = {
  migrate: {
    handler: 'functions/deploy/migrate.ts',
    timeoutSeconds: 900,
    memoryMb: 512,
    uses: ['migrate:warehouse'],
    atOnce: 1,
  },
  look: {
    handler: 'functions/schedule/look.ts',
    timeoutSeconds: 300,
    memoryMb: 512,
    database: 'ops',
    uses: ['read:source', 'send:aggregate'],
    atOnce: 3,
  },
  reconciliation: {
    handler: 'functions/schedule/reconcile.ts',
    timeoutSeconds: 60,
    memoryMb: 256,
    uses: ['read:source', 'send:reconcile'],
    atOnce: 1,
  },
  partitions: {
    handler: 'functions/schedule/partitions.ts',
    timeoutSeconds: 60,
    memoryMb: 256,
    database: 'ops',
    uses: [],
    atOnce: 1,
  },
  aggregate: {
    handler: 'functions/queue/aggregate.ts',
    timeoutSeconds: 120,
    memoryMb: 1024,
    database: 'etl',
    uses: [
      'consume:aggregate',
      'send:aggregate',
      'send:aggregate-dlq',
      'read:source',
      'put:events',
    ],
  },
  reconcile: {
    handler: 'functions/queue/reconcile.ts',
    timeoutSeconds: 120,
    memoryMb: 512,
    database: 'etl',
    uses: ['consume:reconcile', 'send:reconcile-dlq', 'read:source', 'send:aggregate'],
  },
  ingestWorker: {
    handler: 'functions/queue/ingest.ts',
    timeoutSeconds: 60,
    memoryMb: 512,
    database: 'ingest',
    uses: ['consume:ingest', 'send:ingest-dlq'],
  },
  sessions: { ...watcher('sessions'), timeoutSeconds: 60 },
  integrations: watcher('integrations'),
  rollup: watcher('rollup'),
  retentionLook: {
    handler: 'functions/schedule/retention.ts',
    timeoutSeconds: 60,
    memoryMb: 256,
    database: 'ops',
    uses: ['send:retention'],
    atOnce: 1,
  },
  retention: {
    handler: 'functions/queue/retention.ts',
    timeoutSeconds: 120,
    memoryMb: 512,
    database: 'ops',
    uses: ['consume:retention', 'send:retention', 'send:retention-dlq', 'write:archive'],
  },
  evaluation: {
    ...watcher('alerts'),
    timeoutSeconds: 60,
    uses: ['send:notify', 'read:source'],
  },
  probeLook: { ...watcher('probes'), timeoutSeconds: 60, memoryMb: 256, uses: ['send:probe'] },
  uptime: watcher('uptime'),
  probe: {
    handler: 'functions/queue/probe.ts',
    timeoutSeconds: 120,
    memoryMb: 512,
    database: 'ops',
    uses: ['consume:probe', 'send:probe-dlq', 'read:source', 'read:queues'],
    settings: ['PROBE_REFERENCES'],
  },
  notify: {
    handler: 'functions/queue/notify.ts',
    timeoutSeconds: 60,
    memoryMb: 512,
    database: 'ops',
    uses: ['consume:notify', 'send:notify-dlq', 'send:email', 'send:sms', 'unseal:secrets'],
    settings: ['DASHBOARD_URL', 'PAGERDUTY_URL'],
  },
  eventRouter: {
    handler: 'functions/queue/events.ts',
    timeoutSeconds: 60,
    memoryMb: 512,
    database: 'ingest',
    uses: [
      'consume:events',
      'send:events-dlq',
      'send:posthog',
      'send:siem',
      'send:metrics',
      'send:console',
    ],
  },
  posthog: sink('posthog', ['send:events'], ['POSTHOG_HOST', 'POSTHOG_API_KEY']),
  siem: sink('siem', ['send:events', 'write:siem'], ['SIEM_TOKEN']),
  metrics: sink('metrics', ['send:events', 'send:ingest'], ['STAGE']),
  console: sink('console', ['send:events']),
  checkpoints: {
    handler: 'functions/schedule/checkpoints.ts',
    timeoutSeconds: 120,
    memoryMb: 512,
    database: 'ops',
    uses: ['sign:audit', 'write:checkpoints'],
    atOnce: 1,
  },
  auditAgeing: { ...watcher('audit-ageing'), timeoutSeconds: 300 },
  externalAggregates: {
    handler: 'functions/schedule/external-aggregates.ts',
    timeoutSeconds: 180,
    memoryMb: 256,
    database: 'ops',
    uses: [],
    settings: ['EXTERNAL_AGGREGATES', 'POSTHOG_HOST', 'POSTHOG_PROJECT_ID', 'POSTHOG_QUERY_KEY'],
    atOnce: 1,
  },
  events: {
    handler: 'functions/api/events.ts',
    timeoutSeconds: 28,
    memoryMb: 512,
    database: 'api',
    uses: [
      'verify:token',
      'send:events',
      'send:posthog',
      'send:siem',
      'send:metrics',
      'send:console',
    ],
    ...busy,
  },
  ingest: {
    handler: 'functions/api/ingest.ts',
    timeoutSeconds: 28,
    memoryMb: 512,
    database: 'api',
    uses: ['verify:token', 'send:ingest'],
    ...busy,
  },
  health: {
    handler: 'functions/api/health.ts',
    timeoutSeconds: 10,
    memoryMb: 256,
    database: 'api',
    uses: [],
    atOnce: 2,
  },
  fallback: {
    handler: 'functions/api/fallback.ts',
    timeoutSeconds: 10,
    memoryMb: 256,
    uses: [],
  },
  docs: {
    handler: 'functions/api/docs.ts',
    timeoutSeconds: 10,
    memoryMb: 256,
    uses: [],
  },
  overview: { ...reader('overview'), ...busy },
  campaigns: { ...reader('campaigns'), ...busy },
  mailboxes: { ...reader('mailboxes'), ...busy },
  leads: reader('leads'),
  warmups: reader('warmups'),
  sequenceSteps: reader('sequence-steps'),
  billing: reader('billing'),
  freshness: reader('freshness'),
  productUsage: reader('product-usage'),
  eventRejections: reader('event-rejections'),
  auditLog: reader('audit-log'),
  auditExport: {
    ...reader('audit-export'),
    timeoutSeconds: 300,
    uses: ['verify:token', 'sign:audit'],
    settings: ['API_URL'],
  },
  legalHolds: reader('legal-holds'),
  legalHoldChanges: reader('legal-hold-changes'),
  monitoring: reader('monitoring'),
  monitoringActivity: reader('monitoring-activity'),
  monitoringAudit: reader('monitoring-audit'),
  errors: reader('errors'),
  errorChanges: reader('error-changes'),
  alertRules: reader('alert-rules'),
  alerts: reader('alerts'),
  alertChanges: reader('alert-changes'),
  silences: reader('silences'),
  silenceChanges: reader('silence-changes'),
  notices: reader('notices'),
  noticeChanges: reader('notice-changes'),
  targetChanges: { ...reader('target-changes'), uses: ['verify:token', 'seal:secrets'] },
  services: reader('services'),
  serviceChanges: reader('service-changes'),
  heartbeats: reader('heartbeats'),
  status: {
    handler: 'functions/api/status.ts',
    timeoutSeconds: 10,
    memoryMb: 256,
    database: 'api',
    uses: [],
    atOnce: 5,
  },
  exports: { ...reader('exports'), timeoutSeconds: 300, settings: ['API_URL'] },
} as const satisfies Record<string, FunctionSpec>;

/** The name of a function of this stack. */
export type FunctionName =
  | 'migrate'
  | 'look'
  | 'reconciliation'
  | 'partitions'
  | 'aggregate'
  | 'reconcile'
  | 'ingestWorker'
  | 'sessions'
  | 'integrations'
  | 'rollup'
  | 'retentionLook'
  | 'retention'
  | 'evaluation'
  | 'probeLook'
  | 'uptime'
  | 'probe'
  | 'notify'
  | 'eventRouter'
  | 'posthog'
  | 'siem'
  | 'metrics'
  | 'console'
  | 'checkpoints'
  | 'auditAgeing'
  | 'externalAggregates'
  | 'events'
  | 'ingest'
  | 'health'
  | 'fallback'
  | 'docs'
  | 'overview'
  | 'campaigns'
  | 'mailboxes'
  | 'leads'
  | 'warmups'
  | 'sequenceSteps'
  | 'billing'
  | 'freshness'
  | 'productUsage'
  | 'eventRejections'
  | 'auditLog'
  | 'auditExport'
  | 'legalHolds'
  | 'legalHoldChanges'
  | 'monitoring'
  | 'monitoringActivity'
  | 'monitoringAudit'
  | 'errors'
  | 'errorChanges'
  | 'alertRules'
  | 'alerts'
  | 'alertChanges'
  | 'silences'
  | 'silenceChanges'
  | 'notices'
  | 'noticeChanges'
  | 'targetChanges'
  | 'services'
  | 'serviceChanges'
  | 'heartbeats'
  | 'status'
  | 'exports';

// A sink that is down for an hour loses nothing: ten receives, six minutes apart, before a message is dead.
const sinkQueue = <const Name extends 'posthog' | 'siem' | 'metrics' | 'console'>(name: Name) =>
  ({
    function: name,
    visibilitySeconds: 360,
    maxReceiveCount: 10,
    batchSize: 10,
    maxConcurrency: 4,
    retentionDays: 14,
  }) as const;

/** Visibility is six times the function's timeout: Lambda may poll a batch again while the first is still running. */
export const queues = {
  aggregate: {
    function: 'aggregate',
    visibilitySeconds: 720,
    maxReceiveCount: 5,
    batchSize: 10,
    maxConcurrency: 8,
    retentionDays: 14,
  },
  reconcile: {
    function: 'reconcile',
    visibilitySeconds: 720,
    maxReceiveCount: 5,
    batchSize: 10,
    maxConcurrency: 2,
    retentionDays: 14,
  },
  ingest: {
    function: 'ingestWorker',
    visibilitySeconds: 360,
    maxReceiveCount: 5,
    batchSize: 10,
    maxConcurrency: 4,
    retentionDays: 14,
  },
  // One unit at a time fills its function's time; two beside each other are enough for what a day brings.
  retention: {
    function: 'retention',
    visibilitySeconds: 720,
    maxReceiveCount: 5,
    batchSize: 1,
    maxConcurrency: 2,
    retentionDays: 14,
  },
  // A message is some hundred services, probed beside each other.
  probe: {
    function: 'probe',
    visibilitySeconds: 720,
    maxReceiveCount: 3,
    batchSize: 1,
    maxConcurrency: 4,
    retentionDays: 14,
  },
  notify: {
    function: 'notify',
    visibilitySeconds: 360,
    maxReceiveCount: 5,
    batchSize: 1,
    maxConcurrency: 4,
    retentionDays: 14,
  },
  events: {
    function: 'eventRouter',
    visibilitySeconds: 360,
    maxReceiveCount: 5,
    batchSize: 10,
    maxConcurrency: 2,
    retentionDays: 14,
  },
  posthog: sinkQueue('posthog'),
  siem: sinkQueue('siem'),
  metrics: sinkQueue('metrics'),
  console: sinkQueue('console'),
} as const satisfies Record<QueueName, QueueSpec>;

// What runs by day lets the database of a preview sleep; what runs by night runs everywhere.
const often = {
  production: { everyMinutes: 5 },
  staging: { everyMinutes: 30 },
  preview: 'off',
  local: { everyMinutes: 5 },
} as const;

// Who waits for an alert waits for this.
const always = {
  production: { everyMinutes: 1 },
  staging: { everyMinutes: 30 },
  preview: 'off',
  local: { everyMinutes: 1 },
} as const;

const daily = (cron: string) => ({
  production: { cron },
  staging: { cron },
  preview: { cron },
  local: { cron },
});

/**
 * The jobs that look for work: quick changes, the exact sweep, the nightly recompute, the count, new partitions; and of the
 * monitoring tier its rollups, idle sessions, the figures of integrations, alerts, probes, uptime, and what is kept no longer.
 */
export const schedules = {
  changes: {
    function: 'look',
    job: 'changes',
    timezone: 'UTC',
    retries: 2,
    cadence: often,
  },
  'exact-changes': {
    function: 'look',
    job: 'exact-changes',
    timezone: 'UTC',
    retries: 2,
    cadence: {
      production: { everyMinutes: 60 },
      staging: { cron: '40 3 * * *' },
      preview: 'off',
      local: { everyMinutes: 60 },
    },
  },
  nightly: {
    function: 'look',
    job: 'nightly',
    timezone: 'UTC',
    retries: 2,
    cadence: daily('10 2 * * *'),
  },
  reconciliation: {
    function: 'reconciliation',
    job: 'reconcile',
    timezone: 'UTC',
    retries: 2,
    cadence: daily('10 4 * * *'),
  },
  partitions: {
    function: 'partitions',
    job: 'partitions',
    timezone: 'UTC',
    retries: 2,
    cadence: daily('40 1 * * *'),
  },
  rollup: {
    function: 'rollup',
    job: 'rollup',
    timezone: 'UTC',
    retries: 2,
    cadence: often,
  },
  sessions: {
    function: 'sessions',
    job: 'sessions',
    timezone: 'UTC',
    retries: 2,
    cadence: often,
  },
  integrations: {
    function: 'integrations',
    job: 'integrations',
    timezone: 'UTC',
    retries: 2,
    cadence: often,
  },
  alerts: {
    function: 'evaluation',
    job: 'alerts',
    timezone: 'UTC',
    retries: 2,
    cadence: always,
  },
  probes: {
    function: 'probeLook',
    job: 'probes',
    timezone: 'UTC',
    retries: 2,
    cadence: always,
  },
  uptime: {
    function: 'uptime',
    job: 'uptime',
    timezone: 'UTC',
    retries: 2,
    cadence: often,
  },
  checkpoints: {
    function: 'checkpoints',
    job: 'checkpoints',
    timezone: 'UTC',
    retries: 2,
    cadence: {
      production: { everyMinutes: 60 },
      staging: { cron: '50 4 * * *' },
      preview: 'off',
      local: { everyMinutes: 60 },
    },
  },
  'audit-ageing': {
    function: 'auditAgeing',
    job: 'audit-ageing',
    timezone: 'UTC',
    retries: 2,
    cadence: daily('30 5 * * *'),
  },
  'external-aggregates': {
    function: 'externalAggregates',
    job: 'external-aggregates',
    timezone: 'UTC',
    retries: 2,
    cadence: daily('20 6 * * *'),
  },
  retention: {
    function: 'retentionLook',
    job: 'retention',
    timezone: 'UTC',
    retries: 2,
    cadence: daily('10 5 * * *'),
  },
} as const satisfies Record<string, ScheduleSpec>;

/** The name of a schedule of this stack. */
export type ScheduleName = keyof typeof schedules;

/** The event bus: `aggregation.completed` goes out on it, and events of the tracking plan come in by it, by rules of the plan. */
export const bus = {
  name: 'rookery',
  rules: busRules() as readonly RuleSpec[],
} as const;

/** The routes of the HTTP API: those of the contract table, and what is public. */
export const routes: readonly RouteSpec[] = [
  { method: 'GET', path: '/health', function: 'health', auth: 'public' },
  { method: 'GET', path: '/openapi.json', function: 'docs', auth: 'public' },
  { method: 'GET', path: '/docs', function: 'docs', auth: 'public' },
  { method: 'GET', path: '/docs/errors/{code}', function: 'docs', auth: 'public' },
  { method: 'GET', path: '/status/{tenant}', function: 'status', auth: 'public' },
  {
    method: 'GET',
    path: '/status/{tenant}/{service}/badge.svg',
    function: 'status',
    auth: 'public',
  },
  ...operations.flatMap(({ served, endpoint }) =>
    pathsOf(endpoint).map((path): RouteSpec => ({
      method: endpoint.method,
      path,
      function: served,
      // A gateway's authorizer knows tokens only: where API keys are taken as well, the function alone checks both.
      auth: endpoint.apiKey === undefined ? 'jwt' : 'public',
      ...(endpoint.streaming === undefined ? {} : { streaming: true }),
    })),
  ),
  { method: 'ANY', path: '$default', function: 'fallback', auth: 'public' },
];

/** What browsers of other origins may do. Every origin: who asks is told by the token alone, and no cookie is read. */
export type CorsSpec = {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAgeSeconds: number;
};

/** The CORS of the HTTP API; functions add none of it themselves. */
export const cors: CorsSpec = {
  origins: ['*'],
  methods: ['GET', 'POST', 'PATCH', 'DELETE'],
  headers: [
    'accept',
    'authorization',
    'content-type',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'x-api-key',
    'x-request-id',
  ],
  exposed: [
    'etag',
    'link',
    'retry-after',
    'x-request-id',
    'ratelimit-limit',
    'ratelimit-remaining',
    'ratelimit-reset',
    'rookery-as-of',
    'rookery-complete-through',
    'content-disposition',
    'idempotency-replayed',
    'repr-digest',
    'rookery-manifest',
  ],
  maxAgeSeconds: 3_600,
};

/** What runs once a deployment, before anything else of it: the migrations. */
export const deployment = { function: 'migrate' } as const satisfies { function: FunctionName };

/** Secrets that a person gives to a stage; the logins of the warehouse are made by each deployment itself. */
export const secrets = [
  'SOURCE_DATABASE_URL',
  'POSTHOG_API_KEY',
  'POSTHOG_QUERY_KEY',
  'SIEM_TOKEN',
] as const;
