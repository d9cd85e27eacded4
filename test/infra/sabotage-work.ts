import { drop, another, mark, set, setGraph, swap, type Sabotage } from './sabotage.ts';

const mapping = 'AggregateQueueSubscriberEcbthsEventSourceMapping';

/** What breaks each rule about functions, queues and schedules, of production. */
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
  'schedule-fires-as-on-a-laptop': {
    'an unknown expression': set(
      'schedule',
      'NightlyScheduleSchedule',
      'scheduleExpression',
      'cron(10 2 * * *)',
    ),
    'a rate': set('schedule', 'AlertsScheduleSchedule', 'scheduleExpression', 'rate(1 minute)'),
    'an hour later': set(
      'schedule',
      'NightlyScheduleSchedule',
      'scheduleExpression',
      'cron(10 3 * * ? *)',
    ),
    'weekdays only': set(
      'schedule',
      'NightlyScheduleSchedule',
      'scheduleExpression',
      'cron(10 2 ? * 2-6 *)',
    ),
    'not on the 31st': set(
      'schedule',
      'NightlyScheduleSchedule',
      'scheduleExpression',
      'cron(10 2 1-30 * ? *)',
    ),
    'another zone': set(
      'schedule',
      'NightlyScheduleSchedule',
      'scheduleExpressionTimezone',
      'Europe/Berlin',
    ),
    'some time within the hour': set(
      'schedule',
      'NightlyScheduleSchedule',
      'flexibleTimeWindow.mode',
      'FLEXIBLE',
    ),
    never: set('schedule', 'NightlyScheduleSchedule', 'state', 'DISABLED'),
  },
  'schedule-starts-its-function': {
    another: swap('schedule', 'NightlyScheduleSchedule', 'production-look', 'production-rollup'),
    'none that there is': swap(
      'schedule',
      'NightlyScheduleSchedule',
      'production-look',
      'production-gone',
    ),
  },
  'schedule-tells-its-slot': {
    'another job': swap('schedule', 'NightlyScheduleSchedule', '"nightly"', '"changes"'),
    'the time of the try': swap(
      'schedule',
      'NightlyScheduleSchedule',
      'scheduled-time',
      'execution-id',
    ),
    nothing: set('schedule', 'NightlyScheduleSchedule', 'target.input'),
  },
  'schedule-tries-again-then-keeps': {
    'never again': set(
      'schedule',
      'NightlyScheduleSchedule',
      'target.retryPolicy.maximumRetryAttempts',
      0,
    ),
    'and keeps nothing': set('schedule', 'NightlyScheduleSchedule', 'target.deadLetterConfig'),
    'and keeps it where nobody looks': swap(
      'schedule',
      'NightlyScheduleSchedule',
      'firings-dlq',
      'siem-dlq',
    ),
  },
  'failed-firing-is-kept': {
    'Lambda does as it likes': drop('invokeConfig', 'LookEventInvokeConfig'),
    'never again': set('invokeConfig', 'LookEventInvokeConfig', 'maximumRetryAttempts', 0),
    'and keeps nothing': set('invokeConfig', 'LookEventInvokeConfig', 'destinationConfig'),
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
