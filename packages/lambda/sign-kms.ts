import { createHash, createPublicKey } from 'node:crypto';
import { publicKeyOf, signerOf, unusable, type PublicKey, type Signer } from './sign-format.ts';

const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000 };
const half = 32;

// DER writes each half as a whole number: without leading zeros, but with one where it would be negative.
const halfOf = (der: Buffer, at: number): [half: Buffer, end: number] => {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  const digits = der.subarray(at + 2, end);
  if (der[at] !== 2 || digits.length !== length || length > half + 1)
    throw unusable('KMS answered a signature that is none of P-256: is the key ECC_NIST_P256?');
  const value = digits.subarray(Math.max(0, length - half));
  return [Buffer.concat([Buffer.alloc(half - value.length), value]), end];
};

/** An ECDSA signature of P-256 as JWS has it, `r || s`, of the one that KMS gives, which is DER. */
export const rawSignature = (given: Uint8Array): Uint8Array => {
  const der = Buffer.from(given);
  const [r, middle] = halfOf(der, 2);
  const [s] = halfOf(der, middle);
  return Buffer.concat([r, s]);
};

const load = async () => {
  const { KMSClient, GetPublicKeyCommand, SignCommand } = await import('@aws-sdk/client-kms');
  const client = new KMSClient({ requestHandler: timeouts });
  return { client, GetPublicKeyCommand, SignCommand };
};

/** Signs with a key of KMS (ECC_NIST_P256), which never leaves it; its public half is asked for once a container. */
export const kmsSigner = (keyId: string): Signer => {
  let loaded: ReturnType<typeof load> | undefined;
  const sdk = () => (loaded ??= load());
  const refused = (cause: unknown) =>
    unusable(
      `KMS does not let us sign with ${keyId}: look at its state, and at what this function may do`,
      cause,
    );

  const ask = async (): Promise<PublicKey> => {
    const { client, GetPublicKeyCommand } = await sdk();
    const { PublicKey: der } = await client
      .send(new GetPublicKeyCommand({ KeyId: keyId }))
      .catch((cause: unknown) => {
        throw refused(cause);
      });
    if (der === undefined) throw refused('KMS answered no public key');
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    return publicKeyOf(key.export({ format: 'jwk' }));
  };
  let known: Promise<PublicKey> | undefined;
  const publicKey = async (): Promise<PublicKey> => {
    const mine = (known ??= ask());
    try {
      return await mine;
    } catch (error) {
      // The next one asks again.
      if (known === mine) known = undefined;
      throw error;
    }
  };

  return signerOf(publicKey, async (bytes) => {
    const { client, SignCommand } = await sdk();
    // A digest: KMS takes no message above 4 KB.
    const Message = createHash('sha256').update(bytes).digest();
    const { Signature } = await client
      .send(
        new SignCommand({
          KeyId: keyId,
          Message,
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      )
      .catch((cause: unknown) => {
        throw refused(cause);
      });
    if (Signature === undefined) throw refused('KMS answered no signature');
    return rawSignature(Signature);
  });
};
