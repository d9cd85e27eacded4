import type { Spent } from '@rookery/db/pool';
import { problemOf } from '@rookery/http/problem';
import { Failure } from '@rookery/kernel/failure';
import type { Answer, Request } from './api.ts';

/** What is left of the tenant's allowance, in headers. */
export const spentHeaders = ({
  limit,
  remaining,
  resetSeconds,
}: Spent): Readonly<Record<string, string>> => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(resetSeconds),
});

/** The answer to a request beyond the allowance: 429, and when to come again. */
export const refusedFor = (
  request: Request,
  { spent, retryAfterSeconds }: { readonly spent: Spent; readonly retryAfterSeconds: number },
): Answer => {
  const refused = new Failure(
    'unavailable',
    'rate-limited',
    `too many requests; try again in ${retryAfterSeconds} s`,
  );
  const answer = problemOf(refused, request);
  const headers = { ...spentHeaders(spent), 'retry-after': String(retryAfterSeconds) };
  return { ...answer, headers: { ...answer.headers, ...headers } };
};
