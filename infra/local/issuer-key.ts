import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as z from 'zod';
import { identityOf, type Role } from '@rookery/http/identity';
import { Failure } from '@rookery/kernel/failure';

/** The `iss` and `aud` of local tokens: names that stay the same whichever port the issuer gets. */
export const localToken = {
  issuer: 'https://issuer.rookery.local',
  audience: 'rookery-api',
} as const;

// RSA because API Gateway's JWT authorizer knows no other keys: what passes here passes there.
const algorithm = 'RS256';

const publicShape = z.object({
  kty: z.literal('RSA'),
  alg: z.literal(algorithm),
  use: z.literal('sig'),
  kid: z.string().min(1),
  n: z.string().min(1),
  e: z.string().min(1),
});
const text = z.string().min(1);
const keyShape = publicShape.extend({ d: text, p: text, q: text, dp: text, dq: text, qi: text });

/** The private key that signs local tokens, as a JWK. */
export type IssuerKey = z.output<typeof keyShape>;

/** The public half of it, as the issuer publishes it. */
export type PublicKey = z.output<typeof publicShape>;

/** What a token says and for how long. */
export type TokenWish = {
  readonly tenantId: string;
  readonly role: Role;
  readonly subject: string;
  readonly expiresInSeconds: number;
  /** Another `iss` than the local issuer's, for who must see it refused. */
  readonly issuer?: string;
};

const pathOf = (stateDir: string): string => join(stateDir, 'issuer.json');

const readKey = (path: string): IssuerKey | undefined => {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return keyShape.parse(JSON.parse(content));
  } catch (cause) {
    // The cause may quote the key: it is not passed on as a message.
    throw new Failure(
      'invalid',
      'issuer-key-unusable',
      `${path} holds no usable key: delete it to get a new one (tokens signed so far are then refused)`,
      { cause },
    );
  }
};

const makeKey = async (): Promise<IssuerKey> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return keyShape.parse({
    ...jwk,
    alg: algorithm,
    use: 'sig',
    kid: await calculateJwkThumbprint(jwk),
  });
};

/**
 * The key kept in `issuer.json` of a state directory, readable by its owner only; made on first use.
 * Fails with `issuer-key-unusable` when the file is broken.
 */
export const issuerKey = async (stateDir: string): Promise<IssuerKey> => {
  const path = pathOf(stateDir);
  const known = readKey(path);
  if (known !== undefined) return known;
  const made = await makeKey();
  mkdirSync(stateDir, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  try {
    // Unlike a rename this never replaces the key that another process made meanwhile.
    linkSync(draft, path);
    return made;
  } catch (error) {
    const other = readKey(path);
    if (other === undefined) throw error;
    return other;
  } finally {
    rmSync(draft, { force: true });
  }
};

/** The public half of a key. */
export const publicKeyOf = (key: IssuerKey): PublicKey => publicShape.parse(key);

/**
 * A token of the local issuer, signed with the key of a state directory; no runtime has to be up.
 * Fails with `token-invalid` when tenant or subject are no names.
 */
export const signToken = async (stateDir: string, wish: TokenWish): Promise<string> => {
  const { tenantId, role, subject, expiresInSeconds, issuer = localToken.issuer } = wish;
  const claims = { sub: subject, tenant_id: tenantId, role };
  identityOf(claims);
  const key = await issuerKey(stateDir);
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, kid: key.kid, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(localToken.audience)
    .setIssuedAt(now)
    .setExpirationTime(now + expiresInSeconds)
    .sign(key);
};
