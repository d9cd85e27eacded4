import { Failure, type FailureKind } from '@rookery/kernel/failure';
import type { Problem } from './problem-schema.ts';
import { isProblemCode, problems, type ProblemCode } from './problems.ts';

/** What is wrong with one parameter: `query.from` and a sentence that follows the name. */
export type FieldError = { readonly path: string; readonly message: string };

// A query of 10 KB can name thousands of parameters that nobody knows.
const mostFields = 50;

/** A Failure about parameters: the first 50 of them are told apart in the answer. */
export const invalidFields = (
  code: ProblemCode,
  message: string,
  fields: readonly FieldError[],
): Failure => new Failure('invalid', code, message, { cause: fields.slice(0, mostFields) });

const isFieldError = (value: unknown): value is FieldError =>
  typeof value === 'object' &&
  value !== null &&
  'path' in value &&
  typeof value.path === 'string' &&
  'message' in value &&
  typeof value.message === 'string';

/** The parameters that a Failure is about; none for any other value. */
export const fieldsOf = (error: unknown): readonly FieldError[] =>
  error instanceof Failure && Array.isArray(error.cause) && error.cause.every(isFieldError)
    ? error.cause
    : [];

const byKind = {
  invalid: 'request-malformed',
  forbidden: 'forbidden',
  missing: 'not-found',
  conflict: 'conflict',
  unavailable: 'unavailable',
} as const satisfies Record<FailureKind, ProblemCode>;

// A deployment or a programmer at fault, not the caller, and trying again does not help.
const ours = new Set(['config-invalid', 'database-url-malformed']);

// SQLSTATE: the database cannot hold or convert a value; after our own parsing only a caller's text can be the reason.
const unusableValue = new Set(['22021', '22P02', '22P05', '22003', '22007', '22008', '22009']);
const statementTimeout = '57014';

const sqlStateOf = ({ cause }: Failure): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;

// That of the table, else one by the kind of the Failure; what is no Failure is a bug.
const codeOf = (error: unknown): ProblemCode => {
  if (!(error instanceof Failure) || ours.has(error.code)) return 'internal';
  const state = sqlStateOf(error);
  if (state === statementTimeout) return 'answer-too-slow';
  // What the database refuses for another reason is a statement that is wrong.
  if (error.code === 'data-refused')
    return typeof state === 'string' && unusableValue.has(state) ? 'request-malformed' : 'internal';
  return isProblemCode(error.code) ? error.code : byKind[error.kind];
};

// Written for callers, unlike what a database says; from 500 up nothing is.
const detailOf = (error: unknown, status: number): { readonly detail?: string } => {
  if (status >= 500 || !(error instanceof Failure)) return {};
  if (error.code === 'data-refused')
    return { detail: 'a parameter holds a value that cannot be looked for; correct it' };
  return { detail: error.message };
};

// RFC 6750, section 3: a request without a token is told no error.
const challenges: Partial<Record<ProblemCode, string>> = {
  'token-missing': 'Bearer realm="api"',
  'token-invalid':
    'Bearer realm="api", error="invalid_token", error_description="the token is invalid"',
  'token-expired':
    'Bearer realm="api", error="invalid_token", error_description="the token has expired"',
  'api-key-invalid': 'Bearer realm="api"',
  'api-key-expired': 'Bearer realm="api"',
  'api-key-revoked': 'Bearer realm="api"',
  forbidden: 'Bearer realm="api", error="insufficient_scope"',
};

/**
 * The answer to any thrown value, as RFC 9457 says; `base` is the origin of the API, without a slash at the end.
 * From status 500 up it holds no message of ours: that is for the log.
 */
export const problemOf = (
  error: unknown,
  { requestId, base }: { readonly requestId: string; readonly base: string },
): {
  readonly status: Problem['status'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
} => {
  const code = codeOf(error);
  const { status, title } = problems[code];
  const fields = status < 500 ? fieldsOf(error) : [];
  const challenge = challenges[code];
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
    },
    body: {
      type: `${base}/docs/errors/${code}`,
      title,
      status,
      ...detailOf(error, status),
      code,
      request_id: requestId,
      ...(fields.length === 0 ? {} : { errors: [...fields] }),
    },
  };
};
