import type { Secret } from './batch.sql.ts';

const blockBytes = 64;

const padded = (key: Uint8Array, byte: number): string =>
  Buffer.from(Array.from({ length: blockBytes }, (_, at) => (key[at] ?? 0) ^ byte)).toString('hex');

/** The two pads of HMAC-SHA-256 (RFC 2104) of a key in hex of at most 64 bytes: Postgres has SHA-256, but no HMAC. */
export const secretOf = (hex: string, month: Date): Secret => {
  const key = Buffer.from(hex, 'hex');
  return { inner: padded(key, 0x36), outer: padded(key, 0x5c), month };
};
