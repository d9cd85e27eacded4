import type { Graph, Resource } from '../graph/graph.ts';
import { statementsOf, type Arns, type Condition, type Statement } from '../aws/statements.ts';
import { schedules, type FunctionSpec } from '../topology.ts';
import { called, physicalIn, types } from './parts.ts';
import { entriesOf, textAt, textsOf } from './read.ts';
import { ofType } from './rule.ts';

// What the graph lacks is no ARN, so that a statement about it equals none.
const missing = 'missing';

const arnOf = (graph: Graph, type: string, logicalName: string): string =>
  ofType(graph, type).find(({ name }) => name === logicalName)?.arn ?? missing;

// arn:aws:lambda:<region>:<account>:function:<name>
const placeOf = ({ arn }: Resource): string => arn.split(':').slice(3, 5).join(':');

const arnsIn = (graph: Graph, function_: Resource): Arns<string> => {
  const queue = (name: string): string =>
    called(graph, types.queue, physicalIn(graph, name))?.arn ?? missing;
  const from = textAt(function_, 'environment', 'variables', 'EMAIL_FROM');
  const domain = /@([^@\s>]+)>?$/.exec(from)?.[1] ?? missing;
  return {
    queue,
    bus: called(graph, types.bus, physicalIn(graph, 'bus'))?.arn ?? missing,
    archive: arnOf(graph, types.bucket, 'ArchiveStoreBucket'),
    checkpoints: arnOf(graph, types.bucket, 'CheckpointStoreBucket'),
    signKey: arnOf(graph, types.key, 'SignKey'),
    sealKey: arnOf(graph, types.key, 'SealKey'),
    sender: `arn:aws:ses:${placeOf(function_)}:identity/${domain}`,
    below: (bucket, folder) => `${bucket}/${folder}/*`,
    allQueues: ofType(graph, types.queue)
      .filter(({ name }) => !['FiringsDlqQueue', 'BusDlqQueue'].includes(name))
      .map(({ arn }) => arn),
  };
};

const conditionOf = (conditions: readonly Condition[]) =>
  Object.fromEntries(
    conditions.map(({ test, variable, values }) => [test, { [variable]: values }]),
  );

const written = ({ actions, resources, conditions }: Statement<string>) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...(conditions === undefined ? {} : { Condition: conditionOf(conditions) }),
});

/** The one statement that names no resource of ours: a telephone has no ARN, and a topic is none. */
export const textMessages = {
  Effect: 'Allow',
  Action: ['sns:Publish'],
  NotResource: ['arn:aws:sns:*:*:*'],
};

/** What the topology lets a function of a graph do, as statements of IAM. */
export const allowedTo = (
  graph: Graph,
  name: string,
  spec: FunctionSpec,
  resource: Resource,
): readonly unknown[] => {
  const arns = arnsIn(graph, resource);
  const group = `arn:aws:logs:${placeOf(resource)}:log-group:/aws/lambda/${physicalIn(graph, name)}`;
  const isScheduled = Object.values(schedules).some((one) => one.function === name);
  const firings = called(graph, types.queue, physicalIn(graph, 'firings-dlq'))?.arn ?? missing;
  return [
    written({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${group}:log-stream:*`],
    }),
    ...spec.uses.flatMap((use) => statementsOf(use, arns)).map(written),
    ...(spec.uses.includes('send:sms') ? [textMessages] : []),
    ...(isScheduled ? [written({ actions: ['sqs:SendMessage'], resources: [firings] })] : []),
  ];
};

/** A statement in one form, whatever the order of what it lists. */
export const canonical = (statement: unknown): string => {
  const parts = entriesOf(statement).map(([key, value]): readonly [string, unknown] => {
    const isList = key === 'Action' || key.endsWith('Resource');
    return [key, isList ? textsOf(value).toSorted() : value];
  });
  return JSON.stringify(parts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
