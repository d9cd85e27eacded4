import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openKms, type Kms } from '../../test/world/kms.ts';
import { kmsSigner } from './sign-kms.ts';
import { fileSigner } from './sign-file.ts';
import { openSigned, parseKeys } from './signed.ts';
import { ensureSignKey, signerFor, type Signer } from './sign.ts';

let kms: Kms;
let folder: string;
beforeAll(async () => {
  kms = await openKms('key-1', 'key-2');
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', kms.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.close();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rookery-sign-'));
  kms.fault = null;
  kms.calls();
});
afterEach(() => rm(folder, { recursive: true }));

const claims = { rows: 3, tenant_id: 'Übermut', note: 'a '.repeat(5_000) };
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error: { kind: string; code: string }) => `${error.kind} ${error.code}`,
  );
const keysOf = async (...signers: readonly Signer[]) => ({
  keys: await Promise.all(signers.map((one) => one.publicKey())),
});
const fileOf = async (name = 'sign.key'): Promise<Signer> => {
  await ensureSignKey(join(folder, name));
  return fileSigner(join(folder, name));
};
const makers: [string, () => Promise<Signer>][] = [
  ['a file', () => fileOf()],
  ['KMS', async () => kmsSigner('key-1')],
];

test.each(makers)('what a key of %s signed opens with its public key', async (_of, make) => {
  const signer = await make();
  const keys = await keysOf(signer);

  // Of the signatures of KMS one half in 256 begins with a zero byte, which DER leaves out.
  for (let n = 0; n < 300; n += 1) {
    const text = await signer.sign('rookery-manifest', { ...claims, n });
    expect(text.split('.')[2]).toHaveLength(86);
    expect(await openSigned(text, keys, 'rookery-manifest')).toEqual({ ...claims, n });
  }
});

test.each(makers)(
  'with a key of %s: changed anywhere, for another purpose, by another key: refused',
  async (_of, make) => {
    const signer = await make();
    const keys = await keysOf(signer);
    const text = await signer.sign('rookery-manifest', { rows: 3 });

    const endings = new Set<string>();
    for (let at = 0; at < text.length; at += 1) {
      // The last letter of a signature holds bits that mean nothing.
      if (at === text.length - 1) continue;
      const other = text[at] === 'A' ? 'B' : 'A';
      endings.add(
        await codeOf(
          openSigned(text.slice(0, at) + other + text.slice(at + 1), keys, 'rookery-manifest'),
        ),
      );
    }
    expect([...endings].toSorted()).toEqual([
      'invalid signature-broken',
      'invalid signature-key-unknown',
    ]);
    expect(await codeOf(openSigned(text, keys, 'rookery-checkpoint'))).toBe(
      'invalid signature-broken',
    );
    const strangers = await keysOf(await fileOf('other.key'));
    expect(await codeOf(openSigned(text, strangers, 'rookery-manifest'))).toBe(
      'invalid signature-key-unknown',
    );
    expect(await codeOf(openSigned(text, { keys: [] }, 'rookery-manifest'))).toBe(
      'invalid signature-key-unknown',
    );
  },
);

test('a stranger who calls his key by the name of a trusted one is refused', async () => {
  const trusted = await (await fileOf()).publicKey();
  const forger = await fileOf('forger.key');
  const forged = await forger.sign('rookery-checkpoint', {});
  const header = Buffer.from(
    JSON.stringify({ alg: 'ES256', kid: trusted.kid, typ: 'rookery-checkpoint' }),
  ).toString('base64url');
  const renamed = [header, ...forged.split('.').slice(1)].join('.');
  expect(await codeOf(openSigned(renamed, { keys: [trusted] }, 'rookery-checkpoint'))).toBe(
    'invalid signature-broken',
  );

  const stranger = await forger.publicKey();
  const set = await parseKeys(JSON.stringify({ keys: [{ ...stranger, kid: trusted.kid }] }));
  expect(set.keys[0]?.kid).toBe(stranger.kid);
});

test('no algorithm, or another one, is no signature', async () => {
  const signer = await fileOf();
  const keys = await keysOf(signer);
  const { kid } = await signer.publicKey();
  const [, body = ''] = (await signer.sign('rookery-manifest', {})).split('.');
  for (const alg of ['none', 'HS256', 'ES384']) {
    const header = Buffer.from(JSON.stringify({ alg, kid, typ: 'rookery-manifest' })).toString(
      'base64url',
    );
    expect(await codeOf(openSigned(`${header}.${body}.`, keys, 'rookery-manifest'))).toBe(
      'invalid signature-broken',
    );
  }
});

test('the key of a laptop is made once, by many at once too, and only its owner reads it', async () => {
  const path = join(folder, 'keys', 'sign.key');
  await Promise.all(Array.from({ length: 8 }, () => ensureSignKey(path)));
  const first = await readFile(path, 'utf8');
  await ensureSignKey(path);
  expect(await readFile(path, 'utf8')).toBe(first);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('KMS is asked for the public key once a container, and once a signature', async () => {
  const signer = signerFor('kms:key-1');
  expect(signerFor('kms:key-1')).toBe(signer);
  await signer.sign('rookery-manifest', {});
  await signer.sign('rookery-manifest', {});
  expect(kms.calls()).toEqual(['GetPublicKey', 'Sign', 'Sign']);
});

test('a key that cannot be used is for the deployment to mend, and is asked again when it is back', async () => {
  const unusable = 'unavailable sign-key-unusable';
  const signer = kmsSigner('key-2');
  for (const fault of ['AccessDeniedException', 'ThrottlingException', 'DisabledException']) {
    kms.fault = fault;
    expect(await codeOf(signer.sign('rookery-manifest', {}))).toBe(unusable);
  }
  kms.fault = null;
  expect(await codeOf(signer.sign('rookery-manifest', {}))).toBe('fine');
  expect(await codeOf(kmsSigner('key-9').sign('rookery-manifest', {}))).toBe(unusable);

  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const wrong: [string, string][] = [
    ['none', ''],
    ['other', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ];
  for (const [name, text] of wrong) {
    await writeFile(join(folder, name), text);
    expect(await codeOf(fileSigner(join(folder, name)).sign('rookery-manifest', {}))).toBe(
      unusable,
    );
  }
  expect(await codeOf(fileSigner(join(folder, 'missing')).publicKey())).toBe(unusable);
});

test.each(['', '{}', '{"keys":[{}]}', '{"keys":[{"kty":"RSA","crv":"","x":"","y":""}]}'])(
  'keys that are none are refused: %s',
  async (text) => {
    expect(await codeOf(parseKeys(text))).toBe('invalid keys-malformed');
  },
);
