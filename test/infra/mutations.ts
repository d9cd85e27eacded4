import type { Mutation } from '../../infra/graph/graph.ts';
import type { StageName } from './graph.ts';

/** A mistake in the program of a stage, and who must notice: a rule by its name, or the program itself, by what it says. */
export type Mistake = Mutation & {
  readonly what: string;
  readonly stage?: StageName;
} & ({ readonly rule: string } | { readonly says: string });

/** The mistakes that every run of the tests makes. */
export const usual: readonly Mistake[] = [
  {
    what: 'a dead-letter queue is dropped',
    file: 'infra/aws/queues.ts',
    from: 'dlq: { queue: dead.arn, retry: spec.maxReceiveCount },',
    to: '',
    rule: 'queue-has-dead-letters',
  },
  {
    what: 'a policy is widened',
    file: 'infra/aws/statements.ts',
    from: "[allow(queue, 'sqs:SendMessage')]",
    to: "[allow(queue, 'sqs:*')]",
    rule: 'policy-has-no-wildcard',
  },
  {
    what: 'a handler is renamed',
    file: 'infra/topology.ts',
    from: "'functions/queue/notify.ts'",
    to: "'functions/queue/notice.ts'",
    says: 'Handler not found: functions/queue/notice.handler',
  },
  {
    what: 'a visibility time-out is shortened in the topology',
    file: 'infra/topology.ts',
    from: 'visibilitySeconds: 720,',
    to: 'visibilitySeconds: 719,',
    rule: 'queue-hides-for-six-timeouts',
  },
  {
    what: 'a cadence is one that EventBridge does not know',
    file: 'infra/topology.ts',
    from: "daily('10 2 * * *')",
    to: "daily('10 2 * * MON-FRI')",
    says: '10 2 * * MON-FRI is not a cron expression',
  },
];

/** Those that the deep run makes besides. */
export const more: readonly Mistake[] = [
  {
    what: 'a visibility time-out is shortened on its way',
    file: 'infra/aws/queues.ts',
    from: '${spec.visibilitySeconds} seconds',
    to: '${spec.visibilitySeconds / 2} seconds',
    rule: 'queue-hides-for-six-timeouts',
  },
  {
    what: 'a cron expression is written as on a laptop',
    file: 'infra/aws/cron.ts',
    from: 'return `cron(${minute} ${hours}',
    to: 'return `cron(${hours} ${minute}',
    rule: 'schedule-fires-as-on-a-laptop',
  },
  {
    what: 'a batch fails as a whole',
    file: 'infra/aws/queues.ts',
    from: ', partialResponses: true',
    to: '',
    rule: 'batch-fails-in-part',
  },
  {
    what: 'a schedule is not tried again',
    file: 'infra/aws/schedules.ts',
    from: 'retries: spec.retries,',
    to: '',
    rule: 'schedule-tries-again-then-keeps',
  },
  {
    what: 'the gateway asks for no token',
    file: 'infra/aws/api.ts',
    from: "route.auth === 'jwt'",
    to: "route.auth === 'token'",
    rule: 'route-asks-for-its-token',
  },
  {
    what: 'nothing is set aside for a function that logs in',
    file: 'infra/aws/functions.ts',
    from: '{ reserved: spec.atOnce }',
    to: 'undefined',
    rule: 'function-that-logs-in-is-bounded',
  },
  {
    what: 'code does not wait for the migrations',
    file: 'infra/aws/stack.ts',
    from: 'makeFunctions({ ...before, schema })',
    to: "makeFunctions({ ...before, schema: '0041' })",
    rule: 'migration-comes-before-code',
  },
  {
    what: 'the migrations run at every deployment',
    file: 'infra/aws/migrations.ts',
    from: 'const migrations = hashOfFolder();',
    to: 'const migrations = String(Date.now());',
    rule: 'migration-runs-when-it-changes',
  },
  {
    what: 'checkpoints can be overwritten',
    file: 'infra/aws/buckets.ts',
    from: 'objectLockEnabled: true',
    to: 'objectLockEnabled: false',
    rule: 'checkpoints-are-locked',
  },
  {
    what: 'production gets a branch made',
    file: 'infra/aws/database.ts',
    from: "stage.kind === 'production'",
    to: "stage.name === 'prod'",
    rule: 'production-database-is-only-looked-at',
  },
  {
    what: 'a preview grows from production',
    stage: 'pr-7',
    file: 'infra/aws/database.ts',
    from: "parentId: settings.NEON_PARENT_BRANCH_ID ?? '',",
    to: 'parentId: project.defaultBranchId,',
    rule: 'stage-has-a-branch-of-its-own',
  },
  {
    what: 'production can be removed',
    file: 'infra/aws/stage.ts',
    from: 'isKept: true',
    to: 'isKept: false',
    rule: 'production-is-kept',
  },
  {
    what: 'a policy is about every queue',
    file: 'infra/aws/policy.ts',
    from: '{ Resource: resources }',
    to: "{ Resource: ['*'] }",
    rule: 'policy-has-no-wildcard',
  },
  {
    what: 'a role trusts the account, as SST would have it',
    file: 'infra/aws/functions.ts',
    from: "args.assumeRolePolicy = trust('lambda');",
    to: '',
    rule: 'role-trusts-its-service-only',
  },
  {
    what: 'functions log text',
    file: 'infra/aws/functions.ts',
    from: "format: 'json'",
    to: "format: 'text'",
    rule: 'function-logs-json-for-a-while',
  },
  {
    what: 'a stage lacks a setting',
    file: 'infra/aws/stack.ts',
    from: 'readSettings(stage, process.env)',
    to: 'readSettings(stage, {})',
    says: 'NEON_PROJECT_ID is not set; ',
  },
];
