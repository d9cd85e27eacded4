import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDb, type Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { closeDatabases } from '@rookery/lambda/database';
import { createAuthorizer } from '../../infra/local/authorizer.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { eventOf } from '../../infra/local/http-event.ts';
import { chooseRoute } from '../../infra/local/http-route.ts';
import { startHttp } from '../../infra/local/http.ts';
import { createInvoker } from '../../infra/local/invoke.ts';
import { signToken, startIssuer } from '../../infra/local/issuer.ts';
import { cors, functions, routes, type FunctionName } from '../../infra/topology.ts';
import { databaseName } from './question-api.sql.ts';
import type { Stage } from './stage.ts';

/** The API on the warehouse of a stage, asked in each way that is measured. Both fail unless the answer is a 200. */
export type Api = {
  /** The handler alone: an event in, a result out. */
  readonly invoke: (target: string, encoding?: string) => () => Promise<void>;
  /** Through the gateway, over connections that are kept. */
  readonly get: (target: string) => Promise<void>;
  /** One connection as the API's role, whose session is the tenant's: for the bare statements. */
  readonly bare: Db;
  readonly close: () => Promise<void>;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

const refuse = (target: string, status: unknown): never => {
  throw new Failure('conflict', 'answer-refused', `${target} answered ${String(status)}, not 200`);
};

const statusOf = (result: unknown): unknown =>
  typeof result === 'object' && result !== null && 'statusCode' in result
    ? result.statusCode
    : undefined;

type Teller = { readonly authorization: string; readonly url: string };

const getter =
  ({ authorization, url }: Teller, agent: Agent) =>
  (target: string) =>
    new Promise<void>((resolve, reject) => {
      const asked = request(`${url}${target}`, { agent, headers: { authorization } }, (answer) => {
        answer.resume();
        answer.once('error', reject);
        answer.once('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Failure('conflict', 'answer-refused', `${target}: ${answer.statusCode}`));
        });
      });
      asked.once('error', reject);
      asked.end();
    });

// An event as the gateway makes it, once: making it is the gateway's work.
const eventFor = (target: string, { authorization }: Teller, encoding?: string) => {
  const chosen = chooseRoute(routes, 'GET', target.split('?')[0] ?? '/');
  if (chosen === undefined) return refuse(target, 'no route');
  const event = eventOf(
    {
      method: 'GET',
      target,
      headers: {
        authorization,
        ...(encoding === undefined ? {} : { 'accept-encoding': encoding }),
      },
      body: Buffer.alloc(0),
      sourceIp: '127.0.0.1',
      port: 0,
      requestId: 'bench',
      at: new Date(),
    },
    chosen.match,
  );
  return { event, name: chosen.route.function };
};

/** Starts the API for one tenant on the warehouse of a stage. */
export const openApi = async ({ ground, place }: Stage, tenantId: string): Promise<Api> => {
  const stateDir = await mkdtemp(join(tmpdir(), 'rookery-bench-'));
  const issuer = await startIssuer({ stateDir, port: 0 });
  const [database] = await place.warehouseAdmin.query(databaseName, {});
  const url = ground.postgres.url('rookery_api', database?.name ?? 'postgres');
  const env = applyEnv({
    DATABASE_URL_API: url,
    DATABASE_PROXY_PORT: String(ground.proxyPort),
    TOKEN_ISSUER: issuer.issuer,
    TOKEN_AUDIENCE: issuer.audience,
    TOKEN_JWKS_URL: issuer.jwksUrl,
    LOG_LEVEL: 'ERROR',
  });
  const token = await signToken(stateDir, {
    tenantId,
    role: 'tenant-member',
    subject: 'bench',
    expiresInSeconds: 3_600,
  });
  const { invoke } = createInvoker<FunctionName>({ functions, root });
  const http = await startHttp({
    cors,
    port: 0,
    onError: (line) => {
      console.error(line);
    },
    authorize: createAuthorizer(issuer),
    routes: routes.map((route) => ({
      ...route,
      invoke: (event: unknown) => invoke(route.function, event),
    })),
  });
  const agent = new Agent({ keepAlive: true });
  const teller = { authorization: `Bearer ${token}`, url: http.url };
  const bare = openDb({ url, proxyPort: ground.proxyPort, max: 1 });
  await bare.script(`select set_config('app.tenant_id', '${tenantId}', false)`);
  return {
    bare,
    get: getter(teller, agent),
    invoke: (target, encoding) => {
      const { event, name } = eventFor(target, teller, encoding);
      return async () => {
        const status = statusOf(await invoke(name, event));
        if (status !== 200) refuse(target, status);
      };
    },
    close: async () => {
      agent.destroy();
      await http.stop();
      await issuer.stop();
      await bare.close();
      await closeDatabases();
      env.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
};
