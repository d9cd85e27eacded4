import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { asciiJson } from '@rookery/kernel/text';
import { account, region } from './invoke.ts';
import { mapNamed, namesOf } from './named.ts';

/** What of a queue the local SQS needs to know. */
export type LocalQueue = {
  readonly visibilitySeconds: number;
  readonly maxReceiveCount: number;
  readonly retentionDays: number;
};

/** A queue's URL and that of its dead-letter queue. */
export type QueueUrls = { readonly url: string; readonly dlqUrl: string };

/** How many messages are in a queue, seen or not, and in its dead-letter queue. */
export type Depth = { readonly queue: number; readonly dlq: number };

/** A running local SQS. `stop` keeps what is undelivered for the next start. */
export type Sqs<Name extends string> = {
  readonly endpoint: string;
  readonly client: SQSClient;
  readonly urls: Readonly<Record<Name, QueueUrls>>;
  /** Sends one message whose body is the JSON of `body`, in ASCII: fauxqs refuses what is beyond the first plane. */
  readonly send: (name: Name, body: object) => Promise<void>;
  readonly pending: () => Promise<Readonly<Record<Name, Depth>>>;
  readonly stop: () => Promise<void>;
};

/** The queues to create, the port, and the file that carries messages from one run to the next. */
export type SqsOptions<Name extends string> = {
  readonly queues: Readonly<Record<Name, LocalQueue>>;
  readonly port: number;
  readonly stateFile?: string;
};

const attribute = z.object({ DataType: z.string(), StringValue: z.string().optional() });
const message = z.object({ body: z.string(), messageAttributes: z.record(z.string(), attribute) });
type Kept = z.output<typeof message>;
const inspected = z.object({
  messages: z.object({
    ready: z.array(message),
    delayed: z.array(message),
    inflight: z.array(z.object({ message })),
  }),
});
const kept = z.record(z.string(), z.array(message));

const missing = (name: string): never => {
  throw new Failure('missing', 'queue-missing', `there is no queue ${name}`);
};

const dlqOf = (name: string): string => `${name}-dlq`;

// fauxqs names its queues `sqs.REGION.localhost`, which not every machine resolves; it only reads the path.
const create = async (
  { client, endpoint }: Pick<Sqs<string>, 'client' | 'endpoint'>,
  name: string,
  attributes: Record<string, string>,
): Promise<string> => {
  const { QueueUrl } = await client.send(
    new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
  );
  if (QueueUrl === undefined) return missing(name);
  return new URL(new URL(QueueUrl).pathname, endpoint).href;
};

const createPair = async (
  sqs: Pick<Sqs<string>, 'client' | 'endpoint'>,
  name: string,
  spec: LocalQueue,
): Promise<QueueUrls> => {
  const retention = { MessageRetentionPeriod: String(spec.retentionDays * 86_400) };
  const dlqUrl = await create(sqs, dlqOf(name), retention);
  const url = await create(sqs, name, {
    ...retention,
    VisibilityTimeout: String(spec.visibilitySeconds),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: `arn:aws:sqs:${region}:${account}:${dlqOf(name)}`,
      maxReceiveCount: spec.maxReceiveCount,
    }),
  });
  return { url, dlqUrl };
};

const count = async (client: SQSClient, url: string): Promise<number> => {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  return (
    Number(Attributes['ApproximateNumberOfMessages']) +
    Number(Attributes['ApproximateNumberOfMessagesNotVisible']) +
    Number(Attributes['ApproximateNumberOfMessagesDelayed'])
  );
};

const undelivered = async (endpoint: string, name: string): Promise<Kept[]> => {
  const response = await fetch(`${endpoint}/_fauxqs/queues/${name}`);
  const { messages } = inspected.parse(await response.json());
  return [...messages.ready, ...messages.delayed, ...messages.inflight.map((one) => one.message)];
};

const restore = async (
  client: SQSClient,
  urls: ReadonlyMap<string, string>,
  stateFile: string,
): Promise<void> => {
  if (!existsSync(stateFile)) return;
  for (const [name, messages] of Object.entries(
    kept.parse(JSON.parse(readFileSync(stateFile, 'utf8'))),
  )) {
    const QueueUrl = urls.get(name);
    if (QueueUrl === undefined) continue;
    for (const { body, messageAttributes } of messages)
      await client.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: body,
          MessageAttributes: messageAttributes,
        }),
      );
  }
  rmSync(stateFile);
};

const save = async (
  endpoint: string,
  names: readonly string[],
  stateFile: string,
): Promise<void> => {
  const state: Record<string, Kept[]> = {};
  for (const name of names) {
    const messages = await undelivered(endpoint, name);
    if (messages.length > 0) state[name] = messages;
  }
  if (Object.keys(state).length === 0) return;
  writeFileSync(`${stateFile}.new`, JSON.stringify(state));
  renameSync(`${stateFile}.new`, stateFile);
};

/**
 * Starts SQS (fauxqs) on 127.0.0.1 with every queue and its dead-letter queue, and a real SDK client for it.
 * `buildApp` instead of fauxqs's own start, which binds every interface; its database is out of reach that way,
 * so undelivered messages are written to `stateFile` on stop and sent again on start. After a crash they are gone,
 * and the schedules find the work anew.
 */
export const startSqs = async <Name extends string>({
  queues,
  port,
  stateFile,
}: SqsOptions<Name>): Promise<Sqs<Name>> => {
  const app = buildApp({ logger: false, defaultRegion: region });
  const endpoint = await app.listen({ port, host: '127.0.0.1' });
  const client = new SQSClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const made: [Name, QueueUrls][] = [];
  for (const [name, spec] of namesOf(queues))
    made.push([name, await createPair({ client, endpoint }, name, spec)]);
  const urlOf = new Map(made);
  const urls = mapNamed(queues, (_, name) => urlOf.get(name) ?? missing(name));
  const byQueue = new Map(
    made.flatMap(([name, { url, dlqUrl }]) => [
      [name, url],
      [dlqOf(name), dlqUrl],
    ]),
  );
  if (stateFile !== undefined) await restore(client, byQueue, stateFile);
  return {
    endpoint,
    client,
    urls,
    send: async (name, body) => {
      const command = { QueueUrl: urls[name].url, MessageBody: asciiJson(body) };
      await client.send(new SendMessageCommand(command));
    },
    pending: async () => {
      const depths = new Map<Name, Depth>();
      for (const [name, { url, dlqUrl }] of made)
        depths.set(name, { queue: await count(client, url), dlq: await count(client, dlqUrl) });
      return mapNamed(queues, (_, name) => depths.get(name) ?? missing(name));
    },
    stop: async () => {
      if (stateFile !== undefined) await save(endpoint, [...byQueue.keys()], stateFile);
      client.destroy();
      await app.close();
    },
  };
};
