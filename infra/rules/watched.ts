import type { Graph, Resource } from '../graph/graph.ts';
import { at, entriesOf, listOf } from './read.ts';
import { ofType } from './rule.ts';

/** Pulumi's type of an alarm. */
export const alarm = 'aws:cloudwatch/metricAlarm:MetricAlarm';

/** A metric that an alarm watches: `AWS/SQS ApproximateAgeOfOldestMessage` of `QueueName=…`. */
export type Watched = { readonly alarm: Resource; readonly name: string; readonly of: string };

const dimension = (metric: unknown): string =>
  entriesOf(at(metric, 'dimensions'))
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ');

// The metrics of an alarm: the one that it is about, or those that its expression is made of.
const metricsOf = (one: Resource): readonly Watched[] => {
  const queried = listOf(at(one.inputs, 'metricQueries')).flatMap((query) =>
    listOf(at(query, 'metric')),
  );
  const metrics = at(one.inputs, 'metricName') === undefined ? queried : [one.inputs];
  return metrics.map((metric) => ({
    alarm: one,
    name: `${String(at(metric, 'namespace'))} ${String(at(metric, 'metricName'))}`,
    of: dimension(metric),
  }));
};

/** Every metric that alarms of a graph watch. */
export const watchedIn = (graph: Graph): readonly Watched[] =>
  ofType(graph, alarm).flatMap(metricsOf);

/** A fault for each of these that no alarm watches. */
export const unwatched = (
  graph: Graph,
  name: string,
  dimensions: readonly string[],
): readonly string[] => {
  const of = new Set(watchedIn(graph).flatMap((one) => (one.name === name ? [one.of] : [])));
  return dimensions
    .filter((each) => !of.has(each))
    .map((each) => `${each.split('=').at(-1)}: nobody is told of its ${name}`);
};
