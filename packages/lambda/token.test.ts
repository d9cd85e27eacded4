import { createHmac, sign } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { encoded, jwtOf, openIssuer, signingKey } from '../../test/world/token-issuer.ts';
import { tokenVerifier, verifyToken, type VerifyToken } from './token.ts';

const rsa = signingKey('rsa-1');
const ec = signingKey('ec-1', 'ES256');
const attacker = signingKey('attacker-1');
const settings = { issuer: 'https://login.test/', audience: 'rookery-api' };

const now = Math.floor(Date.UTC(2026, 2, 29, 0, 59, 59) / 1_000);
const claims = {
  iss: settings.issuer,
  aud: settings.audience,
  sub: 'user-1',
  tenant_id: 't01',
  role: 'tenant-member',
  iat: now - 60,
  exp: now + 600,
};
const identity = { subject: 'user-1', tenantId: 't01', role: 'tenant-member' };

// Some issuers do not say for which algorithm a key is.
const open = signingKey('rsa-open');
const issuer = await openIssuer(rsa, ec, { ...open, jwk: { ...open.jwk, alg: undefined } });
let verify: VerifyToken;

beforeAll(() => {
  verify = tokenVerifier({ ...settings, jwksUrl: issuer.jwksUrl });
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: now * 1_000 });
});
afterAll(async () => {
  vi.useRealTimers();
  await issuer.down();
});

const good = jwtOf(rsa, claims);
const [head = '', body = '', signature = ''] = good.split('.');
const signed = (more: object, header: object = {}): string =>
  jwtOf(rsa, { ...claims, ...more }, header);
