import { bus, routes } from '../topology.ts';
import {
  counting,
  groupsOf,
  mostMetrics,
  sumOf,
  type Alarm,
  type Metric,
  type Watched,
} from './alarm.ts';
import { ofFunction } from './alarms-functions.ts';

/** The functions that answer at URLs of their own. */
export const streaming = [
  ...new Set(routes.flatMap((route) => (route.streaming === true ? [route.function] : []))),
];

/** A number that the gateway counts. */
export const ofGateway = <Text>(
  apiId: Text,
  name: string,
  stat: Metric<Text>['stat'] = 'Sum',
): Metric<Text> => ({ namespace: 'AWS/ApiGateway', name, dimensions: { ApiId: apiId }, stat });

// Three failed of five would be a share of 60 %, and nobody's night.
const fewestRequests = 20;

/** What the API answers: the share of it that is a failure of ours, the functions with URLs of their own included, and how fast. */
export const apiAlarms = <Text>({
  apiId,
  nameOf,
}: Watched<Text>): readonly Alarm<Text | string>[] => {
  const urls = (name: string) => streaming.map((each) => ofFunction(nameOf(each), name));
  const answers = 1 + streaming.length;
  const [bad, all] = [sumOf(0, answers), sumOf(answers, 2 * answers)];
  const common = { doc: 'docs/operations.md#first-look', periodSeconds: 300, periods: 3 } as const;
  return [
    {
      ...counting,
      ...common,
      name: 'api-failures',
      says: 'More than 5 % of the answers of the API are 5xx. The access log of the gateway says which routes, the log of their functions why.',
      metrics: [
        ofGateway(apiId, '5xx'),
        ...urls('Url5xxCount'),
        ofGateway(apiId, 'Count'),
        ...urls('UrlRequestCount'),
      ],
      expression: `IF(${all} >= ${fewestRequests}, 100 * ${bad} / ${all}, 0)`,
      wrong: { is: '>', than: 5 },
      wrongPeriods: 2,
    },
    {
      ...counting,
      ...common,
      name: 'api-slow',
      says: 'One answer of the API in twenty takes longer than 3 seconds, streams not counted. Does the database wake, or is it busy with something else?',
      metrics: [ofGateway(apiId, 'Latency', 'p95')],
      wrong: { is: '>', than: 3_000 },
      wrongPeriods: 3,
    },
  ];
};

/** Events that EventBridge could not bring to a queue and will not try again. */
export const busAlarms = <Text>({ nameOf }: Watched<Text>): readonly Alarm<string>[] =>
  groupsOf(bus.rules, mostMetrics).map((rules, nth) => ({
    ...counting,
    name: `bus-failures-${nth + 1}`,
    says: 'A rule of the bus cannot write to its queue: look at the policy of the queue. The events are in bus-dlq.',
    doc: 'docs/operations.md#events-are-refused',
    metrics: rules.map(({ name }) => ({
      namespace: 'AWS/Events',
      name: 'FailedInvocations',
      dimensions: { EventBusName: nameOf('bus'), RuleName: nameOf(name) },
      stat: 'Sum',
    })),
    expression: sumOf(0, rules.length),
    periodSeconds: 300,
    periods: 1,
    wrongPeriods: 1,
  }));

/** Firings that EventBridge Scheduler dropped, and those of them that it could not even lay down among the dead letters. */
export const schedulerAlarms = <Text>({ nameOf }: Watched<Text>): readonly Alarm<string>[] => [
  {
    ...counting,
    name: 'scheduler-drops',
    says: 'EventBridge Scheduler could not hand a firing to Lambda, and gave it up: look at the role of the schedule. It is in firings-dlq if that could be written.',
    doc: 'docs/operations.md#first-look',
    metrics: ['InvocationDroppedCount', 'InvocationsFailedToBeSentToDeadLetterCount'].map(
      (name) => ({
        namespace: 'AWS/Scheduler',
        name,
        dimensions: { ScheduleGroup: nameOf('jobs') },
        stat: 'Sum',
      }),
    ),
    expression: sumOf(0, 2),
    periodSeconds: 300,
    periods: 1,
    wrongPeriods: 1,
  },
];
