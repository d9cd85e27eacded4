import { queues, type QueueName, type QueueSpec } from '../topology.ts';
import { logical, physical } from './names.ts';

const twoWeeks = 14 * 24 * 3_600;
const day = 24 * 3_600;

/** A queue and the dead-letter queue behind it. */
export type QueuePair = { readonly queue: sst.aws.Queue; readonly dead: sst.aws.Queue };

/** A queue that nobody consumes: what could not be delivered waits there for two weeks. */
export const deadLetters = (name: string) =>
  new sst.aws.Queue(logical(name), {
    transform: {
      queue: (args) => {
        args.name = physical(name);
        args.messageRetentionSeconds = twoWeeks;
        args.sqsManagedSseEnabled = true;
      },
    },
  });

const pair = (name: QueueName, spec: QueueSpec): QueuePair => {
  const dead = deadLetters(`${name}-dlq`);
  const queue = new sst.aws.Queue(`${logical(name)}Queue`, {
    visibilityTimeout: `${spec.visibilitySeconds} seconds`,
    dlq: { queue: dead.arn, retry: spec.maxReceiveCount },
    transform: {
      queue: (args) => {
        args.name = physical(name);
        args.messageRetentionSeconds = spec.retentionDays * day;
        args.sqsManagedSseEnabled = true;
      },
    },
  });
  return { queue, dead };
};

/** The queues of the topology, each with its dead-letter queue. */
export const makeQueues = (): Readonly<Record<QueueName, QueuePair>> =>
  Object.fromEntries(
    Object.entries<QueueSpec>(queues).map(([name, spec]) => [name, pair(name as QueueName, spec)]),
  ) as Record<QueueName, QueuePair>;

/** Gives each queue to the function that consumes it: so many batches at once, and of a batch only what failed comes again. */
export const subscribe = (
  pairs: Readonly<Record<QueueName, QueuePair>>,
  functions: Readonly<Record<string, sst.aws.Function>>,
): void => {
  for (const [name, spec] of Object.entries<QueueSpec>(queues)) {
    const consumer = functions[spec.function];
    if (consumer === undefined) throw new Error(`no function ${spec.function}`);
    pairs[name as QueueName].queue.subscribe(consumer.arn, {
      batch: { size: spec.batchSize, partialResponses: true },
      transform: {
        eventSourceMapping: (args) => {
          args.scalingConfig = { maximumConcurrency: spec.maxConcurrency };
        },
      },
    });
  }
};
