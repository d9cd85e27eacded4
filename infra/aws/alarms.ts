import { alarmsOf } from './alarm-list.ts';
import type { Alarm, Metric, Watched } from './alarm.ts';
import { logical, physical } from './names.ts';
import type { Stage } from './stage.ts';

type Text = $util.Input<string>;

const comparisons = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
} as const;

const isPercentile = (stat: Metric<Text>['stat']): boolean => stat.startsWith('p');

const single = ({ namespace, name, dimensions, stat }: Metric<Text>, periodSeconds: number) => ({
  namespace,
  metricName: name,
  dimensions: { ...dimensions },
  period: periodSeconds,
  ...(isPercentile(stat)
    ? // A percentile of a handful of requests says nothing.
      { extendedStatistic: stat, evaluateLowSampleCountPercentiles: 'ignore' }
    : { statistic: stat }),
});

const combined = ({ metrics, periodSeconds }: Alarm<Text>, expression: string) => ({
  metricQueries: [
    { id: 'e', expression, label: expression, returnData: true },
    ...metrics.map(({ namespace, name, dimensions, stat }, nth) => ({
      id: `m${nth}`,
      metric: {
        namespace,
        metricName: name,
        dimensions: { ...dimensions },
        stat,
        period: periodSeconds,
      },
    })),
  ],
});

const watchedBy = (alarm: Alarm<Text>) => {
  const { metrics, expression, periodSeconds } = alarm;
  const [only, ...more] = metrics;
  if (expression !== undefined) return combined(alarm, expression);
  if (only === undefined || more.length > 0)
    throw new Error(`alarm ${alarm.name} needs one metric, or an expression over several`);
  return single(only, periodSeconds);
};

/**
 * CloudWatch watches Rookery from outside: Rookery's own alerts cannot say that they are dead, nor can anything else that stands
 * still. Each alarm tells the topic when it begins and when it is over; a stage without one has them for the dashboard alone.
 */
export const makeAlarms = (
  stage: Stage,
  apiId: Text,
  topic: $util.Output<string> | undefined,
): readonly aws.cloudwatch.MetricAlarm[] => {
  const actions = topic === undefined ? [] : [topic];
  const watched: Watched<Text> = { stage, nameOf: physical, apiId };
  return alarmsOf(watched).map((alarm) => {
    const { name, says, doc, wrong, periods, wrongPeriods, silence } = alarm;
    return new aws.cloudwatch.MetricAlarm(`${logical(name)}Alarm`, {
      name: physical(name),
      alarmDescription: `${says} See ${doc}`,
      ...watchedBy(alarm),
      comparisonOperator: comparisons[wrong.is],
      threshold: wrong.than,
      evaluationPeriods: periods,
      datapointsToAlarm: wrongPeriods,
      treatMissingData: silence,
      alarmActions: actions,
      okActions: actions,
    });
  });
};
