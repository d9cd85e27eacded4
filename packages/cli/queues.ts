import { readConfig } from '@rookery/lambda/config';
import { queueNames } from '@rookery/lambda/queue-names';
import { Failure } from '@rookery/kernel/failure';
import { applyEnv } from '../../infra/local/function-env.ts';
import type { QueueName } from '../../infra/topology.ts';
import { runningHere } from './place.ts';

/** A queue and its dead-letter queue, by name. */
export type Pair = { readonly name: QueueName; readonly url: string; readonly dlqUrl: string };

const names = queueNames satisfies readonly QueueName[];

const settings = names.flatMap((name) => [`${name}QueueUrl`, `${name}DlqUrl`] as const);

const given = names.flatMap((name) => [
  `${name.toUpperCase()}_QUEUE_URL`,
  `${name.toUpperCase()}_DLQ_URL`,
]);

/**
 * The queues of the environment when one of their variables is set (all faults are told at once), else those of a running
 * `npm run dev` on the data directory, if one is given; undefined when there is neither. SQS clients made after this talk to
 * the right endpoint.
 */
export const findQueues = (dataDir: string | undefined): readonly Pair[] | undefined => {
  if (!given.some((name) => process.env[name])) {
    const running = dataDir === undefined ? undefined : runningHere(dataDir);
    if (running === undefined) return undefined;
    applyEnv(running.env);
  }
  const config = readConfig(settings);
  return names.map((name) => ({
    name,
    url: config[`${name}QueueUrl`],
    dlqUrl: config[`${name}DlqUrl`],
  }));
};

/** The queues, one of them when it is named; fails with `queues-unknown` or `queue-missing`. */
export const queuesOf = (dataDir: string, name?: string): readonly Pair[] => {
  const found = findQueues(dataDir);
  if (found === undefined)
    throw new Failure(
      'missing',
      'queues-unknown',
      `no queues: start npm run dev, or set ${given.join(', ')}`,
    );
  if (name === undefined) return found;
  const wanted = found.filter((pair) => pair.name === name || `${pair.name}-dlq` === name);
  if (wanted.length === 0)
    throw new Failure(
      'missing',
      'queue-missing',
      `there is no queue ${name}; there are ${names.join(', ')}`,
    );
  return wanted;
};
