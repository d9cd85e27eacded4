import { bus, functions, routes, type FunctionName, type FunctionSpec } from '../topology.ts';
import {
  counting,
  groupsOf,
  mostMetrics,
  sumOf,
  type Alarm,
  type Metric,
  type Watched,
} from './alarm.ts';

const specs: readonly (readonly [FunctionName, FunctionSpec])[] = Object.entries(functions) as [
  FunctionName,
  FunctionSpec,
][];

const ofKind = (kind: string): readonly FunctionName[] =>
  specs.flatMap(([name, { handler }]) => (handler.startsWith(`functions/${kind}/`) ? [name] : []));

const streaming = [
  ...new Set(routes.flatMap((route) => (route.streaming === true ? [route.function] : []))),
];

/** A number that Lambda counts of a function. */
export const ofFunction = (
  functionName: string,
  name: string,
  stat: Metric<string>['stat'] = 'Sum',
): Metric<string> => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: functionName },
  stat,
});

/** A number that the gateway counts. */
export const ofGateway = <Text>(
  apiId: Text,
  name: string,
  stat: Metric<Text>['stat'] = 'Sum',
): Metric<Text> => ({ namespace: 'AWS/ApiGateway', name, dimensions: { ApiId: apiId }, stat });

// One alarm of all of them would have too many metrics: `errors-schedule-1`, `errors-schedule-2`.
const grouped = <Text>(
  names: readonly FunctionName[],
  { nameOf }: Watched<Text>,
  metric: 'Errors' | 'Throttles',
  alarm: Omit<Alarm<string>, 'metrics' | 'expression'>,
): readonly Alarm<string>[] =>
  groupsOf(names, mostMetrics).map((group, nth) => ({
    ...alarm,
    name: `${alarm.name}-${nth + 1}`,
    says: `${alarm.says} Functions: ${group.join(', ')}.`,
    metrics: group.map((name) => ofFunction(nameOf(name), metric)),
    expression: sumOf(0, group.length),
  }));

const failed = {
  schedule: { than: 5, says: 'Firings of schedules fail, and are tried again.' },
  queue: { than: 5, says: 'Consumers of queues crash or run out of time; their messages come again.' },
  deploy: { than: 1, says: 'The migrations of a deployment failed; what ran before goes on.' },
} as const;

/**
 * Errors of functions that nobody waits for, by their kind: what they throw, crashes, and time-outs. Those of the API show in
 * what it answers. Counted and not as a share: the two jobs of every minute would hide those of every night.
 */
export const errorAlarms = <Text>(watched: Watched<Text>): readonly Alarm<string>[] =>
  (['schedule', 'queue', 'deploy'] as const).flatMap((kind) =>
    grouped(ofKind(kind), watched, 'Errors', {
      ...counting,
      name: `errors-${kind}`,
      says: `${failed[kind].says} The log of each says why, at level ERROR or with outcome retry.`,
      doc: kind === 'deploy' ? 'docs/deploy.md#migrations' : 'docs/operations.md#first-look',
      wrong: { is: '>=', than: failed[kind].than },
      periodSeconds: 900,
      periods: 1,
      wrongPeriods: 1,
    }),
  );

/** Functions that are asked for more often at once than the database is to bear. */
export const throttleAlarms = <Text>(watched: Watched<Text>): readonly Alarm<string>[] => {
  const held = specs.flatMap(([name, { atOnce }]) => (atOnce === undefined ? [] : [name]));
  if (!watched.stage.isReserved) return [];
  return grouped(held, watched, 'Throttles', {
    ...counting,
    name: 'throttles',
    says: 'More was asked at once than atOnce of infra/topology.ts lets through: of the API it was answered 503; a job comes again. If it lasts, somebody asks too much, or the database is slow.',
    doc: 'docs/operations.md#first-look',
    wrong: { is: '>=', than: 10 },
    periodSeconds: 300,
    periods: 3,
    wrongPeriods: 2,
  });
};

// Three failed of five would be a share of 60 %, and nobody's night.
const fewestRequests = 20;

/** What the API answers: the share of it that is a failure of ours, the functions with URLs of their own included, and how fast. */
export const apiAlarms = <Text>({ apiId, nameOf }: Watched<Text>): readonly Alarm<Text | string>[] => {
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
    metrics: ['InvocationDroppedCount', 'InvocationsFailedToBeSentToDeadLetterCount'].map((name) => ({
      namespace: 'AWS/Scheduler',
      name,
      dimensions: { ScheduleGroup: nameOf('jobs') },
      stat: 'Sum',
    })),
    expression: sumOf(0, 2),
    periodSeconds: 300,
    periods: 1,
    wrongPeriods: 1,
  },
];
