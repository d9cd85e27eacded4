import { drop, set, swap, type Sabotage } from './sabotage.ts';

const alarm = 'aws:cloudwatch/metricAlarm:MetricAlarm';
const dashboard = 'aws:cloudwatch/dashboard:Dashboard';
const filter = 'aws:cloudwatch/logMetricFilter:LogMetricFilter';
const policy = 'aws:sns/topicPolicy:TopicPolicy';
const { stringify } = JSON;

/** What breaks each rule about alarms, of production. */
export const alarms: Readonly<Record<string, Readonly<Record<string, Sabotage>>>> = {
  'dead-letters-raise-an-alarm': {
    'of a queue they do not': drop(alarm, 'DeadLettersNotifyAlarm'),
    'of the bus they do not': drop(alarm, 'DeadLettersBusAlarm'),
    'a hundred do': set(alarm, 'DeadLettersNotifyAlarm', 'threshold', 100),
  },
  'waiting-message-raises-an-alarm': {
    'it does not': drop(alarm, 'OldestNotifyAlarm'),
  },
  'errors-raise-an-alarm': {
    'those of migrations do not': drop(alarm, 'ErrorsDeploy1Alarm'),
    'those of one consumer do not': swap(
      alarm,
      'ErrorsQueue1Alarm',
      'production-notify',
      'production-leads',
    ),
    'those of the API do not': drop(alarm, 'ApiFailuresAlarm'),
  },
  'late-job-raises-an-alarm': {
    'one does not': drop(alarm, 'LateNightlyAlarm'),
    'one that says nothing does not': set(alarm, 'LateNightlyAlarm', 'treatMissingData', 'missing'),
    'nobody counts it': drop(filter, 'LookJobLag'),
  },
  'silent-evaluator-raises-an-alarm': {
    'it does not': drop(alarm, 'HeartbeatEvaluatorAlarm'),
    'after an hour': set(alarm, 'HeartbeatEvaluatorAlarm', 'evaluationPeriods', 60),
  },
  'drift-raises-an-alarm': {
    'it does not': drop(alarm, 'DriftAlarm'),
    'nobody counts it': drop(filter, 'ReconcileDrift'),
  },
  'alarm-tells-somebody': {
    'when it begins nobody': set(alarm, 'DriftAlarm', 'alarmActions', []),
    'when it is over nobody': set(alarm, 'DriftAlarm', 'okActions', []),
    'whom there is not': swap(
      alarm,
      'DriftAlarm',
      'rookery-production-alarms',
      'rookery-staging-alarms',
    ),
    'it is off': set(alarm, 'DriftAlarm', 'actionsEnabled', false),
  },
  'topic-lets-only-its-alarms-in': {
    'those of other stages too': swap(policy, 'AlarmTopicPolicy', 'rookery-production-*', '*'),
    'other services too': swap(
      policy,
      'AlarmTopicPolicy',
      'cloudwatch.amazonaws.com',
      's3.amazonaws.com',
    ),
    'to do anything': swap(policy, 'AlarmTopicPolicy', 'sns:Publish', 'sns:*'),
    'nobody may': drop(policy, 'AlarmTopicPolicy'),
  },
  'alarm-watches-what-exists': {
    'a queue that was renamed': swap(
      alarm,
      'OldestNotifyAlarm',
      'production-notify',
      'production-tell',
    ),
    'a function that was renamed': swap(
      alarm,
      'ErrorsQueue1Alarm',
      'production-notify',
      'production-tell',
    ),
  },
  'alarms-within-limits': {
    'two days by the minute': set(alarm, 'HeartbeatEvaluatorAlarm', 'evaluationPeriods', 2_880),
    'a period of a second': set(alarm, 'HeartbeatEvaluatorAlarm', 'period', 1),
    'twelve metrics': set(
      alarm,
      'ErrorsQueue1Alarm',
      'metricQueries',
      Array.from({ length: 12 }, () => ({})),
    ),
    'a dashboard that is none': set(dashboard, 'Dashboard', 'dashboardBody', '{'),
    'a dashboard without an end': set(
      dashboard,
      'Dashboard',
      'dashboardBody',
      stringify({ widgets: Array.from({ length: 501 }, () => ({})) }),
    ),
  },
};
