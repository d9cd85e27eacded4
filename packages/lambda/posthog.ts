import { setTimeout as sleep } from 'node:timers/promises';
import type { EventMessage, PostHog } from 'posthog-node';
import { Failure } from '@rookery/kernel/failure';
import { readConfig } from './config.ts';

const requestTimeoutMs = 5_000;
const retryDelayMs = 200;
const reasonLength = 300;

const advice =
  '; check that POSTHOG_HOST is where PostHog takes events, such as https://eu.i.posthog.com';

// Who waits at the wrong address may be a proxy or a page to sign in: the client takes any 200 for "taken".
const answerOf = (response: Response): Response => {
  const type = response.headers.get('content-type') ?? 'nothing';
  if (!response.ok || /^application\/json/i.test(type)) return response;
  const what = `something answered ${response.status} with ${type}, which is not PostHog`;
  throw new Failure('unavailable', 'posthog-misplaced', `${what}${advice}`);
};

// A client for one batch: what it could not send stays in its memory, and would go along with the next.
const open = async (most: number, signal: AbortSignal): Promise<PostHog> => {
  const { posthogApiKey, posthogHost } = readConfig(['posthogApiKey', 'posthogHost']);
  // Nothing else can say it, and whoever sets it to v1 sends another body to another path.
  process.env['POSTHOG_CAPTURE_MODE'] = 'v0';
  // 60 ms of CPU, 2026-11: the first batch of a container pays it.
  const { PostHog: Client } = await import('posthog-node');
  return new Client(posthogApiKey, {
    host: posthogHost,
    // One more than there will be: a full client sends by itself, and what fails then is told to nobody.
    flushAt: most + 1,
    maxQueueSize: most + 1,
    flushInterval: 0,
    requestTimeout: requestTimeoutMs,
    // Its own retries wait on when the time is up, and ignore who asks for patience.
    fetchRetryCount: 0,
    disableGeoip: true,
    historicalMigration: false,
    // After a redirect a POST is a GET without a body, and its 200 would say nothing.
    fetch: (url, { signal: timeout, ...options }) =>
      fetch(url, {
        ...options,
        redirect: 'manual',
        signal: timeout instanceof AbortSignal ? AbortSignal.any([signal, timeout]) : signal,
      }).then(answerOf),
  });
};

const statusOf = (error: Error): number | null =>
  'status' in error && typeof error.status === 'number' ? error.status : null;

// What PostHog says about it, in a line; the client gives up on the text when its request times out.
const saidOf = async (failed: Error): Promise<string> => {
  if (!('text' in failed)) return '';
  try {
    const text: unknown = await failed.text;
    const line = String(text).replaceAll(/\s+/g, ' ').trim().slice(0, reasonLength);
    return line === '' ? '' : `: ${line}`;
  } catch {
    return ', and not why';
  }
};

const ofStatus = (status: number): readonly [code: string, hint: string] => {
  if (status === 401 || status === 403)
    return [
      'posthog-key-refused',
      '; check POSTHOG_API_KEY, the key of the project that begins with phc_, and that POSTHOG_HOST is its region',
    ];
  if (status === 429) return ['posthog-throttled', ''];
  if (status === 408 || status >= 500) return ['posthog-unavailable', ''];
  return ['posthog-misplaced', advice];
};

const failureOf = async (error: unknown, signal: AbortSignal): Promise<unknown> => {
  if (!(error instanceof Error)) return error;
  const status = statusOf(error);
  if (status === null) {
    if (error.name !== 'PostHogFetchNetworkError') return error;
    // The client calls all that its fetch throws a fault of the network.
    if (error.cause instanceof Failure) return error.cause;
    const what = signal.aborted
      ? 'PostHog had not answered when the time was up'
      : 'PostHog cannot be reached, or does not answer';
    return new Failure('unavailable', 'posthog-unavailable', what, { cause: error });
  }
  const said = `PostHog answered ${status}${await saidOf(error)}`;
  if (status === 400 || status === 413)
    return new Failure('invalid', 'posthog-refused', said, { cause: error });
  const [code, hint] = ofStatus(status);
  return new Failure('unavailable', code, `${said}${hint}`, { cause: error });
};

const attempt = async (captures: readonly EventMessage[], signal: AbortSignal): Promise<void> => {
  const client = await open(captures.length, signal);
  let sent = 0;
  client.on('flush', (messages: readonly unknown[]) => {
    sent += messages.length;
  });
  for (const capture of captures) client.capture(capture);
  try {
    await client.flush();
  } catch (error) {
    throw await failureOf(error, signal);
  }
  // The client drops in silence what it cannot prepare.
  if (sent !== captures.length)
    throw new Failure(
      'unavailable',
      'posthog-incomplete',
      `PostHog's client sent ${sent} of ${captures.length} events and told no reason`,
    );
};

/**
 * Sends events to PostHog in one request and resolves when it has all of them: nothing is left in memory, no timer runs on.
 * Fails with `posthog-refused` when it will never take them, and with a failure that may pass in every other case.
 */
export const sendToPosthog = async (
  captures: readonly EventMessage[],
  signal: AbortSignal,
): Promise<void> => {
  try {
    await attempt(captures, signal);
  } catch (error) {
    const isFleeting = error instanceof Failure && error.code === 'posthog-unavailable';
    if (!isFleeting || signal.aborted) throw error;
    // Once more, for a connection that died while the container was frozen; the queue does the rest, six minutes later.
    await sleep(retryDelayMs, undefined, { signal }).catch(() => {});
    await attempt(captures, signal);
  }
};
