import { Failure } from '@rookery/kernel/failure';

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const serializationFailure = '40001';
const deadlockDetected = '40P01';
const checkViolation = '23514';
const uniqueViolation = '23505';
const exclusionViolation = '23P01';
// A lock, a statement or an idle transaction that took too long: the same work may fit next time.
const tooLong = new Set(['55P03', '57014', '25P03']);
// Data exceptions, integrity violations, cardinality violations: the data itself is refused, now and always.
const refusedClasses = ['22', '23', '21'];

const connectionClasses = ['08', '57P', '53'];
const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** The Postgres error code (SQLSTATE) or socket code of a thrown value, or undefined. */
export const codeOf = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  if (error instanceof Failure) return codeOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
};

/** True for a deadlock or a serialization failure: the same transaction may succeed when run again. */
export const isRetryable = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === serializationFailure || code === deadlockDetected;
};

/** True when a row had no partition to go to; `ensurePartitions` heals it. */
export const isMissingPartition = (error: unknown): boolean =>
  codeOf(error) === checkViolation &&
  error instanceof Error &&
  /no partition of relation/.test(error.message);

// Two workers can collide on a key and one of them wins next time; a missing partition is made and met again.
const isRefused = (error: unknown, code: string | undefined): boolean =>
  code !== undefined &&
  code !== uniqueViolation &&
  code !== exclusionViolation &&
  !isMissingPartition(error) &&
  refusedClasses.some((start) => code.startsWith(start));

const unreachable = (cause: unknown, doing: string): Failure =>
  new Failure(
    'unavailable',
    'database-unavailable',
    `the database did not answer (${doing}): ${causeText(cause)}; check that it runs and DATABASE_URL is right`,
    { cause },
  );

const causeText = (cause: unknown): string => {
  if (cause instanceof Error && cause.message !== '') return cause.message;
  if (typeof cause === 'object' && cause !== null && 'message' in cause && cause.message !== '')
    return String(cause.message);
  return 'connection refused or closed';
};

/**
 * The one place where driver errors become ours.
 * The Neon driver rejects with a bare ErrorEvent when the connection is refused and with plain Errors when it is cut:
 * both become a Failure of kind `unavailable`. SQL errors keep their class and SQLSTATE and gain the statement's title.
 */
export const normalise = (error: unknown, doing: string): Error => {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  if (!(error instanceof Error)) return unreachable(error, doing);
  if (code === undefined && /connection|timeout|websocket|socket|closed/i.test(error.message))
    return unreachable(error, doing);
  if (
    code !== undefined &&
    (socketCodes.has(code) || connectionClasses.some((start) => code.startsWith(start)))
  )
    return unreachable(error, doing);
  if (code !== undefined && tooLong.has(code)) return unreachable(error, doing);
  if (isRefused(error, code))
    return new Failure('invalid', 'data-refused', `${error.message} [${doing}]`, { cause: error });
  if (!error.message.includes(' [')) error.message = `${error.message} [${doing}]`;
  return error;
};
