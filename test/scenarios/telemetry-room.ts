// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { asciiJson } from '@rookery/kernel/text';
import { addApiKey } from '@rookery/lambda/api-key.sql';
import { newApiKey } from '@rookery/lambda/api-key';
import { closeDatabases } from '@rookery/lambda/database';
import { busRules } from '@rookery/telemetry/bus-rules';
import type { EventsMessage } from '@rookery/telemetry/envelope';
import { handler as door } from '../../functions/api/events.ts';
import { startBus, type Bus } from '../../infra/local/bus.ts';
import { recordOf } from '../../infra/local/event-source.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startSqs, type Sqs } from '../../infra/local/queue.ts';
import { jwtOf, openIssuer, signingKey } from '../world/token-issuer.ts';
import { openWorld, type World } from '../world/world.ts';
import { contextOf, failedOf } from './function-room.ts';
import type { Handler, Said } from './ingest-door-room.ts';
import { ask } from './ask.ts';

/** The queues of events, and that of what is ingested. */
export const queues = [
  'events',
  'posthog',
  'siem',
  'metrics',
  'console',
  'notify',
  'ingest',
] as const;

/** The name of one of them. */
export type Queue = (typeof queues)[number];

/** A Lambda handler of a queue. */
export type Worker = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** A request: `body` is sent as JSON unless it is a text. */
export type Knock = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly at?: Date;
};

/** Both doors over a world, real queues and a real bus with the rules of the plan. */
export type TelemetryRoom = {
  readonly world: World;
  readonly sqs: Sqs<Queue>;
  readonly bus: Bus;
  readonly token: (role?: string, tenantId?: string) => string;
  readonly key: (...scopes: string[]) => Promise<string>;
  readonly ask: (handler: Handler, route: string, knock: Knock) => Promise<Said>;
  /** POST /v1/events. */
  readonly send: (knock: Knock) => Promise<Said>;
  /** Sends a message straight to a queue. */
  readonly put: (queue: Queue, body: object) => Promise<void>;
  /** Resolves when every event of the bus is in the queues that its rules name. */
  readonly delivered: () => Promise<void>;
  /** Takes every message off a queue or its dead letters. */
  readonly drain: (queue: Queue, which?: 'dead') => Promise<Message[]>;
  /** Gives a queue's messages to a handler until none is left; returns how many it was given. */
  readonly work: (queue: Queue, worker: Worker) => Promise<number>;
  readonly close: () => Promise<void>;
};

const issuer = 'https://issuer.test';
const audience = 'rookery-test';
const busName = 'rookery-test';
const spec = { visibilitySeconds: 30, maxReceiveCount: 100, retentionDays: 1 };

type Through = (endpoint: string) => string | Promise<string>;
const straight: Through = (endpoint) => endpoint;

