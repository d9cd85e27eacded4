import { functions, type FunctionName, type FunctionSpec } from '../topology.ts';
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
  queue: {
    than: 5,
    says: 'Consumers of queues crash or run out of time; their messages come again.',
  },
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
      doc: `docs/operations.md#${kind === 'deploy' ? 'a-new-version' : 'first-look'}`,
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
