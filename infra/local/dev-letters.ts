import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import type { QueueName } from '../topology.ts';
import type { Runtime } from './runtime.ts';

/** Why a letter is dead, as `rookery dlq show` tells it. */
export type Taken = { readonly code: string; readonly reason: string };

const heldSeconds = 30;

const noteOf = ({ MessageAttributes = {} }: Message, note: string): string =>
  MessageAttributes[note]?.StringValue ?? '';

/** Takes those dead letters of a queue that hold this text away, and tells why each was there; the others stay. */
export const takeLetters = async (
  { queue }: Runtime,
  name: QueueName,
  text: string,
): Promise<readonly Taken[]> => {
  const QueueUrl = queue.urls[name].dlqUrl;
  const taken: Taken[] = [];
  const left: Message[] = [];
  for (;;) {
    const { Messages = [] } = await queue.client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: heldSeconds,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages) {
      if (message.Body?.includes(text) !== true) {
        left.push(message);
        continue;
      }
      const { ReceiptHandle } = message;
      await queue.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      taken.push({ code: noteOf(message, 'code'), reason: noteOf(message, 'reason') });
    }
  }
  for (const { ReceiptHandle } of left)
    await queue.client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
  return taken;
};