/** Opens a room; `through` may lead the calls of SQS and of the bus elsewhere first. */
export const openTelemetryRoom = async (
  tenantId: string,
  through: { readonly sqs?: Through; readonly bus?: Through } = {},
): Promise<TelemetryRoom> => {
  const world = await openWorld();
  const specs = Object.fromEntries(queues.map((name) => [name, spec])) as Record<
    Queue,
    typeof spec
  >;
  const sqs = await startSqs<Queue>({ queues: specs, port: 0 });
  const put: TelemetryRoom['put'] = async (queue, body) => {
    const command = { QueueUrl: sqs.urls[queue].url, MessageBody: asciiJson(body) };
    await sqs.client.send(new SendMessageCommand(command));
  };
  const under = new Set<Promise<void>>();
  const rules = busRules().map(({ name, pattern, queue, only }) => ({
    name,
    pattern,
    deliver: (event: { readonly detail: object }) => {
      const sent = put(queue, only === 'detail' ? event.detail : event);
      under.add(sent);
      return sent;
    },
  }));
  const bus = await startBus({ name: busName, rules, port: 0, onError: () => {} });
  const sqsEndpoint = await (through.sqs ?? straight)(sqs.endpoint);
  const busEndpoint = await (through.bus ?? straight)(bus.endpoint);
  const signing = signingKey('events-test');
  const tokens = await openIssuer(signing);
  const at = (url: string): string => new URL(new URL(url).pathname, sqsEndpoint).href;
  const env = applyEnv({
    ...Object.fromEntries(
      queues.flatMap((name) => [
        [`${name.toUpperCase()}_QUEUE_URL`, at(sqs.urls[name].url)],
        [`${name.toUpperCase()}_DLQ_URL`, at(sqs.urls[name].dlqUrl)],
      ]),
    ),
    DATABASE_URL_API: world.url('rookery_api'),
    DATABASE_URL_INGEST: world.url('rookery_ingest'),
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    EVENT_BUS_NAME: busName,
    AWS_ENDPOINT_URL_SQS: sqsEndpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: busEndpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    TOKEN_ISSUER: issuer,
    TOKEN_AUDIENCE: audience,
    TOKEN_JWKS_URL: tokens.jwksUrl,
    STAGE: 'test',
    LOG_LEVEL: 'SILENT',
  });
  const token = (role = 'tenant-admin', tenant = tenantId): string => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: issuer, aud: audience, sub: 'someone', iat: now - 5, exp: now + 3_600 };
    return jwtOf(signing, { ...claims, tenant_id: tenant, role });
  };
  const ask: TelemetryRoom['ask'] = async (handler, route, knock) => {
    const { headers, body, query, at: time = new Date() } = knock;
    const signed = headers?.['authorization'] ?? headers?.['x-api-key'];
    const event = {
      routeKey: route,
      rawPath: route.split(' ')[1],
      rawQueryString: '',
      queryStringParameters: query,
      headers: {
        ...(signed === undefined ? { authorization: `Bearer ${token()}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      requestContext: { domainName: 'api.test', timeEpoch: time.getTime() },
      pathParameters: {},
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const answer = await handler(event, contextOf());
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers ?? {},
      json: JSON.parse(answer.body === undefined || answer.body === '' ? 'null' : answer.body),
    };
  };
  const receive = async (url: string): Promise<Message[]> => {
    const { Messages = [] } = await sqs.client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages;
  };
  const forget = (url: string, { ReceiptHandle }: Message) =>
    sqs.client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
  return {
    world,
    sqs,
    bus,
    token,
    ask,
    key: async (...scopes) => {
      const { id, text, hash: keyHash } = newApiKey(tenantId);
      const made = { name: 'producer', createdBy: 'test', now: new Date(), expiresAt: null };
      await world.ops.query(addApiKey, { tenantId, id, keyHash, scopes, ...made });
      return text;
    },
    put,
    send: (knock) => ask(door, 'POST /v1/events', knock),
    delivered: async () => {
      await Promise.all(under);
    },
    drain: async (queue, which) => {
      const url = which === 'dead' ? sqs.urls[queue].dlqUrl : sqs.urls[queue].url;
      const all: Message[] = [];
      for (let some = await receive(url); some.length > 0; some = await receive(url)) {
        for (const one of some) await forget(url, one);
        all.push(...some);
      }
      return all;
    },
    work: async (queue, worker) => {
      const { url } = sqs.urls[queue];
      let given = 0;
      for (let some = await receive(url); some.length > 0; some = await receive(url)) {
        const records = some.map((one) => recordOf(queue, one));
        const failed = failedOf(await worker({ Records: records }, contextOf()));
        for (const one of some)
          if (!failed.includes(one.MessageId ?? '')) await forget(url, one);
          else
            await sqs.client.send(
              new ChangeMessageVisibilityCommand({
                QueueUrl: url,
                ReceiptHandle: one.ReceiptHandle,
                VisibilityTimeout: 0,
              }),
            );
        given += some.length;
      }
      return given;
    },
    close: async () => {
      await closeDatabases();
      env.stop();
      await tokens.down();
      await bus.stop();
      await sqs.stop();
      await world.close();
    },
  };
};

type Held = Record<'events' | 'envelopes', Record<string, unknown>[] | undefined>;

/** The events of messages that we sent ourselves: those that were admitted, or what was sent. */
export const eventsIn = (messages: readonly Message[]): Record<string, unknown>[] =>
  messages.flatMap(({ Body = '' }) => {
    const { events = [], envelopes = [] } = JSON.parse(Body) as Held;
    return [...events, ...envelopes];
  });

/** The messages as we sent them. */
export const sentIn = (messages: readonly Message[]): EventsMessage[] =>
  messages.map(({ Body = '' }) => JSON.parse(Body) as EventsMessage);

/** What is written beside a dead letter. */
export const noteOf = ({ MessageAttributes = {} }: Message, note: string): string | undefined =>
  MessageAttributes[note]?.StringValue;

/** Empties the queues of events and their dead letters, and forgets every rejection. */
export const emptied = async (room: TelemetryRoom): Promise<void> => {
  for (const queue of queues) {
    await room.drain(queue);
    await room.drain(queue, 'dead');
  }
  await room.world.admin.script('delete from monitoring.rejected_event');
};

type RejectionRow = {
  readonly tenant_id: string;
  readonly code: string;
  readonly event: string | null;
  readonly door: string;
};

/** Every rejection that was counted, in the order of tenants, codes and events. */
export const rejectionRows = (room: TelemetryRoom) =>
  ask<RejectionRow>(
    room.world.admin,
    'select tenant_id, code, event, door from monitoring.rejected_event order by 1, 2, 3',
  );

/** Events of heron as the door sends them to the router. */
export const messageOf = (...events: readonly unknown[]) => ({
  tenant_id: 'heron',
  door: 'http',
  received_at: '2026-11-20T12:00:00.000Z',
  events,
});
