import { compactVerify, createLocalJWKSet, errors } from 'jose';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { publicKeyOf, type PublicKey, type Purpose } from './sign-format.ts';

/** The keys that a verifier trusts. */
export type KeySet = { readonly keys: readonly PublicKey[] };

const keySet = z.object({
  keys: z.array(z.object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string() })),
});

const broken = (what: string, cause?: unknown): Failure =>
  new Failure('invalid', 'signature-broken', what, cause === undefined ? {} : { cause });

/** Reads a JWK set; each key is known by what follows from it, whatever it is called there. Fails with `keys-malformed`. */
export const parseKeys = async (text: string): Promise<KeySet> => {
  try {
    const { keys } = keySet.parse(JSON.parse(text));
    return { keys: await Promise.all(keys.map(publicKeyOf)) };
  } catch (cause) {
    throw new Failure(
      'invalid',
      'keys-malformed',
      'the keys are no JWK set of P-256 keys: get them again, as `rookery audit keys` prints them',
      { cause },
    );
  }
};

/**
 * What a compact JWS says, once it is proved that one of these keys signed it for this purpose. Fails with
 * `signature-key-unknown` for any other key, and with `signature-broken` for what was changed or was signed for another purpose.
 */
export const openSigned = async (
  text: string,
  { keys }: KeySet,
  purpose: Purpose,
): Promise<unknown> => {
  const trusted = createLocalJWKSet({ keys: keys.map((key) => ({ ...key })) });
  try {
    const { payload, protectedHeader } = await compactVerify(
      text.trim(),
      (header, token) => {
        if (!keys.some(({ kid }) => kid === header.kid)) throw new errors.JWKSNoMatchingKey();
        return trusted(header, token);
      },
      { algorithms: ['ES256'] },
    );
    if (protectedHeader.typ !== purpose)
      throw broken(`this was signed as ${String(protectedHeader.typ)}, not as ${purpose}`);
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof errors.JWKSNoMatchingKey)
      throw new Failure(
        'invalid',
        'signature-key-unknown',
        'this was signed with a key that is not among those that are trusted: believe nothing of it',
        { cause: error },
      );
    throw broken('the signature does not fit: this was changed after it was signed', error);
  }
};
