import { drop, set, swap, type Sabotage } from './sabotage.ts';

/** What breaks each rule about schedules, of production. */
export const times: Readonly<Record<string, Readonly<Record<string, Sabotage>>>> = {
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
  'schedule-is-in-the-stages-group': {
    'in the one of all stages': set('schedule', 'NightlyScheduleSchedule', 'groupName'),
    'in one that is not there': drop('scheduleGroup', 'Jobs'),
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
