import { Failure } from '@rookery/kernel/failure';

/** What went wrong on the way to somebody else's server, in a word. */
export type Reason =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'unreachable'
  | 'timeout'
  | 'tls'
  | 'too-large'
  | 'protocol'
  | 'aborted';

const reasons = new WeakMap<object, Reason>();

/** `outbound-refused`: policy forbids to go there, now and at every retry. */
export const refused = (what: string): Failure =>
  new Failure('forbidden', 'outbound-refused', `${what}: give a public address that is allowed`);

/** `outbound-failed`: the way there or the server failed; `reasonOf` tells the reason. */
export const failed = (reason: Reason, what: string, cause?: unknown): Failure => {
  const failure = new Failure(
    'unavailable',
    'outbound-failed',
    `${what} (${reason})`,
    cause === undefined ? {} : { cause },
  );
  reasons.set(failure, reason);
  return failure;
};

/** The reason of an `outbound-failed`; null for everything else that is thrown. */
export const reasonOf = (error: unknown): Reason | null =>
  typeof error === 'object' && error !== null ? (reasons.get(error) ?? null) : null;

const byCode: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  HPE_HEADER_OVERFLOW: 'too-large',
};

/** The code of an error of a socket or of DNS; empty when it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** An error of a socket as `outbound-failed`; what has no known code gets the reason of its stage. */
export const failedBy = (error: unknown, place: string, stage: Reason): Failure => {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  // Codes, not messages: those of OpenSSL and of servers may quote what was sent.
  return failed(
    byCode[code] ?? stage,
    `${place} failed${code === '' ? '' : ` with ${code}`}`,
    error,
  );
};
