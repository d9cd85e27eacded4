import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeCursor } from '@rookery/http/cursor';
import { problemSchema } from '@rookery/http/problem-schema';
import { problemCodes, problems, type ProblemCode } from '@rookery/http/problems';
import { addApiKey, revokeApiKey } from '@rookery/lambda/api-key.sql';
import { newApiKey } from '@rookery/lambda/api-key';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startHttp, type Http } from '../../infra/local/http.ts';
import { createInvoker } from '../../infra/local/invoke.ts';
import { functions, routes, type FunctionName } from '../../infra/topology.ts';
import { jwtOf, openIssuer, signingKey, type TokenIssuer } from '../world/token-issuer.ts';
import { sharedError } from './seed-monitoring.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';
import { openWire, type Answer, type Wire } from './wire.ts';

const [own] = tenants;
const key = signingKey('errors-test');

let api: Api;
// What a function URL does: every request reaches the function, which alone checks the token.
let bare: Http;
let bareWire: ReturnType<typeof openWire>;
let issuer: TokenIssuer;

beforeAll(async () => {
  api = await openApi();
  await seed(api.desk, own);
  issuer = await openIssuer(key);
  const { invoke } = createInvoker<FunctionName>({ functions, root: process.cwd() });
  bare = await startHttp({
    port: 0,
    onError: () => {},
    routes: routes.map((route) => ({
      ...route,
      auth: 'public',
      invoke: (event: unknown) => invoke(route.function, event),
    })),
  });
  bareWire = openWire(bare.url);
});
afterAll(async () => {
  bareWire.close();
  await bare.stop();
  await issuer.down();
  await api.close();
});

const asked = (target: string, more: Omit<Wire, 'target'> = {}): Promise<Answer> =>
  api.ask({ tenantId: own.tenant_id, role: 'tenant-admin' }, { target, ...more });

type Claims = Readonly<Record<string, unknown>>;

const now = (): number => Math.floor(Date.now() / 1_000);

// Through the bare door, with an issuer of this test: its tokens may be anything, and it may go away.
const knocking = async (claims: Claims | undefined): Promise<Answer> => {
  const env = applyEnv({ TOKEN_JWKS_URL: issuer.jwksUrl, LOG_LEVEL: 'SILENT' });
  const good = {
    iss: process.env['TOKEN_ISSUER'],
    aud: process.env['TOKEN_AUDIENCE'],
    sub: 'someone',
    tenant_id: own.tenant_id,
    role: 'tenant-admin',
    iat: now() - 600,
    exp: now() + 600,
  };
  const headers =
    claims === undefined ? {} : { authorization: `Bearer ${jwtOf(key, { ...good, ...claims })}` };
  try {
    return await bareWire.ask({ target: '/v1/exports/campaign-days', headers });
  } finally {
    env.stop();
  }
};

const json = { 'content-type': 'application/json' };

const sent = (
  { type = 'TypeError', ...headers }: Readonly<Record<string, string>> = {},
  count = 1,
): Wire => ({
  method: 'POST',
  target: '/v1/ingest/errors',
  headers: { ...json, ...headers },
  body: JSON.stringify({
    items: Array.from({ length: count }, () => ({
      occurred_at: new Date().toISOString(),
      error_type: type,
      message: 'It broke',
    })),
  }),
});

const withKey = async (revoked: boolean, expiresAt: Date | null): Promise<Answer> => {
  const { tenant_id: tenantId } = own;
  const { id, text, hash: keyHash } = newApiKey(tenantId);
  const now = new Date();
  const key = { id, keyHash, name: 'collector', scopes: ['errors'], createdBy: 'test' };
  await api.world.ops.query(addApiKey, { ...key, tenantId, now, expiresAt });
  if (revoked) await api.world.ops.query(revokeApiKey, { tenantId, id, now });
  return api.once(undefined, sent({ 'x-api-key': text }));
};

// Repeated beside itself: whoever comes second while the first is at it is told to wait.
const beside = async (): Promise<Answer> => {
  const caller = { tenantId: own.tenant_id, role: 'tenant-admin' } as const;
  for (let turn = 0; ; turn += 1) {
    const wish = sent({ 'idempotency-key': `turn-${turn}` }, 500);
    const answers = await Promise.all(Array.from({ length: 4 }, () => api.ask(caller, wish)));
    const running = answers.find(({ status }) => status === 409);
    if (running !== undefined) return running;
  }
};

