type Entry = {
  readonly status:
    | 400
    | 401
    | 403
    | 404
    | 405
    | 406
    | 409
    | 413
    | 415
    | 422
    | 429
    | 500
    | 503
    | 504;
  readonly title: string;
};

/** Every error the API may answer, by code; error-texts.ts explains each. A status that is not here cannot be answered. */
export const problems = {
  'request-malformed': { status: 400, title: 'The request is malformed' },
  'cursor-malformed': { status: 400, title: 'The cursor is malformed' },
  'token-missing': { status: 401, title: 'A token is missing' },
  'token-invalid': { status: 401, title: 'The token is invalid' },
  'token-expired': { status: 401, title: 'The token has expired' },
  'api-key-invalid': { status: 401, title: 'The API key is invalid' },
  'api-key-expired': { status: 401, title: 'The API key has expired' },
  'api-key-revoked': { status: 401, title: 'The API key was revoked' },
  forbidden: { status: 403, title: 'The role may not do this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'route-unknown': { status: 404, title: 'There is no such endpoint' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed' },
  'not-acceptable': { status: 406, title: 'No acceptable format' },
  conflict: { status: 409, title: 'Something else changed it' },
  'idempotency-running': { status: 409, title: 'The first request with this key is still running' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'body-unexpected': { status: 415, title: 'A body is not expected' },
  'media-type-unsupported': { status: 415, title: 'The body is not JSON' },
  'idempotency-mismatch': { status: 422, title: 'The idempotency key belongs to another request' },
  'answer-too-large': { status: 422, title: 'The answer is too large' },
  'change-refused': { status: 422, title: 'The change cannot be made' },
  'range-empty': { status: 422, title: 'The range is empty' },
  'range-too-long': { status: 422, title: 'The range is too long' },
  'timezone-unavailable': { status: 422, title: 'The time zone is not available' },
  'cursor-mismatch': { status: 422, title: 'The cursor belongs to another question' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something is broken on our side' },
  'issuer-unreachable': { status: 503, title: 'The token issuer does not answer' },
  unavailable: { status: 503, title: 'Unavailable for the moment' },
  'database-unavailable': { status: 503, title: 'The database does not answer' },
  'answer-too-slow': { status: 504, title: 'The answer took too long' },
} as const satisfies Readonly<Record<string, Entry>>;

/** The code of an error the API may answer. */
export type ProblemCode = keyof typeof problems;

/** A status the API may answer an error with. */
export type ProblemStatus = (typeof problems)[ProblemCode]['status'];

/** True for a code of the table. */
export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

/** The codes of the table, in its order. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];