const without = (name: string): string => signed({ [name]: undefined });
const hmac = (secret: string | Buffer, header: object): string => {
  const input = `${encoded(header)}.${body}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};
const rs512 = (): string => {
  const input = `${encoded({ alg: 'RS512', kid: open.kid })}.${body}`;
  return `${input}.${sign('sha512', Buffer.from(input), open.privateKey).toString('base64url')}`;
};
const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
const der = rsa.publicKey.export({ type: 'spki', format: 'der' });
const swapped = (at: number, text: string): string =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
const theirs = { jwk: attacker.jwk };

test.each([
  ['RS256', `Bearer ${good}`],
  ['ES256', `Bearer ${jwtOf(ec, claims)}`],
  ['a key without alg', `Bearer ${jwtOf(open, claims)}`],
  ['any spelling of the scheme', `bEARER ${good}`],
  ['several spaces', `Bearer   ${good}`],
  ['an audience among others', `Bearer ${signed({ aud: ['other', settings.audience] })}`],
  ['claims nobody knows', `Bearer ${signed({ email: 'a@b.test', nested: { a: [1] } })}`],
])('a token of the issuer passes: %s', async (_, authorization) => {
  expect(await verify(authorization)).toEqual(identity);
});

const forged: Record<string, string> = {
  'alg none, no signature': `${encoded({ alg: 'none' })}.${body}.`,
  'alg None': `${encoded({ alg: 'None' })}.${body}.`,
  'alg NONE with the old signature': `${encoded({ alg: 'NONE', kid: rsa.kid })}.${body}.${signature}`,
  'alg nOnE in two parts': `${encoded({ alg: 'nOnE' })}.${body}`,
  'alg empty': `${encoded({ alg: '', kid: rsa.kid })}.${body}.${signature}`,
  'alg missing': `${encoded({ kid: rsa.kid })}.${body}.${signature}`,
  'alg as a list': `${encoded({ alg: ['RS256'], kid: rsa.kid })}.${body}.${signature}`,
  'HS256 with the public PEM': hmac(pem, { alg: 'HS256', kid: rsa.kid }),
  'HS256 with the public DER': hmac(der, { alg: 'HS256', kid: rsa.kid }),
  'HS256 with the modulus': hmac(String(rsa.jwk['n']), { alg: 'HS256', kid: rsa.kid }),
  'HS256 with an empty secret': hmac('', { alg: 'HS256' }),
  'RS256 by HMAC': hmac(pem, { alg: 'RS256', kid: rsa.kid }),
  'RS512 over an RS256 signature': signed({}, { alg: 'RS512' }),
  'an algorithm that is not ours, by a key of ours': rs512(),
  'PS256 over an RS256 signature': signed({}, { alg: 'PS256' }),
  'rs256 in small letters': signed({}, { alg: 'rs256' }),
  'the attacker’s key under our kid': jwtOf(attacker, claims, { kid: rsa.kid }),
  'the attacker’s key under its kid': jwtOf(attacker, claims),
  'the attacker’s key without kid': jwtOf(attacker, claims, { kid: undefined }),
  'the kid of our other key': signed({}, { kid: ec.kid }),
  'a kid that is a path': signed({}, { kid: '../../dev/null' }),
  'a kid that is SQL': jwtOf(attacker, claims, { kid: "x' or '1'='1" }),
  'a kid that is a list': jwtOf(attacker, claims, { kid: [rsa.kid] }),
  'an embedded jwk': jwtOf(attacker, claims, theirs),
  'an embedded jwk under our kid': jwtOf(attacker, claims, { ...theirs, kid: rsa.kid }),
  'a jku of the attacker': jwtOf(attacker, claims, { jku: 'http://127.0.0.1:9/jwks.json' }),
  'an x5u of the attacker': jwtOf(attacker, claims, { x5u: 'http://127.0.0.1:9/cert.pem' }),
  'an x5c of the attacker': jwtOf(attacker, claims, { kid: rsa.kid, x5c: [encoded('cert')] }),
  'an unknown crit': signed({}, { crit: ['b64x'], b64x: true }),
  'an unencoded payload': signed({}, { crit: ['b64'], b64: false }),
  'another payload': `${head}.${encoded({ ...claims, tenant_id: 't02' })}.${signature}`,
  'another role': `${head}.${encoded({ ...claims, role: 'operator' })}.${signature}`,
  'another header': `${encoded({ alg: 'RS256', kid: rsa.kid })}.${body}.${signature}`,
  'one letter of the signature': `${head}.${body}.${swapped(10, signature)}`,
  'one letter of the payload': `${head}.${swapped(12, body)}.${signature}`,
  'the signature of another token': `${head}.${body}.${signed({ sub: 'x' }).split('.')[2]}`,
  'an ES256 signature of zeros': `${jwtOf(ec, claims).split('.').slice(0, 2).join('.')}.${encoded(new Uint8Array(64))}`,
  'no signature': `${head}.${body}.`,
  'half a signature': good.slice(0, -170),
  'one letter short': good.slice(0, -1),
  'two signatures': `${good}.${signature}`,
  'five parts': `${good}.a.b`,
  'one part': head,
  'only dots': '..',
  'the general JSON form': JSON.stringify({
    payload: body,
    signatures: [
      { protected: head, signature },
      { protected: head, signature },
    ],
  }),
  'white space inside': `${head}. ${body}.${signature}`,
  'white space behind': `${good} `,
  'a line break behind': `${good}\n`,
  'padding behind': `${good}=`,
  'plain base64': good.replaceAll('-', '+').replaceAll('_', '/').concat('+'),
  'two tokens': `${good} ${good}`,
  'two headers': `${good}, Bearer ${good}`,
  'Bearer twice': `Bearer ${good}`,
  'over 8 KB': signed({ blob: 'x'.repeat(8_192) }),
  'a payload that is a list': jwtOf(rsa, [claims]),
  'a payload that is text': jwtOf(rsa, '"hello"'),
  'a payload that is null': jwtOf(rsa, 'null'),
  'a payload that is not JSON': jwtOf(rsa, '{'),
  'a payload that is not UTF-8': jwtOf(rsa, new Uint8Array([0x7b, 0xff, 0x7d])),
};

const wrongClaims: Record<string, [claim: string, token: string]> = {
  'iss missing': ['iss', without('iss')],
  'another iss': ['iss', signed({ iss: 'https://login.test' })],
  'iss as a list': ['iss', signed({ iss: [settings.issuer] })],
  'aud missing': ['aud', without('aud')],
  'another aud': ['aud', signed({ aud: 'rookery-api-staging' })],
  'aud empty': ['aud', signed({ aud: [] })],
  'aud as an object': ['aud', signed({ aud: { 0: settings.audience } })],
  'exp missing': ['exp', without('exp')],
  'exp as text': ['exp', signed({ exp: String(now + 600) })],
  'exp null': ['exp', signed({ exp: null })],
  'iat missing': ['iat', without('iat')],
  'iat as text': ['iat', signed({ iat: String(now) })],
  'iat in the future': ['iat', signed({ iat: now + 3_600 })],
  'nbf in the future': ['nbf', signed({ nbf: now + 3_600 })],
  'nbf as text': ['nbf', signed({ nbf: 'now' })],
  'sub missing': ['sub', without('sub')],
  'sub as a number': ['sub', signed({ sub: 7 })],
  'sub empty': ['sub', signed({ sub: '' })],
  'tenant_id missing': ['tenant_id', without('tenant_id')],
  'tenant_id empty': ['tenant_id', signed({ tenant_id: '' })],
  'tenant_id of white space': ['tenant_id', signed({ tenant_id: '\t ' })],
  'tenant_id as a list': ['tenant_id', signed({ tenant_id: ['t01'] })],
  'tenant_id as an object': ['tenant_id', signed({ tenant_id: { $ne: null } })],
  'tenant_id too long': ['tenant_id', signed({ tenant_id: 'x'.repeat(201) })],
  'role missing': ['role', without('role')],
  'role not in the list': ['role', signed({ role: 'root' })],
  'role as a list': ['role', signed({ role: ['operator'] })],
  'role from the prototype': ['role', signed({ role: 'constructor' })],
};

const sayings = new Set<string>();

test.each(Object.entries(forged))('a forgery is refused: %s', async (_, token) => {
  const refused = await verify(`Bearer ${token}`).catch((error: unknown) => error);
  expect(refused).toMatchObject({ kind: 'forbidden', code: 'token-invalid' });
  sayings.add((refused as Error).message);
});

test('a forger is told one and the same, except that the token is too long', () => {
  expect([...sayings].sort()).toEqual([
    'a token has at most 8192 bytes',
    'this is no token of the issuer: send a JWT in compact form, signed by a current key of it with RS256 or ES256',
  ]);
});

test.each(Object.entries(wrongClaims))(
  'a token of the issuer with a wrong claim is refused, and says which: %s',
  async (_, [claim, token]) => {
    await expect(verify(`Bearer ${token}`)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'token-invalid',
      message: expect.stringMatching(new RegExp(`^claim ${claim} `)),
    });
  },
);

test.each([
  ['no header', undefined],
  ['an empty header', ''],
  ['only the scheme', 'Bearer'],
  ['only the scheme and a space', 'Bearer '],
  ['the bare token', good],
  ['another scheme', 'Basic dXNlcjpwYXNz'],
  ['another scheme with our token', `DPoP ${good}`],
  ['the scheme without a space', `Bearer${good}`],
  ['the scheme with a tab', `Bearer\t${good}`],
])('without a bearer token it is token-missing: %s', async (_, authorization) => {
  await expect(verify(authorization)).rejects.toMatchObject({
    kind: 'forbidden',
    code: 'token-missing',
  });
});

const outcome = (more: object): Promise<string> =>
  verify(`Bearer ${signed(more)}`).then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  );

test('clocks may differ by 30 s and not by one second more', async () => {
  expect(await outcome({ exp: now - 29 })).toBe('accepted');
  expect(await outcome({ exp: now - 30 })).toBe('token-expired');
  expect(await outcome({ exp: now - 31 })).toBe('token-expired');
  expect(await outcome({ iat: now + 30 })).toBe('accepted');
  expect(await outcome({ iat: now + 31 })).toBe('token-invalid');
  expect(await outcome({ nbf: now + 30 })).toBe('accepted');
  expect(await outcome({ nbf: now + 31 })).toBe('token-invalid');
});

test('a forgery of an expired token does not learn that it is expired', async () => {
  const [head, body] = signed({ exp: now - 600 }).split('.');
  await expect(verify(`Bearer ${head}.${body}.${signature}`)).rejects.toMatchObject({
    code: 'token-invalid',
    message: expect.stringContaining('no token of the issuer'),
  });
});

test('a token of 8 KB passes', async () => {
  const room = 8_192 - signed({ blob: '' }).length;
  const token = signed({ blob: 'x'.repeat(Math.floor((room * 3) / 4) - 2) });
  expect(token.length).toBeGreaterThan(8_180);
  expect(await verify(`Bearer ${token}`)).toEqual(identity);
});

test('the container’s verifier takes its settings from the environment', async () => {
  const lost = verifyToken(`Bearer ${good}`);
  await expect(lost).rejects.toMatchObject({ kind: 'unavailable', code: 'config-invalid' });

  vi.stubEnv('TOKEN_ISSUER', settings.issuer);
  vi.stubEnv('TOKEN_AUDIENCE', settings.audience);
  vi.stubEnv('TOKEN_JWKS_URL', issuer.jwksUrl);
  const before = issuer.asked();

  expect(await verifyToken(`Bearer ${good}`)).toEqual(identity);
  expect(await verifyToken(`Bearer ${good}`)).toEqual(identity);
  expect(issuer.asked()).toBe(before + 1);

  vi.stubEnv('TOKEN_AUDIENCE', 'another-api');
  await expect(verifyToken(`Bearer ${good}`)).rejects.toThrow('claim aud');
  vi.unstubAllEnvs();
});
