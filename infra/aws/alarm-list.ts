import type { Alarm, Watched } from './alarm.ts';
import { apiAlarms, busAlarms, schedulerAlarms } from './alarms-edges.ts';
import { errorAlarms, throttleAlarms } from './alarms-functions.ts';
import { findingAlarms, heartbeatAlarms, lateAlarms } from './alarms-jobs.ts';
import { deadLetterAlarms, oldestAlarms } from './alarms-queues.ts';

/** Every alarm of a stage. A queue, a schedule, a rule or a function that is added to the topology has one by itself. */
export const alarmsOf = <Text>(watched: Watched<Text>): readonly Alarm<Text | string>[] => [
  ...heartbeatAlarms(watched),
  ...lateAlarms(watched),
  ...findingAlarms(watched),
  ...apiAlarms(watched),
  ...errorAlarms(watched),
  ...throttleAlarms(watched),
  ...deadLetterAlarms(watched),
  ...oldestAlarms(watched),
  ...busAlarms(watched),
  ...schedulerAlarms(watched),
];

/** What the alarms of a stage are billed by: the metrics that they watch, 0.10 USD a month each. */
export const watchedMetrics = (stage: Watched<string>['stage']): number =>
  alarmsOf({ stage, nameOf: (name) => name, apiId: 'api' }).reduce(
    (sum, { metrics }) => sum + metrics.length,
    0,
  );
