import type { Graph, Resource } from '../graph/graph.ts';
import { bus, type RuleSpec } from '../topology.ts';
import { statementsIn } from './documents.ts';
import { called, physicalIn, queueAt, titleOf, types } from './parts.ts';
import { at, differs, jsonOf, numberAt, setDiffers, textAt, textsOf, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';

/** The targets of a rule of the bus. */
export const targetsOf = (graph: Graph, rule: Resource): readonly Resource[] =>
  ofType(graph, types.target).filter((each) => textAt(each, 'rule') === textAt(rule, 'name'));

const rulesIn = (graph: Graph): readonly { spec: RuleSpec; rule: Resource }[] =>
  bus.rules.flatMap((spec) => {
    const rule = called(graph, types.rule, physicalIn(graph, spec.name));
    return rule === undefined ? [] : [{ spec, rule }];
  });

const targetFaults = (graph: Graph, { name, queue, only }: RuleSpec, target: Resource) => {
  const found = queueAt(graph, textAt(target, 'arn'));
  const path = only === undefined ? '' : `$.${only}`;
  return [
    ...differs(name, 'its queue', found && titleOf(found), physicalIn(graph, queue)),
    ...differs(name, 'what it passes on', textAt(target, 'inputPath'), path),
  ];
};

const sameRules: Rule = {
  name: 'bus-rules-are-the-topologys',
  says: 'what of the bus goes to which queue, and whole or only its detail, is what the tracking plan says',
  faults: (graph) => [
    ...setDiffers(
      types.rule,
      ofType(graph, types.rule)
        .filter((each) => textAt(each, 'eventPattern') !== '')
        .map(titleOf),
      bus.rules.map(({ name }) => physicalIn(graph, name)),
    ),
    ...rulesIn(graph).flatMap(({ spec, rule }) => {
      const targets = targetsOf(graph, rule);
      const pattern = jsonOf(textAt(rule, 'eventPattern'));
      return [
        ...differs(spec.name, 'its pattern', pattern, spec.pattern),
        ...differs(spec.name, 'its bus', textAt(rule, 'eventBusName'), physicalIn(graph, 'bus')),
        ...unless(textAt(rule, 'state') !== 'DISABLED', `${spec.name}: is switched off`),
        ...differs(spec.name, 'the number of its targets', targets.length, 1),
        ...targets.flatMap((target) => targetFaults(graph, spec, target)),
      ];
    }),
  ],
};

const deadEvents: Rule = {
  name: 'bus-keeps-what-it-cannot-deliver',
  says: 'an event that a queue does not take for a day is kept, not lost',
  faults: (graph) =>
    ofType(graph, types.target).flatMap((target) => {
      const dead = queueAt(graph, textAt(target, 'deadLetterConfig', 'arn'));
      return [
        ...differs(
          target.name,
          'its last resort',
          dead && titleOf(dead),
          physicalIn(graph, 'bus-dlq'),
        ),
        ...unless(
          (numberAt(target, 'retryPolicy', 'maximumEventAgeInSeconds') ?? 0) >= 3_600,
          `${target.name}: gives up within the hour`,
        ),
      ];
    }),
};

// Which rules may write to which queue: those whose target it is, and to the last resort all.
const writersOf = (graph: Graph, queue: Resource): readonly string[] =>
  ofType(graph, types.rule)
    .filter((rule) =>
      targetsOf(graph, rule).some((target) =>
        [textAt(target, 'arn'), textAt(target, 'deadLetterConfig', 'arn')].includes(queue.arn),
      ),
    )
    .map(({ arn }) => arn);

const leave: Rule = {
  name: 'queue-lets-only-its-rules-in',
  says: "a queue's own policy lets EventBridge send for the rules whose target it is, and nobody for anything else",
  faults: (graph) => {
    const policies = ofType(graph, types.queuePolicy);
    return ofType(graph, types.queue).flatMap((queue) => {
      const name = titleOf(queue);
      const statements = policies
        .filter((policy) => textAt(policy, 'queueUrl') === queue.id)
        .flatMap((policy) => statementsIn(textAt(policy, 'policy')));
      const sources = statements.flatMap((each) =>
        textsOf(at(each, 'Condition', 'ArnEquals', 'aws:SourceArn')),
      );
      return [
        ...setDiffers(name, sources, writersOf(graph, queue)),
        ...statements.flatMap((each) => [
          ...differs(name, 'who may', at(each, 'Principal'), { Service: 'events.amazonaws.com' }),
          ...differs(name, 'what they may', textsOf(at(each, 'Action')), ['sqs:SendMessage']),
          ...differs(name, 'of what', textsOf(at(each, 'Resource')), [queue.arn]),
          ...unless(
            textsOf(at(each, 'Condition', 'ArnEquals', 'aws:SourceArn')).length > 0,
            `${name}: any rule may`,
          ),
        ]),
      ];
    });
  },
};

/** The bus: its rules, what becomes of what they cannot deliver, and who may write to queues. */
export const busRules: readonly Rule[] = [sameRules, deadEvents, leave];
