import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { secretOf } from './pad.ts';

const hash = (pad: string, text: Uint8Array | string) =>
  createHash('sha256').update(Buffer.from(pad, 'hex')).update(text).digest();

test.each(['00', 'a1'.repeat(32), 'ff'.repeat(64)])('the pads of %s make the HMAC', (key) => {
  const { inner, outer } = secretOf(key, new Date(0));
  expect(hash(outer, hash(inner, 'user-1')).toString('hex')).toBe(
    createHmac('sha256', Buffer.from(key, 'hex')).update('user-1').digest('hex'),
  );
});
