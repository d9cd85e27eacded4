// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import type { StreamName } from '@rookery/http/streams/names';
import { addApiKey } from '@rookery/lambda/api-key.sql';
import { newApiKey } from '@rookery/lambda/api-key';
import { closeDatabases } from '@rookery/lambda/database';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startSqs, type Sqs } from '../../infra/local/queue.ts';
import { startCut, type Cut } from '../world/cut.ts';
import { jwtOf, openIssuer, signingKey } from '../world/token-issuer.ts';
import { openWorld, type World } from '../world/world.ts';
import { contextOf } from './function-room.ts';

/** A request to a function: `body` is sent as JSON unless it is a text or bytes. */
export type Knock = {
  readonly stream?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** When the gateway took it. */
  readonly at?: Date;
};

/** What a function answered; `json` is its body. */
export type Said = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects of it
  readonly json: any;
};

/** A message of the queue as the door sent it. */
export type Sent = {
  readonly tenant_id: string;
  readonly stream: StreamName;
  readonly received_at: string;
  readonly items: readonly { readonly key: string; readonly item: Record<string, unknown> }[];
};

/** A Lambda handler of the HTTP API. */
export type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** The door over a world of its own and a real queue that can be cut off. */
export type DoorRoom = {
  readonly world: World;
  readonly sqs: Sqs<'ingest'>;
  readonly cut: Cut;
  readonly token: (role?: string, tenantId?: string) => string;
  /** Asks a handler as the gateway would. */
  readonly ask: (handler: Handler, route: string, knock: Knock) => Promise<Said>;
  /** Takes every message off the queue. */
  readonly drain: () => Promise<Sent[]>;
  /** Makes an API key and gives its text. */
  readonly key: (wish?: {
    readonly tenantId?: string;
    readonly scopes?: readonly string[];
    readonly expiresAt?: Date;
  }) => Promise<{ readonly id: string; readonly text: string }>;
  readonly close: () => Promise<void>;
};

const issuer = 'https://issuer.test';
const audience = 'rookery-test';
const spec = { visibilitySeconds: 30, maxReceiveCount: 5, retentionDays: 1 };

/** Opens a door room; `tenantId` is the tenant where none is named. */
export const openDoorRoom = async (tenantId: string): Promise<DoorRoom> => {
  const world = await openWorld();
  const sqs = await startSqs({ queues: { ingest: spec }, port: 0 });
  const cut = await startCut(
    { host: '127.0.0.1', port: Number(new URL(sqs.endpoint).port) },
    'chunks',
  );
  const signing = signingKey('door-test');
  const tokens = await openIssuer(signing);
  const through = `http://127.0.0.1:${cut.port}`;
  const queueUrl = (url: string): string => new URL(new URL(url).pathname, through).href;
  const env = applyEnv({
    DATABASE_URL_API: world.url('rookery_api'),
    DATABASE_URL_INGEST: world.url('rookery_ingest'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    DATABASE_URL_OPS: world.url('rookery_ops'),
    INGEST_QUEUE_URL: queueUrl(sqs.urls.ingest.url),
    INGEST_DLQ_URL: queueUrl(sqs.urls.ingest.dlqUrl),
    AWS_ENDPOINT_URL_SQS: through,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_MAX_ATTEMPTS: '1',
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
  const drain = async (): Promise<Sent[]> => {
    const all: Sent[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.client.send(
        new ReceiveMessageCommand({
          QueueUrl: sqs.urls.ingest.url,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 0,
        }),
      );
      if (Messages.length === 0) return all;
      all.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as Sent));
    }
  };
  const ask = async (handler: Handler, route: string, knock: Knock): Promise<Said> => {
    const { stream, headers, body, at = new Date() } = knock;
    const isBytes = body instanceof Uint8Array;
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const event = {
      routeKey: route,
      rawPath: route.split(' ')[1],
      rawQueryString: '',
      headers: {
        ...(headers?.['authorization'] === undefined && headers?.['x-api-key'] === undefined
          ? { authorization: `Bearer ${token()}` }
          : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      requestContext: { domainName: 'api.test', timeEpoch: at.getTime() },
      pathParameters: stream === undefined ? {} : { stream },
      body: isBytes ? Buffer.from(body).toString('base64') : text,
      isBase64Encoded: isBytes,
    } as unknown as APIGatewayProxyEventV2;
    const answer = await handler(event, contextOf());
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers ?? {},
      json: JSON.parse(answer.body === undefined || answer.body === '' ? 'null' : answer.body),
    };
  };
  return {
    world,
    sqs,
    cut,
    token,
    ask,
    drain,
    key: async ({ tenantId: whose = tenantId, scopes = ['user-activity'], expiresAt } = {}) => {
      const { id, text, hash } = newApiKey(whose);
      await world.ops.query(addApiKey, {
        tenantId: whose,
        id,
        name: 'collector',
        keyHash: hash,
        scopes,
        createdBy: 'test',
        now: new Date(),
        expiresAt: expiresAt ?? null,
      });
      return { id, text };
    },
    close: async () => {
      await closeDatabases();
      env.stop();
      await cut.close();
      await tokens.down();
      await sqs.stop();
      await world.close();
    },
  };
};
