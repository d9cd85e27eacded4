import { Failure } from '@rookery/kernel/failure';
import { readConfig } from './config.ts';
import { openSqs } from './outbox.ts';
import { queueNames } from './queue-names.ts';

type Name = (typeof queueNames)[number];

const urlsOf = (name: Name) => {
  const config = readConfig([`${name}QueueUrl`, `${name}DlqUrl`]);
  const [url = '', dlqUrl = ''] = Object.values(config).map(String);
  return { url, dlqUrl };
};

const count = (text: string | undefined): number => {
  const value = Number(text);
  if (text === undefined || !Number.isInteger(value))
    throw new Failure('unavailable', 'queue-unavailable', 'the queue does not say how full it is');
  return value;
};

const counts = async (url: string, signal: AbortSignal) => {
  const { GetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
  const client = await openSqs();
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    { abortSignal: signal },
  );
  return {
    visible: count(Attributes['ApproximateNumberOfMessages']),
    in_flight: count(Attributes['ApproximateNumberOfMessagesNotVisible']),
    delayed: count(Attributes['ApproximateNumberOfMessagesDelayed']),
  };
};

/** How full a queue of ours and its dead letters are; of the age of messages CloudWatch knows alone. */
export const depthOf = async (queue: string, signal: AbortSignal) => {
  const name = queueNames.find((each) => each === queue);
  if (name === undefined)
    throw new Failure(
      'missing',
      'queue-missing',
      `there is no queue ${queue}; there are ${queueNames.join(', ')}`,
    );
  const { url, dlqUrl } = urlsOf(name);
  const [depth, dead] = await Promise.all([counts(url, signal), counts(dlqUrl, signal)]);
  return { ...depth, dead: dead.visible };
};
