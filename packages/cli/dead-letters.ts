import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Pair } from './queues.ts';

/** How many messages a queue holds: waiting, in the hands of a consumer, and dead. */
export type Depth = {
  readonly queue: string;
  readonly waiting: number;
  readonly in_flight: number;
  readonly dead: number;
};

/** A dead letter as people read it. */
export type Letter = {
  readonly queue: string;
  readonly message_id: string;
  readonly sent_at: string | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly failed_at: string | null;
  readonly receives: number;
  readonly body: string;
};

// Long enough to look at a page of letters, short enough that an interrupted look hides them for a minute only.
const holdSeconds = 60;
// What a function writes beside a letter it buries (packages/lambda/queue.ts); it must not travel back.
const notes = ['reason', 'code', 'failed_at', 'source_message_id'];

const counted = async (client: SQSClient, url: string) => {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  return {
    waiting:
      Number(Attributes['ApproximateNumberOfMessages']) +
      Number(Attributes['ApproximateNumberOfMessagesDelayed']),
    inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
  };
};

/** How deep a queue and its dead-letter queue are. */
export const depthOf = async (client: SQSClient, pair: Pair): Promise<Depth> => {
  const queue = await counted(client, pair.url);
  const dlq = await counted(client, pair.dlqUrl);
  return {
    queue: pair.name,
    waiting: queue.waiting,
    in_flight: queue.inFlight,
    dead: dlq.waiting + dlq.inFlight,
  };
};

const receive = async (client: SQSClient, url: string): Promise<readonly Message[]> => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: holdSeconds,
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
};

const release = (client: SQSClient, url: string, { ReceiptHandle }: Message) =>
  client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }),
  );

// Takes every letter into our hands, calls `look`, and puts back those that are still there.
const withLetters = async (
  client: SQSClient,
  url: string,
  look: (message: Message) => Promise<'kept' | 'gone'>,
  enough: () => boolean = () => false,
): Promise<void> => {
  const held: Message[] = [];
  const seen = new Set<string>();
  try {
    while (!enough()) {
      const fresh = (await receive(client, url)).filter(
        ({ MessageId }) => MessageId !== undefined && !seen.has(MessageId),
      );
      if (fresh.length === 0) break;
      held.push(...fresh);
      for (const message of fresh) {
        seen.add(message.MessageId ?? '');
        if (!enough() && (await look(message)) === 'gone') held.splice(held.indexOf(message), 1);
      }
    }
  } finally {
    for (const message of held) await release(client, url, message);
  }
};

const noteOf = ({ MessageAttributes = {} }: Message, note: string): string | null =>
  MessageAttributes[note]?.StringValue ?? null;

const letterOf = (queue: string, message: Message): Letter => {
  const sent = message.Attributes?.SentTimestamp;
  return {
    queue,
    message_id: message.MessageId ?? '',
    sent_at: sent === undefined ? null : new Date(Number(sent)).toISOString(),
    code: noteOf(message, 'code'),
    reason: noteOf(message, 'reason'),
    failed_at: noteOf(message, 'failed_at'),
    receives: Number(message.Attributes?.ApproximateReceiveCount ?? 0),
    body: message.Body ?? '',
  };
};

/** The dead letters of a queue, at most `limit`; they stay where they are. */
export const readLetters = async (
  client: SQSClient,
  { name, dlqUrl }: Pair,
  limit: number,
): Promise<readonly Letter[]> => {
  const letters: Letter[] = [];
  await withLetters(
    client,
    dlqUrl,
    async (message) => {
      letters.push(letterOf(name, message));
      return 'kept';
    },
    () => letters.length >= limit,
  );
  return letters;
};

/**
 * Moves the dead letters of a queue back to it, or only one. Each is sent before it is deleted: a cut between the two
 * leaves it in both, which is harmless, and never in none. Returns the ids of what was moved.
 */
export const redriveLetters = async (
  client: SQSClient,
  pair: Pair,
  only: string | undefined,
  onMoved: (count: number) => void,
): Promise<readonly string[]> => {
  const { url, dlqUrl } = pair;
  const moved: string[] = [];
  // A letter that is still poison comes back as a new one while we work: move as many as there were, no more.
  const most = only === undefined ? (await depthOf(client, pair)).dead : 1;
  await withLetters(
    client,
    dlqUrl,
    async (message) => {
      if (only !== undefined && message.MessageId !== only) return 'kept';
      const attributes = Object.entries(message.MessageAttributes ?? {}).filter(
        ([name]) => !notes.includes(name),
      );
      await client.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: message.Body,
          MessageAttributes: Object.fromEntries(attributes),
        }),
      );
      await client.send(
        new DeleteMessageCommand({ QueueUrl: dlqUrl, ReceiptHandle: message.ReceiptHandle }),
      );
      moved.push(message.MessageId ?? '');
      onMoved(moved.length);
      return 'gone';
    },
    () => moved.length >= most,
  );
  return moved;
};
