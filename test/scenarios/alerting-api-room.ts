// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import { addApiKey } from '@rookery/lambda/api-key.sql';
import { newApiKey } from '@rookery/lambda/api-key';
import { closeDatabases } from '@rookery/lambda/database';
import { ensureKeyFile } from '@rookery/lambda/seal';
import { applyEnv } from '../../infra/local/function-env.ts';
import { jwtOf, openIssuer, signingKey } from '../world/token-issuer.ts';
import { openWorld, type World } from '../world/world.ts';
import { contextOf } from './function-room.ts';
import { asked } from './ingest-room.ts';

/** A Lambda handler of the HTTP API. */
export type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** A request: the route with its names, what fills them, and who asks. */
export type Wish = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly role?: string;
  readonly tenant?: string;
  readonly subject?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** True for a request without a token. */
  readonly isPublic?: true;
  readonly at?: Date;
};

/** What a function answered; `json` is its body where it is JSON. */
export type Said = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects of it
  readonly json: any;
};

const issuer = 'https://issuer.test';
const audience = 'rookery-test';

/** The functions of alerting over a world of their own, asked as the gateway asks them. */
export type AlertingRoom = {
  readonly world: World;
  readonly ask: (handler: Handler, route: string, wish?: Wish) => Promise<Said>;
  /** Audit events of what was set up, the oldest first. */
  readonly audited: () => Promise<Record<string, unknown>[]>;
  readonly key: (scopes: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Opens such a room; the tenant is acme where none is named. */
export const openAlertingRoom = async (): Promise<AlertingRoom> => {
  const world = await openWorld();
  const signing = signingKey('alerting-test');
  const tokens = await openIssuer(signing);
  const folder = await mkdtemp(join(tmpdir(), 'rookery-seal-'));
  const keyFile = join(folder, 'seal.key');
  await ensureKeyFile(keyFile);
  const env = applyEnv({
    DATABASE_URL_API: world.url('rookery_api'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    SEAL_KEY: `file:${keyFile}`,
    OUTBOUND_ALLOW: '127.0.0.1:9327',
    TOKEN_ISSUER: issuer,
    TOKEN_AUDIENCE: audience,
    TOKEN_JWKS_URL: tokens.jwksUrl,
    STAGE: 'test',
    LOG_LEVEL: 'SILENT',
  });
  const token = ({ role = 'tenant-admin', tenant = 'acme', subject = 'ann' }: Wish): string => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: issuer, aud: audience, sub: subject, iat: now - 5, exp: now + 3_600 };
    return jwtOf(signing, { ...claims, tenant_id: tenant, role });
  };
  const ask = async (handler: Handler, route: string, wish: Wish = {}): Promise<Said> => {
    const { params = {}, query = {}, body, headers = {}, at = new Date() } = wish;
    const isKeyed = wish.isPublic === true || headers['x-api-key'] !== undefined;
    const event = {
      routeKey: route,
      rawPath: (route.split(' ')[1] ?? '').replaceAll(
        /\{(\w+)\}/g,
        (_, name: string) => params[name] ?? '',
      ),
      rawQueryString: new URLSearchParams(query).toString(),
      headers: {
        ...(isKeyed ? {} : { authorization: `Bearer ${token(wish)}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      requestContext: {
        domainName: 'api.test',
        timeEpoch: at.getTime(),
        http: { sourceIp: '198.51.100.7', userAgent: 'curl/8' },
      },
      pathParameters: params,
      queryStringParameters: query,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    // A test asks more in a second than a tenant may.
    await world.admin.script('delete from olap.rate_limit');
    const answer = await handler(event, contextOf());
    const text = answer.body ?? '';
    const isJson = String(answer.headers?.['content-type']).includes('json');
    const json: unknown = isJson && text !== '' ? JSON.parse(text) : null;
    return { status: answer.statusCode ?? 0, headers: answer.headers ?? {}, text, json };
  };
  return {
    world,
    ask,
    audited: async () =>
      (
        await world.ops.query(
          asked(
            'tenant_id, user_id, action_type, resource_type, resource_id, before_data, after_data, changes',
            'tb_audit_event order by time, event_id',
          ),
          null,
        )
      ).map(({ row }) => row as Record<string, unknown>),
    key: async (scopes) => {
      const { id, text, hash: keyHash } = newApiKey('acme');
      const made = { tenantId: 'acme', id, name: 'job', keyHash, scopes, createdBy: 'test' };
      await world.ops.query(addApiKey, { ...made, now: new Date(), expiresAt: null });
      return text;
    },
    close: async () => {
      await closeDatabases();
      env.stop();
      await tokens.down();
      await rm(folder, { recursive: true });
      await world.close();
    },
  };
};
