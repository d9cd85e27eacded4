import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type * as z from 'zod';
import type { Endpoint } from '@rookery/http/contract';
import { closeDatabases } from '@rookery/lambda/database';
import { applyEnv } from '../../infra/local/function-env.ts';
import { jwtOf, openIssuer, signingKey } from '../world/token-issuer.ts';
import { openWorld, type World } from '../world/world.ts';

/** Who asks, when, and what. */
export type Wish = {
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly role?: string;
  readonly tenantId?: string;
  readonly now?: string;
  readonly accept?: string;
};

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<unknown>;
type Result = { readonly statusCode: number; readonly body?: string; isBase64Encoded?: boolean };

/** A world with the functions that read monitoring, as the gateway calls them. */
export type ReportRoom = {
  readonly world: World;
  /** Status and text of an answer, whatever it is. */
  readonly ask: (
    handler: Handler,
    endpoint: Endpoint,
    wish?: Wish,
  ) => Promise<{ status: number; text: string }>;
  /** The answer to a wish that is granted, checked by its contract. */
  readonly read: <E extends Endpoint>(
    handler: Handler,
    endpoint: E,
    wish?: Wish,
  ) => Promise<z.output<E['response']>>;
  readonly close: () => Promise<void>;
};

const issuerName = 'https://issuer.example/';
const key = signingKey('k1');

const tokenOf = (role: string, tenant_id: string): string => {
  const iat = Math.floor(Date.now() / 1_000);
  const claims = { iss: issuerName, aud: 'rookery', sub: 'somebody', tenant_id, role };
  return jwtOf(key, { ...claims, iat, exp: iat + 300 });
};

const eventOf = ({ path, method }: Endpoint, wish: Wish): APIGatewayProxyEventV2 => {
  const { query = {}, params = {}, role = 'operator', tenantId = 'acme' } = wish;
  const event = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      authorization: `Bearer ${tokenOf(role, tenantId)}`,
      accept: wish.accept ?? 'application/json',
    },
    queryStringParameters: query,
    pathParameters: params,
    requestContext: {
      domainName: 'api.example.com',
      timeEpoch: wish.now === undefined ? Date.now() : Date.parse(wish.now),
      http: { method, path, sourceIp: '198.51.100.7', userAgent: 'curl/8' },
    },
    isBase64Encoded: false,
  };
  return event as unknown as APIGatewayProxyEventV2;
};

/** Opens a world and an issuer for the functions of this process. */
export const openReportRoom = async (): Promise<ReportRoom> => {
  const world = await openWorld();
  const issuer = await openIssuer(key);
  const env = applyEnv({
    DATABASE_URL_API: world.url('rookery_api'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    TOKEN_ISSUER: issuerName,
    TOKEN_AUDIENCE: 'rookery',
    TOKEN_JWKS_URL: issuer.jwksUrl,
    LOG_LEVEL: 'SILENT',
  });
  const ask: ReportRoom['ask'] = async (handler, endpoint, wish = {}) => {
    // As if nobody had asked for a while: allowances have tests of their own.
    await world.admin.script('delete from olap.rate_limit');
    const event = eventOf(endpoint, wish);
    const result = (await handler(event, { awsRequestId: 'r' } as Context)) as Result;
    const text = result.body ?? '';
    return { status: result.statusCode, text };
  };
  return {
    world,
    ask,
    read: async (handler, endpoint, wish) => {
      const { status, text } = await ask(handler, endpoint, wish);
      if (status !== 200) throw new Error(`${status}: ${text}`);
      return endpoint.response.parse(JSON.parse(text)) as never;
    },
    close: async () => {
      await closeDatabases();
      env.stop();
      await issuer.down();
      await world.close();
    },
  };
};
