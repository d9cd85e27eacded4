import { refused } from './failure.ts';
import type { Policy } from './policy.ts';
import { checkedUrl, type CheckedUrl } from './url.ts';

/** One request on its way, the first or one after a redirect. */
export type Step = CheckedUrl & {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
};

const statuses = new Set([301, 302, 303, 307, 308]);

// All that another origin may see: a key of a header we have not heard of is a key, too.
const harmless = new Set(['accept', 'accept-language', 'user-agent', 'cache-control']);
const ofBody = new Set(['content-type', 'content-encoding', 'content-language']);

const kept = (
  headers: Readonly<Record<string, string>>,
  keeps: (name: string) => boolean,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => keeps(name)));

/** True for an answer that sends one elsewhere. */
export const isRedirect = (status: number, location: string | undefined): location is string =>
  statuses.has(status) && location !== undefined && location !== '';

/**
 * The request after a redirect, judged as the first one was; fails with `outbound-refused` for a place that policy does not
 * allow and for a way from https to http. Another origin gets no header that may hold a secret.
 */
export const redirected = (
  step: Step,
  { status, location }: { status: number; location: string },
  policy: Policy,
): Step => {
  const next = checkedUrl(location, policy, step.url);
  if (step.url.protocol === 'https:' && next.url.protocol === 'http:')
    throw refused('a redirect leads from https to http');
  const dropsBody =
    status === 303 ? step.method !== 'HEAD' : status < 303 && step.method === 'POST';
  const isSameOrigin = next.url.origin === step.url.origin;
  const headers = kept(
    step.headers,
    (name) =>
      (isSameOrigin || harmless.has(name) || ofBody.has(name)) && !(dropsBody && ofBody.has(name)),
  );
  return dropsBody
    ? { ...next, headers, method: 'GET', body: null }
    : { ...next, headers, method: step.method, body: step.body };
};
