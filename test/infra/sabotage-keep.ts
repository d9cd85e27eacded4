import { another, drop, mark, set, setGraph, swap, type Sabotage } from './sabotage.ts';

const long = 'a'.repeat(65);
const mapping = 'AggregateQueueSubscriberEcbthsEventSourceMapping';
const direct = { from: 'ep-main-pooler.', to: 'ep-main.' };

/** What breaks each rule about secrets, what is kept, the database and AWS's limits, of production. */
export const keep: Readonly<Record<string, Readonly<Record<string, Sabotage>>>> = {
  'secret-is-in-environments-only': {
    'a description': set('function', 'LeadsFunction', 'description', 'uses phc_of-tests'),
    'a password alone': set('function', 'LeadsFunction', 'description', 'of-OpsPassword'),
    'an event': swap('schedule', 'NightlyScheduleSchedule', '"nightly"', '"siem-of-tests"'),
    'the outputs': setGraph('outputs', { key: 'phc_of-tests' }),
  },
  'secret-has-one-name': {
    'it has two': set(
      'function',
      'LeadsFunction',
      'environment.variables.TOKEN_AUDIENCE',
      'phc_of-tests',
    ),
  },
  'buckets-are-two': {
    'one is missing': drop('bucket', 'CheckpointStoreBucket'),
    'one is too much': another('bucket', 'ArchiveStoreBucket'),
  },
  'bucket-is-closed-to-the-public': {
    'not by lists': set('publicAccess', 'ArchiveStorePublicAccessBlock', 'blockPublicAcls', false),
    'not at all': drop('publicAccess', 'CheckpointStorePublicAccessBlock'),
  },
  'bucket-speaks-https-only': {
    'it speaks to all': drop('bucketPolicy', 'ArchiveStorePolicy'),
    'and gives leave': swap('bucketPolicy', 'ArchiveStorePolicy', 'Deny', 'Allow'),
    'to the list, not to objects': swap('bucketPolicy', 'ArchiveStorePolicy', '/*', ''),
  },
  'bucket-keeps-versions': {
    'no more': set(
      'versioning',
      'ArchiveStoreVersioning',
      'versioningConfiguration.status',
      'Suspended',
    ),
    'it never did': drop('versioning', 'ArchiveStoreVersioning'),
  },
  'deleted-archive-is-forgotten': {
    'it is kept for ever': drop('lifecycle', 'ArchiveLifecycle'),
    'not yet': set('lifecycle', 'ArchiveLifecycle', 'rules.0.status', 'Disabled'),
  },
  'checkpoints-are-locked': {
    'they are not': set('bucket', 'CheckpointStoreBucket', 'objectLockEnabled'),
    'they go with the stage': mark('bucket', 'CheckpointStoreBucket', { isRetained: false }),
  },
  'bucket-is-emptied-only-where-it-may': {
    'of production': set('bucket', 'ArchiveStoreBucket', 'forceDestroy', true),
  },
  'keys-can-be-had-back': {
    'for a week': set('key', 'SealKey', 'deletionWindowInDays', 7),
    'the same for ever': set('key', 'SealKey', 'enableKeyRotation', false),
    'one is missing': drop('key', 'SignKey'),
    'anybody may use it': set('key', 'SignKey', 'policy', '{"Statement":[]}'),
  },
  'production-is-kept': {
    'removed with all it has': setGraph('app.removal', 'remove'),
    'removed by mistake': setGraph('app.protect', false),
    'a key goes': mark('key', 'SealKey', { isRetained: false }),
    'a bucket can be removed': mark('bucket', 'ArchiveStoreBucket', { isProtected: false }),
  },
  'bill-says-whose-it-is': {
    'not which stage': setGraph('app.providers', {}),
  },
  'production-database-is-only-looked-at': {
    'a branch is made': mark('api', 'ApiApi', { type: 'neon:index/branch:Branch' }),
    'a project is made': mark('api', 'ApiApi', { type: 'neon:index/project:Project' }),
  },
  'login-is-pooled': {
    'past the pooler': swap('function', 'LeadsFunction', direct.from, direct.to),
    'migrations by the pooler': swap(
      'function',
      'MigrateFunction',
      '@ep-main.',
      '@ep-main-pooler.',
    ),
    'as another role': swap('function', 'LeadsFunction', '//rookery_api:', '//rookery_ops:'),
    'as the owner': swap('function', 'LeadsFunction', '//rookery_api:', '//neondb_owner:'),
    'in the clear': swap('function', 'LeadsFunction', 'sslmode=require', 'sslmode=disable'),
    'without a password': swap('function', 'LeadsFunction', ':of-ApiPassword@', '@'),
  },
  'migration-comes-before-code': {
    'code goes first': mark('function', 'LeadsFunction', { after: [] }),
    'nothing is migrated': drop('invocation', 'Migration'),
    twice: another('invocation', 'Migration'),
    'code knows no schema': set(
      'function',
      'LeadsFunction',
      'environment.variables.WAREHOUSE_SCHEMA',
    ),
  },
  'migration-runs-when-it-changes': {
    'at every deployment': set('invocation', 'Migration', 'triggers.migrations', '1795300000000'),
    'not for a login': set('invocation', 'Migration', 'triggers.logins'),
    'with another function': set(
      'invocation',
      'Migration',
      'functionName',
      'rookery-production-look',
    ),
    'and is told another hash': set('invocation', 'Migration', 'input', '{"migrations":"0"}'),
  },
  'names-fit': {
    'a function': set('function', 'LeadsFunction', 'name', long),
    'a schedule': set('schedule', 'NightlyScheduleSchedule', 'name', long),
    'a role': set('role', 'LeadsRole', 'name', long),
    'a queue with a dot': set('queue', 'SiemDlqQueue', 'name', 'rookery.siem'),
    'two alike': another('queue', 'SiemDlqQueue'),
  },
  'bucket-names-fit': {
    capitals: set('bucket', 'ArchiveStoreBucket', 'bucket', 'Archive'),
    'too long': set('bucket', 'ArchiveStoreBucket', 'bucket', long),
  },
  'queue-within-limits': {
    'hidden for a day': set('queue', 'SiemQueueQueue', 'visibilityTimeoutSeconds', 43_201),
    'kept for a month': set('queue', 'SiemQueueQueue', 'messageRetentionSeconds', 1_209_601),
  },
  'batch-within-limits': {
    'eleven without a window': set('mapping', mapping, 'batchSize', 11),
    'one at once': set('mapping', mapping, 'scalingConfig.maximumConcurrency', 1),
    'a window of an hour': set('mapping', mapping, 'maximumBatchingWindowInSeconds', 3_600),
  },
  'function-within-limits': {
    'for longer': set('function', 'MigrateFunction', 'timeout', 901),
    'with less': set('function', 'MigrateFunction', 'memorySize', 127),
    'a large environment': set(
      'function',
      'LeadsFunction',
      'environment.variables.MORE',
      'x'.repeat(4_096),
    ),
  },
  'gateway-outlasts-its-functions': {
    'it gives up first': set('function', 'LeadsFunction', 'timeout', 30),
    'it is to wait for a minute': set(
      'integration',
      'LeadsIntegration',
      'timeoutMilliseconds',
      60_000,
    ),
  },
  'policies-fit': {
    'one is a book': set('role', 'LeadsRole', 'inlinePolicies', [
      { name: 'uses', policy: `{"Statement":["${'x'.repeat(10_300)}"]}` },
    ]),
  },
  'gateway-within-limits': {
    'too many routes': (graph) => ({
      ...graph,
      resources: [
        ...graph.resources,
        ...Array.from({ length: 300 }, () =>
          graph.resources.find(({ name }) => name === 'AnyDefaultRoute')!,
        ),
      ],
    }),
  },
  'bus-within-limits': {
    'a long pattern': set('rule', 'AuditRule', 'eventPattern', 'x'.repeat(2_049)),
    'too many tries': set('target', 'AuditTarget', 'retryPolicy.maximumRetryAttempts', 186),
  },
  'retries-within-limits': {
    'too many': set(
      'schedule',
      'NightlyScheduleSchedule',
      'target.retryPolicy.maximumRetryAttempts',
      186,
    ),
    'for a week': set('invokeConfig', 'LookEventInvokeConfig', 'maximumEventAgeInSeconds', 604_800),
  },
};

/** What breaks rules that a preview alone can break. */
export const previewKeep: typeof keep = {
  'stage-has-a-branch-of-its-own': {
    'it has none': drop('neon:index/branch:Branch', 'Branch'),
    'grown from production': set('neon:index/branch:Branch', 'Branch', 'parentId', 'br-main'),
    'grown from whatever is default': set('neon:index/branch:Branch', 'Branch', 'parentId', ''),
    'another one’s compute': set('neon:index/endpoint:Endpoint', 'Endpoint', 'branchId', 'br-main'),
    'it never sleeps': set('neon:index/endpoint:Endpoint', 'Endpoint', 'suspendTimeoutSeconds', -1),
    'a project of its own': mark('random:index/randomBytes:RandomBytes', 'LambdaEncryptionKey', {
      type: 'neon:index/project:Project',
    }),
  },
  'production-is-kept': {
    'a preview is kept, too': setGraph('app.protect', true),
  },
};
