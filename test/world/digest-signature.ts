import { createECDH, randomBytes, type KeyObject } from 'node:crypto';

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

const power = (base: bigint, exponent: bigint): bigint => {
  let [result, square] = [1n, base % order];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % order;
    square = (square * square) % order;
  }
  return result;
};

const integer = (value: bigint): Buffer => {
  const hex = value.toString(16);
  const even = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const digits = (even[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), even]) : even;
  return Buffer.concat([Buffer.from([2, digits.length]), digits]);
};

/** An ECDSA signature of a digest as it is, in DER: as KMS makes it, and as node, which always hashes itself, does not. */
export const signDigest = (digest: Uint8Array, key: KeyObject): Buffer => {
  const { d = '' } = key.export({ format: 'jwk' });
  const secret = numberOf(Buffer.from(d, 'base64url'));
  const once = (numberOf(randomBytes(32)) % (order - 1n)) + 1n;
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(bytesOf(once));
  const r = numberOf(curve.getPublicKey().subarray(1, 33)) % order;
  const s = (power(once, order - 2n) * (numberOf(digest) + r * secret)) % order;
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
};
