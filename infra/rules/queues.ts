import type { Graph, Resource } from '../graph/graph.ts';
import type { QueueSpec } from '../topology.ts';
import { functionAt, physicalIn, queueAt, queuesIn, titleOf, types, type Made } from './parts.ts';
import { at, differs, jsonOf, numberAt, textAt, textsOf, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';

const day = 24 * 3_600;
const twoWeeks = 14 * day;

const each =
  (faults: (made: Made<QueueSpec>, graph: Graph) => readonly string[]): Rule['faults'] =>
  (graph) =>
    queuesIn(graph).flatMap((made) => faults(made, graph));

/** Where a queue puts what was received too often. */
export const redriveOf = (queue: Resource): unknown => jsonOf(textAt(queue, 'redrivePolicy'));

const deadLetters: Rule = {
  name: 'queue-has-dead-letters',
  says: 'what a consumer fails at for good is kept in a queue of its own, after as many tries as the topology says',
  faults: each(({ name, spec, resource }, graph) => {
    const policy = redriveOf(resource);
    const arn = at(policy, 'deadLetterTargetArn');
    const dead = typeof arn === 'string' ? queueAt(graph, arn) : undefined;
    return [
      ...differs(name, 'dead letters', dead && titleOf(dead), physicalIn(graph, `${name}-dlq`)),
      ...differs(name, 'tries', at(policy, 'maxReceiveCount'), spec.maxReceiveCount),
    ];
  }),
};

const keptLong: Rule = {
  name: 'queue-keeps-two-weeks',
  says: 'dead letters are kept for the 14 days that SQS can, and the others as long as the topology says',
  faults: (graph) => {
    const days = new Map(
      queuesIn(graph).map(({ resource, spec }) => [resource, spec.retentionDays * day]),
    );
    return ofType(graph, types.queue).flatMap((queue) =>
      differs(
        titleOf(queue),
        'seconds kept',
        numberAt(queue, 'messageRetentionSeconds'),
        days.get(queue) ?? twoWeeks,
      ),
    );
  },
};

/** The mappings that bring the messages of a queue to functions. */
export const mappingsOf = (graph: Graph, queue: Resource): readonly Resource[] =>
  ofType(graph, types.mapping).filter((each) => textAt(each, 'eventSourceArn') === queue.arn);

const visibility: Rule = {
  name: 'queue-hides-for-six-timeouts',
  says: "a message stays hidden for six of its function's time-outs, for Lambda may take a batch again sooner",
  faults: each(({ name, spec, resource }, graph) => {
    const seconds = numberAt(resource, 'visibilityTimeoutSeconds') ?? 0;
    const consumers = mappingsOf(graph, resource).map((each) =>
      functionAt(graph, textAt(each, 'functionName')),
    );
    return [
      ...differs(name, 'visibility', seconds, spec.visibilitySeconds),
      ...consumers.flatMap((consumer) => {
        const least = 6 * ((consumer && numberAt(consumer, 'timeout')) ?? Infinity);
        return unless(seconds >= least, `${name}: hidden for ${seconds} s, less than ${least} s`);
      }),
    ];
  }),
};

const consumer: Rule = {
  name: 'queue-has-its-one-consumer',
  says: 'each queue goes to the function, in the batches and with the concurrency of the topology, and to nobody else',
  faults: (graph) => [
    ...queuesIn(graph).flatMap(({ name, spec, resource }) => {
      const mappings = mappingsOf(graph, resource);
      const target = physicalIn(graph, spec.function);
      return [
        ...differs(name, 'the number of consumers', mappings.length, 1),
        ...mappings.flatMap((mapping) => {
          const found = functionAt(graph, textAt(mapping, 'functionName'));
          const most = numberAt(mapping, 'scalingConfig', 'maximumConcurrency');
          return [
            ...differs(name, 'its function', found && titleOf(found), target),
            ...differs(name, 'batch', numberAt(mapping, 'batchSize'), spec.batchSize),
            ...differs(name, 'batches at once', most, spec.maxConcurrency),
            ...unless(at(mapping.inputs, 'enabled') !== false, `${name}: its consumer is off`),
          ];
        }),
      ];
    }),
    ...ofType(graph, types.mapping)
      .filter((mapping) => queueAt(graph, textAt(mapping, 'eventSourceArn')) === undefined)
      .map((mapping) => `${mapping.name}: consumes what is no queue of the stage`),
  ],
};

const partly: Rule = {
  name: 'batch-fails-in-part',
  says: 'of a batch only what failed comes again',
  faults: (graph) =>
    ofType(graph, types.mapping).flatMap((mapping) => {
      const said = textsOf(at(mapping.inputs, 'functionResponseTypes'));
      return unless(said.includes('ReportBatchItemFailures'), `${mapping.name}: fails as a whole`);
    }),
};

const sealed: Rule = {
  name: 'queue-is-encrypted',
  says: 'messages lie encrypted, and no queue is first-in-first-out: nothing here waits for its predecessor',
  faults: (graph) =>
    ofType(graph, types.queue).flatMap((queue) => [
      ...differs(titleOf(queue), 'encrypted', at(queue.inputs, 'sqsManagedSseEnabled'), true),
      ...unless(at(queue.inputs, 'fifoQueue') !== true, `${titleOf(queue)}: is first-in-first-out`),
    ]),
};

/** Queues, their dead letters and who consumes them. */
export const queueRules: readonly Rule[] = [
  deadLetters,
  keptLong,
  visibility,
  consumer,
  partly,
  sealed,
];
