import { calculateJwkThumbprint } from 'jose';
import type { JsonWebKey } from 'node:crypto';
import { Failure } from '@rookery/kernel/failure';

/** A public key as verifiers are given it; its `kid` follows from it (RFC 7638). */
export type PublicKey = {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
  readonly kid: string;
};

/** What a signature is given for: one that is given for a checkpoint is none of a manifest. */
export type Purpose = 'rookery-checkpoint' | 'rookery-manifest';

/** Signs what others verify with its public key. */
export type Signer = {
  /** A compact JWS (ES256) of the claims; fails with `sign-key-unusable` while there is no key. */
  readonly sign: (purpose: Purpose, claims: object) => Promise<string>;
  readonly publicKey: () => Promise<PublicKey>;
};

/** What says that there is no key to sign with, and where to look. */
export const unusable = (message: string, cause?: unknown): Failure =>
  new Failure('unavailable', 'sign-key-unusable', message, cause === undefined ? {} : { cause });

/** The public key of a JWK, without whatever else stands there; fails with `sign-key-unusable` unless it is one of P-256. */
export const publicKeyOf = async ({ kty, crv, x, y }: JsonWebKey): Promise<PublicKey> => {
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string')
    throw unusable('signatures are ES256: the key must be one of the curve P-256, make another');
  const kid = await calculateJwkThumbprint({ kty, crv, x, y });
  return { kty, crv, x, y, alg: 'ES256', use: 'sig', kid };
};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signer of a public key and of what signs bytes with its private one, as `r || s` over their SHA-256. */
export const signerOf = (
  publicKey: () => Promise<PublicKey>,
  signature: (bytes: Uint8Array) => Promise<Uint8Array>,
): Signer => ({
  publicKey,
  sign: async (typ, claims) => {
    const { alg, kid } = await publicKey();
    const signed = `${part({ alg, kid, typ })}.${part(claims)}`;
    return `${signed}.${Buffer.from(await signature(Buffer.from(signed))).toString('base64url')}`;
  },
});