const patched = (body: object): Promise<Answer> =>
  asked(`/v1/errors/${sharedError}`, {
    method: 'PATCH',
    headers: json,
    body: JSON.stringify(body),
  });

const otherCursor = (): string =>
  encodeCursor({ filters: { operation: 'listLeads' }, keys: ['x'] });

// How a client gets each code, and what else the answer must hold.
const causes: Partial<
  Record<
    ProblemCode,
    {
      readonly how: string;
      readonly cause: () => Promise<Answer>;
      readonly headers?: Readonly<Record<string, RegExp>>;
      readonly errors?: readonly string[];
    }
  >
> = {
  'request-malformed': {
    how: 'a day that is none and a parameter that nobody knows',
    cause: () => asked('/v1/campaigns?from=2026-02-30&colour=red'),
    errors: ['query.from', 'query.colour'],
  },
  'cursor-malformed': {
    how: 'a cursor that is made up',
    cause: () => asked('/v1/campaigns?cursor=second-page'),
  },
  'token-missing': {
    how: 'no Authorization header',
    cause: () => knocking(undefined),
    headers: { 'www-authenticate': /^Bearer realm="[^"]+"$/ },
  },
  'token-invalid': {
    how: 'a token for another audience',
    cause: () => knocking({ aud: 'another' }),
    headers: { 'www-authenticate': /^Bearer .*error="invalid_token"/ },
  },
  'token-expired': {
    how: 'a token that was good a minute ago',
    cause: () => knocking({ exp: now() - 60 }),
    headers: { 'www-authenticate': /^Bearer .*error="invalid_token".*expired/ },
  },
  forbidden: {
    how: 'a role that may not read billing',
    cause: () =>
      api.ask(
        { tenantId: own.tenant_id, role: 'tenant-member' },
        { target: '/v1/billing/periods' },
      ),
    headers: { 'www-authenticate': /^Bearer .*error="insufficient_scope"/ },
  },
  'not-found': { how: 'a campaign that is not there', cause: () => asked('/v1/campaigns/nobody') },
  'route-unknown': {
    how: 'a path that is not there',
    cause: () => asked('/v1/campaign'),
  },
  'method-not-allowed': {
    how: 'a DELETE of what can be read',
    cause: () => asked('/v1/campaigns', { method: 'DELETE' }),
    headers: { allow: /^GET$/ },
  },
  'not-acceptable': {
    how: 'an Accept with no format of ours',
    cause: () => asked('/v1/campaigns', { headers: { accept: 'image/png' } }),
  },
  'body-too-large': {
    how: 'a GET with more than 64 KB',
    cause: () => asked('/v1/campaigns', { body: 70_000 }),
  },
  'body-unexpected': {
    how: 'a GET with a body',
    cause: () => asked('/v1/campaigns', { body: '{"limit":3}' }),
  },
  'range-empty': {
    how: 'a range that ends where it starts',
    cause: () => asked('/v1/campaigns?from=2025-03-10&to=2025-03-10'),
  },
  'range-too-long': {
    how: 'three years by single days',
    cause: () => asked('/v1/overview/series?from=2022-01-01&to=2025-01-01'),
  },
  'timezone-unavailable': {
    how: 'another zone than that of the tenant',
    cause: () => asked('/v1/campaigns?tz=Asia/Tokyo'),
  },
  'cursor-mismatch': {
    how: 'a cursor of another list',
    cause: () => asked(`/v1/campaigns?cursor=${otherCursor()}`),
  },
  'rate-limited': {
    how: 'more exports at once than a tenant may',
    cause: async () => {
      const caller = { tenantId: own.tenant_id, role: 'tenant-admin' } as const;
      for (;;) {
        const answer = await api.once(caller, { target: '/v1/exports/campaign-days' });
        if (answer.status !== 200) return answer;
      }
    },
    headers: { 'retry-after': /^[1-9]\d*$/, 'ratelimit-remaining': /^0$/ },
  },
  'api-key-invalid': {
    how: 'a key that was not made here',
    cause: () => api.once(undefined, sent({ 'x-api-key': newApiKey(own.tenant_id).text })),
  },
  'api-key-expired': {
    how: 'a key that was good a minute ago',
    cause: () => withKey(false, new Date(Date.now() - 60_000)),
  },
  'api-key-revoked': {
    how: 'a key that was revoked, whenever it would have expired',
    cause: () => withKey(true, new Date(Date.now() - 60_000)),
  },
  'media-type-unsupported': {
    how: 'items that are no JSON',
    cause: () => asked('/v1/ingest/errors', { method: 'POST', body: 'a,b\n1,2' }),
  },
  'idempotency-mismatch': {
    how: 'a key that was sent with other items',
    cause: async () => {
      const caller = { tenantId: own.tenant_id, role: 'tenant-admin' } as const;
      await api.ask(caller, sent({ 'idempotency-key': 'of-today' }));
      return api.ask(caller, sent({ 'idempotency-key': 'of-today', type: 'RangeError' }));
    },
  },
  'idempotency-running': {
    how: 'a repeat while the first request is worked on',
    cause: beside,
    headers: { 'retry-after': /^[1-9]\d*$/ },
  },
  conflict: {
    how: 'a change of an error at a revision that it is not at',
    cause: () => patched({ revision: 41, status: 'resolved' }),
  },
  'change-refused': {
    how: 'ignoring an error without saying why',
    cause: () => patched({ revision: 0, status: 'ignored' }),
  },
  'issuer-unreachable': {
    how: 'a token while its issuer is away and no key of it is known',
    cause: async () => {
      await issuer.down();
      try {
        return await knocking({});
      } finally {
        await issuer.up();
      }
    },
  },
};

