import { bus, type QueueName } from '../topology.ts';
import { logical, physical } from './names.ts';
import { grantTo } from './policy.ts';
import type { QueuePair } from './queues.ts';

const day = 24 * 3_600;
const mostTries = 185;

/** The bus of a stage. */
export const makeBus = () =>
  new sst.aws.Bus('Bus', {
    transform: {
      bus: (args) => {
        args.name = physical('bus');
      },
    },
  });

const allow = (name: string, target: sst.aws.Queue, sources: readonly $util.Output<string>[]) =>
  new aws.sqs.QueuePolicy(`${logical(name)}Policy`, {
    queueUrl: target.url,
    policy: grantTo('events', 'sqs:SendMessage', target.arn, sources),
  });

/**
 * The rules of the bus: what of its events goes to which queue, whole or only its detail. SST's own subscriber has no place for
 * dead letters and lets three services of every account write to the queue; these let this bus's rules, and nobody else.
 */
export const makeRules = (
  made: sst.aws.Bus,
  pairs: Readonly<Record<QueueName, QueuePair>>,
  dead: sst.aws.Queue,
): void => {
  const rules = bus.rules.map(({ name, pattern, queue, only }) => {
    const target = pairs[queue].queue;
    const rule = new aws.cloudwatch.EventRule(`${logical(name)}Rule`, {
      name: physical(name),
      eventBusName: made.name,
      eventPattern: JSON.stringify(pattern),
    });
    new aws.cloudwatch.EventTarget(`${logical(name)}Target`, {
      rule: rule.name,
      eventBusName: made.name,
      arn: target.arn,
      ...(only === undefined ? {} : { inputPath: `$.${only}` }),
      deadLetterConfig: { arn: dead.arn },
      retryPolicy: { maximumRetryAttempts: mostTries, maximumEventAgeInSeconds: day },
    });
    return { queue, arn: rule.arn };
  });
  for (const [queue, own] of Map.groupBy(rules, (rule) => rule.queue))
    allow(
      queue,
      pairs[queue].queue,
      own.map(({ arn }) => arn),
    );
  allow(
    'bus-dlq',
    dead,
    rules.map(({ arn }) => arn),
  );
};
