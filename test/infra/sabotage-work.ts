import { drop, another, mark, set, setGraph, swap, type Sabotage } from './sabotage.ts';

const mapping = 'AggregateQueueSubscriberEcbthsEventSourceMapping';

/** What breaks each rule about functions and queues, of production. */
export const work: Readonly<Record<string, Readonly<Record<string, Sabotage>>>> = {
  'functions-are-the-topologys': {
    'a function is missing': drop('function', 'OverviewFunction'),
    'a function is too much': another('function', 'OverviewFunction', {
      name: 'rookery-production-spy',
    }),
  },
  'queues-are-the-topologys': {
    'a queue is missing': drop('queue', 'NotifyQueueQueue'),
    'the last resort of the bus is missing': drop('queue', 'BusDlqQueue'),
    'a queue is too much': another('queue', 'NotifyQueueQueue', {
      name: 'rookery-production-more',
    }),
  },
  'schedules-are-the-topologys': {
    'a schedule is missing': drop('schedule', 'AlertsScheduleSchedule'),
  },
  'function-is-built-of-its-handler': {
    'it is built of another file': setGraph('builds', []),
  },
  'nothing-unknown-is-asked': {
    'a provider was asked what nobody answers': setGraph('unknownCalls', ['aws:x/y:y']),
  },
  'nothing-else-is-made': {
    'a server': mark('api', 'ApiApi', { type: 'aws:ec2/instance:Instance' }),
  },
  'function-runs-on-node-24-arm64': {
    'an old Node': set('function', 'LeadsFunction', 'runtime', 'nodejs20.x'),
    Intel: set('function', 'LeadsFunction', 'architectures', ['x86_64']),
    'an architecture left to AWS': set('function', 'LeadsFunction', 'architectures'),
  },
  'function-has-its-time-and-memory': {
    'less memory': set('function', 'AggregateFunction', 'memorySize', 512),
    'more time': set('function', 'AggregateFunction', 'timeout', 121),
    'time left to AWS': set('function', 'AggregateFunction', 'timeout'),
  },
  'function-logs-json-for-a-while': {
    'text logs': set('function', 'SiemFunction', 'loggingConfig.logFormat', 'Text'),
    'logs for ever': set('logGroup', 'SiemLogGroup', 'retentionInDays'),
    'logs for a day': set('logGroup', 'SiemLogGroup', 'retentionInDays', 1),
    'a log group that is not there': drop('logGroup', 'SiemLogGroup'),
  },
  'function-that-logs-in-is-bounded': {
    'no reserve': set('function', 'LeadsFunction', 'reservedConcurrentExecutions'),
    'a larger reserve': set('function', 'LeadsFunction', 'reservedConcurrentExecutions', 50),
    'none for who streams': set('function', 'ExportsFunction', 'reservedConcurrentExecutions'),
  },
  'reserved-concurrency-leaves-some': {
    'one takes all': set('function', 'LeadsFunction', 'reservedConcurrentExecutions', 900),
  },
  'function-knows-what-it-uses': {
    'a variable of others': set(
      'function',
      'LeadsFunction',
      'environment.variables.POSTHOG_API_KEY',
      'k',
    ),
    'a variable is missing': set(
      'function',
      'AggregateFunction',
      'environment.variables.EVENT_BUS_NAME',
    ),
    'the schema is missing': set(
      'function',
      'AggregateFunction',
      'environment.variables.WAREHOUSE_SCHEMA',
    ),
    'a key where it is needed': set('function', 'SiemFunction', 'environment.variables.SIEM_TOKEN'),
  },
  'queue-has-dead-letters': {
    none: set('queue', 'NotifyQueueQueue', 'redrivePolicy'),
    'those of another': swap('queue', 'NotifyQueueQueue', 'notify-dlq', 'siem-dlq'),
    'some that do not exist': drop('queue', 'NotifyDlqQueue'),
    'after the first try': swap(
      'queue',
      'NotifyQueueQueue',
      '"maxReceiveCount":5',
      '"maxReceiveCount":1',
    ),
  },
  'queue-keeps-two-weeks': {
    'dead letters for four days': set(
      'queue',
      'NotifyDlqQueue',
      'messageRetentionSeconds',
      345_600,
    ),
    'as long as AWS likes': set('queue', 'NotifyQueueQueue', 'messageRetentionSeconds'),
  },
  'queue-hides-for-six-timeouts': {
    'a second less': set('queue', 'NotifyQueueQueue', 'visibilityTimeoutSeconds', 359),
    'a slower function': set('function', 'NotifyFunction', 'timeout', 61),
  },
  'queue-has-its-one-consumer': {
    none: drop('mapping', mapping),
    two: another('mapping', mapping),
    another: swap(
      'mapping',
      mapping,
      'function:rookery-production-aggregate',
      'function:rookery-production-siem',
    ),
    'larger batches': set('mapping', mapping, 'batchSize', 11),
    'as many at once as Lambda likes': set('mapping', mapping, 'scalingConfig'),
    'it is off': set('mapping', mapping, 'enabled', false),
    'a queue of somebody else': swap(
      'mapping',
      mapping,
      '123456789012:rookery',
      '999999999999:rookery',
    ),
  },
  'batch-fails-in-part': {
    'as a whole': set('mapping', mapping, 'functionResponseTypes'),
  },
  'queue-is-encrypted': {
    'it is not': set('queue', 'NotifyDlqQueue', 'sqsManagedSseEnabled', false),
    'one after the other': set('queue', 'NotifyQueueQueue', 'fifoQueue', true),
  },
};

/** What breaks rules that a preview alone can break. */
export const previewWork: typeof work = {
  'function-that-logs-in-is-bounded': {
    'anybody may start as many streams as he likes': set(
      'function',
      'ExportsFunction',
      'reservedConcurrentExecutions',
    ),
  },
  'schedules-are-the-topologys': {
    'a schedule keeps the database awake': another('schedule', 'NightlyScheduleSchedule', {
      name: 'rookery-pr-7-alerts',
    }),
  },
  'migration-comes-before-code': {
    'code goes first': mark('function', 'LeadsFunction', { after: [] }),
  },
};
