import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { sql } from 'kysely';
import { closeDatabases } from '@rookery/lambda/database';
import { ensureKeyFile } from '@rookery/lambda/seal';
import { ensureSignKey } from '@rookery/lambda/sign';
import { statement } from '@rookery/db/statement';
import type { Role } from '@rookery/http/identity';
import { ingestMessage, type IngestMessage } from '@rookery/monitoring/ingest/message';
import { createAuthorizer } from '../../infra/local/authorizer.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startHttp } from '../../infra/local/http.ts';
import { createInvoker } from '../../infra/local/invoke.ts';
import { startSqs } from '../../infra/local/queue.ts';
import { functions, queues, routes, type FunctionName } from '../../infra/topology.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { jwtOf, openIssuer, signingKey } from '../world/token-issuer.ts';
import type { World } from '../world/world.ts';
import { openWire, type Answer, type Wire } from './wire.ts';

/** Who asks; a wish without it asks without a token. */
export type Caller = { readonly tenantId: string; readonly role: Role };

/** The API of a world of its own: the handlers and routes that are deployed, behind the local gateway. */
export type Api = {
  readonly url: string;
  readonly desk: Desk;
  readonly world: World;
  readonly token: (caller: Caller) => string;
  /** Asks once, whatever the answer. */
  readonly once: (caller: Caller | undefined, wish: Wire) => Promise<Answer>;
  /** Asks; when the allowance of the tenant is used up, lets it refill at once and asks again. */
  readonly ask: (caller: Caller | undefined, wish: Wire) => Promise<Answer>;
  /** Asks, and leaves the body unread. */
  readonly open: (caller: Caller, wish: Wire) => Promise<IncomingMessage>;
  /** Takes every message off the queue that the door fills. */
  readonly drain: () => Promise<IngestMessage[]>;
  /** The same off the queues that the door of events fills, of the sinks and of what was rejected: bodies as they came. */
  readonly drainEvents: () => Promise<string[]>;
  /** Lines of the gateway about faults of functions: an answer of 500 that no function gave. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
};

const issuer = 'https://issuer.test';
const audience = 'rookery-test';

const refill = statement({
  title: 'as if the tenant had asked nothing for a while',
  on: 'warehouse',
  columns: {},
  example: 'nobody',
  sql: (tenantId: string) => sql`delete from olap.rate_limit where tenant_id = ${tenantId}`,
});

const eventQueues = ['events', 'posthog', 'siem', 'metrics', 'console'] as const;
const filled = ['ingest', ...eventQueues] as const;

/** Opens a desk and the whole API over it. */
export const openApi = async (): Promise<Api> => {
  const desk = await openDesk();
  const { world } = desk;
  const key = signingKey('api-test');
  const tokens = await openIssuer(key);
  const { ingest, events, posthog, siem, metrics, console } = queues;
  const sqs = await startSqs({
    queues: { ingest, events, posthog, siem, metrics, console },
    port: 0,
  });
  const folder = await mkdtemp(join(tmpdir(), 'rookery-seal-'));
  const keyFile = join(folder, 'seal.key');
  await ensureKeyFile(keyFile);
  const signKeyFile = join(folder, 'sign.key');
  await ensureSignKey(signKeyFile);
  const env = applyEnv({
    DATABASE_URL_API: world.url('rookery_api'),
    DATABASE_URL_INGEST: world.url('rookery_ingest'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    ...Object.fromEntries(
      filled.map((name) => [`${name.toUpperCase()}_QUEUE_URL`, sqs.urls[name].url]),
    ),
    INGEST_DLQ_URL: sqs.urls.ingest.dlqUrl,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TOKEN_ISSUER: issuer,
    TOKEN_AUDIENCE: audience,
    TOKEN_JWKS_URL: tokens.jwksUrl,
    SEAL_KEY: `file:${keyFile}`,
    SIGN_KEY: `file:${signKeyFile}`,
    STAGE: 'test',
    LOG_LEVEL: 'ERROR',
  });
  const { invoke } = createInvoker<FunctionName>({ functions, root: process.cwd() });
  const faults: string[] = [];
  const http = await startHttp({
    port: 0,
    onError: (line) => void faults.push(line),
    authorize: createAuthorizer({
      issuer,
      audience,
      keys: [{ ...key.jwk, kty: 'RSA', kid: key.kid, alg: 'RS256', use: 'sig' } as never],
    }),
    routes: routes.map((route) => ({
      ...route,
      invoke: (event: unknown) => invoke(route.function, event),
    })),
  });
  const wire = openWire(http.url);

  const known = new Map<string, string>();
  const token = ({ tenantId, role }: Caller): string => {
    const name = JSON.stringify([tenantId, role]);
    const now = Math.floor(Date.now() / 1_000);
    const made =
      known.get(name) ??
      jwtOf(key, {
        iss: issuer,
        aud: audience,
        sub: `user-of-${role}`,
        tenant_id: tenantId,
        role,
        iat: now - 5,
        exp: now + 3_600,
      });
    known.set(name, made);
    return made;
  };
  const once = (caller: Caller | undefined, wish: Wire): Promise<Answer> =>
    wire.ask({
      ...wish,
      headers: {
        ...(caller === undefined ? {} : { authorization: `Bearer ${token(caller)}` }),
        ...wish.headers,
      },
    });
  const ask = async (caller: Caller | undefined, wish: Wire): Promise<Answer> => {
    for (;;) {
      const answer = await once(caller, wish);
      if (answer.status !== 429 || caller === undefined) return answer;
      await world.admin.query(refill, caller.tenantId);
    }
  };
  const open = async (caller: Caller, wish: Wire): Promise<IncomingMessage> => {
    await world.admin.query(refill, caller.tenantId);
    const authorization = `Bearer ${token(caller)}`;
    return wire.open({ ...wish, headers: { authorization, ...wish.headers } });
  };
  const bodiesOf = async (queue: (typeof filled)[number]): Promise<string[]> => {
    const all: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.client.send(
        new ReceiveMessageCommand({
          QueueUrl: sqs.urls[queue].url,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 0,
        }),
      );
      if (Messages.length === 0) return all;
      all.push(...Messages.map(({ Body = '' }) => Body));
    }
  };
  const drain = async (): Promise<IngestMessage[]> =>
    (await bodiesOf('ingest')).map((body) => ingestMessage.parse(JSON.parse(body)));
  const drainEvents = async (): Promise<string[]> =>
    (await Promise.all(eventQueues.map(bodiesOf))).flat();
  return {
    url: http.url,
    desk,
    world,
    token,
    once,
    ask,
    open,
    drain,
    drainEvents,
    faults,
    close: async () => {
      wire.close();
      await http.stop();
      await closeDatabases();
      await tokens.down();
      await sqs.stop();
      env.stop();
      await rm(folder, { recursive: true });
      await desk.close();
    },
  };
};
