import { createHmac } from 'node:crypto';
import { Failure } from '@rookery/kernel/failure';

/** What is signed: the id is the receiver's key against doubles and the same at every attempt. */
export type Signing = {
  /** Without a dot, which parts what is signed. */
  readonly id: string;
  /** When this attempt is made: receivers refuse what is older than five minutes. */
  readonly now: Date;
  readonly body: string;
  /** `whsec_` and base64. Two while one takes the place of the other: receivers may hold either. */
  readonly secrets: readonly string[];
};

/** The headers of Standard Webhooks. */
export type SignatureHeaders = {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
};

const prefix = 'whsec_';
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
const shortest = 24;
const longest = 64;

// No word of the secret itself: messages are logged.
const malformed = (): Failure =>
  new Failure(
    'invalid',
    'webhook-secret-malformed',
    `the secret of a webhook must be ${prefix} and the base64 of ${shortest} to ${longest} bytes: place a new one`,
  );

const keyOf = (secret: string): Buffer => {
  const [, text = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const key = Buffer.from(text, 'base64');
  if (key.length < shortest || key.length > longest) throw malformed();
  return key;
};

/** Signs a webhook: one signature for each secret, the newest first. Fails with `webhook-secret-malformed`. */
export const signatureHeaders = ({ id, now, body, secrets }: Signing): SignatureHeaders => {
  // A dot in the id would let the same signature stand for another id and time.
  if (!/^[\w-]+$/.test(id))
    throw new TypeError(`the id of a webhook must be letters, digits, _ and -: ${id}`);
  if (secrets.length === 0) throw malformed();
  const seconds = Math.floor(now.getTime() / 1_000);
  const signatures = secrets.map((secret) => {
    const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`);
    return `v1,${mac.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
};
