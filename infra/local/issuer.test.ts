import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenVerifier } from '@rookery/lambda/token';
import { createAuthorizer } from './authorizer.ts';
import { startHttp, type Http } from './http.ts';
import { issuerKey } from './issuer-key.ts';
import { localToken, signToken, startIssuer, type Issuer, type TokenWish } from './issuer.ts';

let folder: string;
let issuer: Issuer;
let http: Http;

const echo = async (event: unknown): Promise<unknown> => ({
  statusCode: 200,
  body: JSON.stringify(event),
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rookery-issuer-'));
  issuer = await startIssuer({ stateDir: folder, port: 0 });
  http = await startHttp({
    port: 0,
    onError: () => {},
    authorize: createAuthorizer(issuer),
    routes: [{ method: 'GET', path: '/v1/me', auth: 'jwt', invoke: echo }],
  });
});
afterAll(async () => {
  await http.stop();
  await issuer.stop();
  rmSync(folder, { recursive: true, force: true });
});

const wish: TokenWish = {
  tenantId: 't01',
  role: 'tenant-admin',
  subject: 'me',
  expiresInSeconds: 60,
};
const now = (): number => Math.floor(Date.now() / 1_000);

const signed = async (
  claims: Record<string, unknown>,
  header: { kid?: string } = {},
): Promise<string> => {
  const key = await issuerKey(folder);
  const all = {
    iss: localToken.issuer,
    aud: localToken.audience,
    sub: 'me',
    iat: now(),
    exp: now() + 60,
  };
  return new SignJWT({ ...all, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header })
    .sign(key);
};
const ask = (authorization?: string): Promise<Response> =>
  fetch(`${http.url}/v1/me`, authorization === undefined ? {} : { headers: { authorization } });
const statusOf = async (authorization?: string): Promise<number> =>
  (await ask(authorization)).status;

test('a token passes the gateway and the function, and its claims arrive as text', async () => {
  const token = await signToken(folder, wish);

  const answer = await ask(`Bearer ${token}`);

  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    requestContext: {
      authorizer: {
        jwt: {
          claims: {
            iss: 'https://issuer.rookery.local',
            aud: 'rookery-api',
            sub: 'me',
            tenant_id: 't01',
            role: 'tenant-admin',
            exp: expect.stringMatching(/^\d+$/),
          },
          scopes: null,
        },
      },
    },
  });
  expect(await tokenVerifier(issuer)(`Bearer ${token}`)).toEqual({
    subject: 'me',
    tenantId: 't01',
    role: 'tenant-admin',
  });
});

test('lists, numbers and truths arrive as API Gateway writes them', async () => {
  const token = await signed({ groups: ['a', 'b'], level: 7, staff: true });

  const { requestContext } = (await (await ask(token)).json()) as {
    requestContext: { authorizer: { jwt: { claims: Record<string, string> } } };
  };

  expect(requestContext.authorizer.jwt.claims).toMatchObject({
    groups: '[a b]',
    level: '7',
    staff: 'true',
  });
});

test('the identity source is the header: with Bearer in any spelling, or the bare token', async () => {
  const token = await signToken(folder, wish);
  for (const header of [`Bearer ${token}`, `bearer ${token}`, token])
    expect(await statusOf(header)).toBe(200);
});

test('what the gateway refuses is a 401 in its own words, and no function runs', async () => {
  const other = await generateKeyPair('RS256');
  const forged = await new SignJWT({
    iss: localToken.issuer,
    aud: localToken.audience,
    exp: now() + 60,
  })
    .setProtectedHeader({ alg: 'RS256', kid: (await issuerKey(folder)).kid })
    .sign(other.privateKey);
  const headers: Record<string, string | undefined> = {
    'no header': undefined,
    'another scheme': 'Basic dTpw',
    'not a token': 'Bearer abc',
    'another key': `Bearer ${forged}`,
    'another issuer': `Bearer ${await signToken(folder, { ...wish, issuer: 'https://other.test' })}`,
    'another audience': `Bearer ${await signed({ aud: 'other' })}`,
    'no expiry': `Bearer ${await signed({ exp: undefined })}`,
    'no longer valid': `Bearer ${await signed({ exp: now() })}`,
    'not yet valid': `Bearer ${await signed({ nbf: now() + 5 })}`,
    'issued later': `Bearer ${await signed({ iat: now() + 5 })}`,
    'an unknown kid': `Bearer ${await signed({}, { kid: 'x' })}`,
  };
  for (const [what, header] of Object.entries(headers)) {
    const answer = await ask(header);
    expect([what, answer.status, await answer.json()]).toEqual([
      what,
      401,
      { message: 'Unauthorized' },
    ]);
  }
});

test('a token without kid is refused, as the gateway wants one', async () => {
  const key = await issuerKey(folder);
  const claims = { iss: localToken.issuer, aud: localToken.audience, exp: now() + 60 };
  const bare = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(key);
  expect(await statusOf(`Bearer ${bare}`)).toBe(401);
});

test('only the public half of the key is published, and the discovery document leads to it', async () => {
  const discovery = await fetch(issuer.jwksUrl.replace('jwks.json', 'openid-configuration'));
  const { issuer: name, jwks_uri } = (await discovery.json()) as {
    issuer: string;
    jwks_uri: string;
  };
  const { keys } = (await (await fetch(jwks_uri)).json()) as { keys: object[] };

  expect([name, jwks_uri]).toEqual([localToken.issuer, issuer.jwksUrl]);
  expect(keys.map((key) => Object.keys(key).sort())).toEqual([
    ['alg', 'e', 'kid', 'kty', 'n', 'use'],
  ]);
  expect((await fetch(new URL('/issuer.json', jwks_uri))).status).toBe(404);
});

test('the key is made once, for its owner only, and tokens outlive a restart on another port', async () => {
  const own = mkdtempSync(join(folder, 'own-'));
  const made = await Promise.all([issuerKey(own), issuerKey(own), issuerKey(own)]);
  const token = await signToken(own, wish);

  expect(new Set(made.map(({ kid }) => kid)).size).toBe(1);
  expect(statSync(join(own, 'issuer.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(own)).toEqual(['issuer.json']);
  for (const port of [0, 0]) {
    const restarted = await startIssuer({ stateDir: own, port });
    expect((await tokenVerifier(restarted)(`Bearer ${token}`)).tenantId).toBe('t01');
    await restarted.stop();
  }
});

test('a broken key file is a failure that says what to do, and is left as it is', async () => {
  const own = mkdtempSync(join(folder, 'broken-'));
  writeFileSync(join(own, 'issuer.json'), '{"kty":"RSA"}');
  chmodSync(join(own, 'issuer.json'), 0o600);

  await expect(signToken(own, wish)).rejects.toMatchObject({
    code: 'issuer-key-unusable',
    message: expect.stringContaining('delete it'),
  });
});