// No request of a client leads to these; lower tests cause each by its own fault.
const notFromOutside: Partial<Record<ProblemCode, string>> = {
  internal: 'a fault of ours, which no request may cause (malformed.test.ts looks for one)',
  unavailable: 'another part of ours is away (packages/lambda/api.test.ts)',
  'database-unavailable': 'the database is away (packages/http/problem.test.ts, infra/local)',
  'answer-too-large':
    'pages end before it (large.test.ts makes an entry that is larger than a page may be)',
  'answer-too-slow': 'the database is too busy: every range is bounded (problem.test.ts)',
};

test('every code can be caused from outside, or is listed with the reason why not', () => {
  expect([...Object.keys(causes), ...Object.keys(notFromOutside)].toSorted()).toEqual(
    problemCodes.toSorted(),
  );
});

test.each(Object.entries(causes).map(([code, each]) => [code, each.how, each] as const))(
  '%s is what %s gets, with a page that explains it',
  async (code, _, { cause, headers = {}, errors }) => {
    const answer = await cause();

    const problem = problemSchema.strict().parse(JSON.parse(answer.text));
    const { status, title } = problems[problem.code];
    expect([problem.code, answer.status, problem.status, problem.title]).toEqual([
      code,
      status,
      status,
      title,
    ]);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': problem.request_id,
    });
    for (const [name, value] of Object.entries(headers))
      expect(answer.headers[name]).toMatch(value);
    expect(problem.errors?.map(({ path }) => path)).toEqual(errors);
    expect(problem.detail !== undefined).toBe(status < 500);

    const page = await fetch(problem.type);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await page.text()).toContain(title);
  },
);

test('codes that are not caused here have their page as well, and a code that is none has no page', async () => {
  for (const code of problemCodes) {
    expect((await fetch(`${api.url}/docs/errors/${code}`)).status).toBe(200);
    expect(existsSync(join('docs/errors', `${code}.md`))).toBe(true);
  }
  const none = await fetch(`${api.url}/docs/errors/no-such-code`);
  expect([none.status, await none.json()]).toMatchObject([404, { code: 'not-found' }]);
});

test('what the gateway refuses has the gateway’s own words, as docs/api.md says', async () => {
  const answer = await api.once(undefined, { target: '/v1/campaigns' });
  expect([answer.status, answer.text]).toEqual([401, '{"message":"Unauthorized"}']);
});

// What the problem of an export without a token says of its page, in an environment with these variables.
const typeOf = async (env: Record<string, string>): Promise<unknown> => {
  const set = applyEnv({ ...env, LOG_LEVEL: 'SILENT' });
  try {
    const { text } = await bareWire.ask({ target: '/v1/exports/campaign-days' });
    return (JSON.parse(text) as { readonly type: unknown }).type;
  } finally {
    set.stop();
  }
};

test('at the address of a function URL an export names the page of its error where the API has it', async () => {
  expect(await typeOf({ API_URL: 'https://api.rookery.example/' })).toBe(
    'https://api.rookery.example/docs/errors/token-missing',
  );
  expect(await typeOf({})).toMatch(/^http:\/\/127\.0\.0\.1.*\/docs\/errors\/token-missing$/);
});
