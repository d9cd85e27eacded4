import type { Graph } from '../graph/graph.ts';
import { functions, queues, schedules, type FunctionSpec, type ScheduleSpec } from '../topology.ts';
import { functionsIn, physicalIn, stageIn, titleOf, types } from './parts.ts';
import { differs, setDiffers } from './read.ts';
import { ofType, type Rule } from './rule.ts';

const namesOf = (graph: Graph, type: string): readonly string[] => ofType(graph, type).map(titleOf);

const same = (graph: Graph, type: string, names: readonly string[]): readonly string[] =>
  setDiffers(
    type,
    namesOf(graph, type),
    names.map((name) => physicalIn(graph, name)),
  );

/** The queues that no queue of the topology stands before: what schedules and the bus could not hand over. */
export const lastResorts = ['firings-dlq', 'bus-dlq'] as const;

const functionsAreThose: Rule = {
  name: 'functions-are-the-topologys',
  says: 'the functions of a stage are those of infra/topology.ts, no more and no fewer',
  faults: (graph) => same(graph, types.function, Object.keys(functions)),
};

const queuesAreThose: Rule = {
  name: 'queues-are-the-topologys',
  says: 'the queues of a stage are those of the topology, one of dead letters for each, and the last resorts',
  faults: (graph) =>
    same(graph, types.queue, [
      ...Object.keys(queues).flatMap((name) => [name, `${name}-dlq`]),
      ...lastResorts,
    ]),
};

const schedulesAreThose: Rule = {
  name: 'schedules-are-the-topologys',
  says: 'the schedules of a stage are those that the topology does not switch off there',
  faults: (graph) => {
    const { kind } = stageIn(graph);
    const on = Object.entries<ScheduleSpec>(schedules).filter(
      ([, { cadence }]) => cadence[kind] !== 'off',
    );
    return same(
      graph,
      types.schedule,
      on.map(([name]) => name),
    );
  },
};

const handlersAreThose: Rule = {
  name: 'function-is-built-of-its-handler',
  says: 'every function is built of the file that the topology names, and exports `handler`',
  faults: (graph) => [
    ...functionsIn(graph).flatMap(({ name, spec, resource }) => {
      const build = graph.builds.find((each) => `${each.functionId}Function` === resource.name);
      return differs(name, 'its handler file', build?.source, spec.handler);
    }),
    ...graph.builds.flatMap(({ functionId, handler }) =>
      differs(functionId, 'its export', handler.split('.').at(-1), 'handler'),
    ),
  ],
};

const nothingUnknown: Rule = {
  name: 'nothing-unknown-is-asked',
  says: 'the program asks of providers what the stand-in for the cloud can answer, so that the graph is true',
  faults: ({ unknownCalls }) => unknownCalls.map((call) => `${call} is not answered`),
};

// What else a stage is made of, by whose types: lists of what rules look at would not show what nobody has thought of.
const known: readonly RegExp[] = [
  /^aws:cloudwatch\/(dashboard:Dashboard|logMetricFilter:LogMetricFilter|metricAlarm:MetricAlarm)$/,
  /^aws:sns\/(topic:Topic|topicPolicy:TopicPolicy|topicSubscription:TopicSubscription)$/,
  /^aws:s3\/bucketObjectv2:BucketObjectv2$/,
  // The domain of the API.
  /^aws:acm\/(certificate:Certificate|certificateValidation:CertificateValidation)$/,
  /^aws:apigatewayv2\/(apiMapping:ApiMapping|domainName:DomainName)$/,
  /^(aws:route53\/record:Record|pulumi-nodejs:dynamic:Resource)$/,
  /^neon:index\/(branch:Branch|endpoint:Endpoint)$/,
  /^random:index\/(randomBytes:RandomBytes|randomPassword:RandomPassword)$/,
  /^(sst|pulumi):/,
];

const nothingElse: Rule = {
  name: 'nothing-else-is-made',
  says: 'a stage is made of kinds of things that rules look at: a new kind is for its author to judge, and to add here',
  faults: ({ resources }) => {
    const looked = new Set<string>(Object.values(types));
    return resources
      .filter(({ type }) => !looked.has(type) && !known.some((each) => each.test(type)))
      .map(({ type, name }) => `${name}: ${type} is of no kind that rules know`);
  },
};

/** A stage is the topology, and nothing beside it. */
export const topologyRules: readonly Rule[] = [
  functionsAreThose,
  queuesAreThose,
  schedulesAreThose,
  handlersAreThose,
  nothingUnknown,
  nothingElse,
];

/** Every handler file is the handler of a function: a file that nothing deploys is dead or forgotten. */
export const orphans = (files: readonly string[]): readonly string[] =>
  setDiffers(
    'functions/',
    files,
    Object.values<FunctionSpec>(functions).map(({ handler }) => handler),
  );
