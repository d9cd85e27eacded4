import { createSign, generateKeyPairSync } from 'node:crypto';
import pLimit from 'p-limit';
import { operations } from '@rookery/http/api';
import { pathsOf } from '@rookery/http/contract';
import { newApiKey } from '@rookery/lambda/api-key';
import { judged, type Finding, type SmokeCheck } from './smoke-check.ts';
import { ask, codeOf, typeOf, type Answer, type Ask, type Stage } from './smoke-stage.ts';

const read = '/v1/overview';
// The gateway checks tokens of most routes, the function alone those of this one: it takes API keys as well.
const door = '/v1/ingest/errors';
const atOnce = 8;

const parted = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

// Well made in everything but who signed it.
const forged = (): string => {
  const now = Math.floor(Date.now() / 1_000);
  const head = parted({ alg: 'RS256', typ: 'JWT', kid: 'smoke-test' });
  const claims = { iss: 'https://smoke-test.example', aud: 'rookery', sub: 'forger', iat: now - 5 };
  const body = parted({ ...claims, exp: now + 600, tenant_id: 'none', role: 'operator' });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const signature = createSign('RSA-SHA256')
    .update(`${head}.${body}`)
    .sign(privateKey, 'base64url');
  return `${head}.${body}.${signature}`;
};

const unsigned = (): string => `${parted({ alg: 'none', typ: 'JWT' })}.${parted({ sub: 'x' })}.`;

const said = (answer: Answer): string => `${answer.status} ${codeOf(answer) ?? typeOf(answer)}`;

const refusal = async (stage: Stage, path: string, wish: Ask): Promise<string | false> => {
  const answer = await ask(stage, path, wish);
  return answer.status !== 401 && `${wish.method ?? 'GET'} ${path}: ${said(answer)}`;
};

const refused =
  (headers: () => readonly Readonly<Record<string, string>>[], good: string) =>
  async (stage: Stage): Promise<Finding> => {
    const exports = ['/v1/exports/campaign-days', '/v1/audit-log/export'];
    const faults = headers().flatMap((each) => [
      refusal(stage, door, { method: 'POST', headers: each, body: { items: [] } }),
      // An API key opens no read: there it is no token at all.
      ...[read, ...exports].map((path) => refusal(stage, path, { headers: each })),
    ]);
    return judged(
      await Promise.all(faults),
      good,
      'whoever asks so must get 401: look at the authorizer of the gateway and at TOKEN_ISSUER, TOKEN_AUDIENCE, TOKEN_JWKS_URL. Until then nothing is closed',
    );
  };

const filled = (path: string): string => path.replaceAll(/\{\w+\}/g, 'smoke-test');

/** Every route of the contract, each as it is asked without a token; nothing is changed by what is refused. */
const everyRoute = operations.flatMap(({ endpoint }) =>
  pathsOf(endpoint).map((path) => ({ method: endpoint.method, path: filled(path) })),
);

// Where nobody is let in, a route that is there says 401; one that is not falls to the fallback, with 404 or 405.
const routes = async (stage: Stage): Promise<Finding> => {
  const limit = pLimit(atOnce);
  const faults = await limit.map(everyRoute, ({ method, path }) =>
    refusal(stage, path, { method }),
  );
  return judged(
    faults,
    `${everyRoute.length} routes are there, and none is open`,
    '404 or 405: the route is not in the gateway; 5xx: it may not call its function, or that fails at its start; 200: it is open',
  );
};

/** What nobody gets in by. */
export const doorChecks: readonly SmokeCheck[] = [
  {
    name: 'no token',
    look: refused(() => [{}], '401 at the gateway, the functions and the streams'),
  },
  {
    name: 'forged token',
    look: refused(
      () => [
        { authorization: `Bearer ${forged()}` },
        { authorization: `Bearer ${unsigned()}` },
        { 'x-api-key': newApiKey('smoke-test').text },
      ],
      '401 for a foreign signature, none, and an API key that there is not',
    ),
  },
  { name: 'routes', look: routes },
];
