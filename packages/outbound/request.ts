import { startDeadline } from './deadline.ts';
import { exchange, type Exchange } from './exchange.ts';
import { refused } from './failure.ts';
import type { Reach } from './network.ts';
import { isRedirect, redirected, type Step } from './redirect.ts';
import { checkedUrl } from './url.ts';

/** What is asked of somebody's HTTP(S) server. */
export type Ask = {
  readonly url: string;
  /** Default: GET. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For everything together: look-ups, redirects, the last byte of the body. */
  readonly timeoutMs: number;
  /** Default: 64 KiB. */
  readonly maxBytes?: number;
  /** What becomes of a longer body: `fail` (default) is `outbound-failed` (too-large), `cut` keeps its beginning. */
  readonly beyond?: 'fail' | 'cut';
  /** How many redirects are followed at most; default 3. With 0 the redirect itself is the answer. */
  readonly redirects?: number;
  readonly signal?: AbortSignal;
};

/** What came back. `timing` is in milliseconds: total of everything, the rest of the last hop. */
export type Answer = {
  readonly status: number;
  /** Names in lower case; several of one name joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Length of `body`. */
  readonly bytes: number;
  /** True when the body was longer than maxBytes. */
  readonly isCut: boolean;
  readonly timing: Exchange['timing'] & { readonly total: number };
  readonly certificate: Exchange['certificate'];
  readonly finalUrl: string;
  /** How many redirects were followed. */
  readonly hops: number;
  /** The address that was connected to last. */
  readonly address: string;
};

const defaultBytes = 64 * 1_024;
const defaultRedirects = 3;

// How a message is framed is ours to say: two opinions on it are how requests are smuggled.
const ours = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'keep-alive',
]);

const headersOf = (given: Readonly<Record<string, string>>): Record<string, string> => {
  const headers: Record<string, string> = { accept: '*/*', 'user-agent': 'Rookery/1' };
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    if (ours.has(lower) || lower.startsWith('proxy-')) throw refused(`header ${lower} is not free`);
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw refused('a header holds characters that HTTP does not know');
    headers[lower] = value;
  }
  return headers;
};

const firstStep = ({ url, method = 'GET', headers = {}, body }: Ask, reach: Reach): Step => ({
  ...checkedUrl(url, reach.policy),
  method,
  headers: headersOf(headers),
  body: body === undefined ? null : Buffer.from(body),
});

/**
 * Asks an HTTP(S) server of somebody's, behind the guard: every hop is judged, looked up once and connected to where it
 * was judged. Fails with `outbound-refused` (forbidden: no retry helps) or `outbound-failed` (see `reasonOf`); every status
 * is an answer. Bodies are as the server sent them, so ask for no compression.
 */
export const request = async (ask: Ask, reach: Reach): Promise<Answer> => {
  const { maxBytes = defaultBytes, beyond = 'fail', redirects = defaultRedirects } = ask;
  let step = firstStep(ask, reach);
  const deadline = startDeadline(ask.timeoutMs, ask.signal);
  const room = { reach, deadline, limit: { maxBytes, beyond }, follows: redirects > 0 };
  try {
    for (let hops = 0; ; hops += 1) {
      const answer = await exchange(step, room);
      const { status } = answer;
      const location = answer.headers['location'];
      if (redirects === 0 || !isRedirect(status, location)) {
        const timing = { ...answer.timing, total: deadline.elapsedMs() };
        const { length: bytes } = answer.body;
        return { ...answer, bytes, timing, hops, finalUrl: step.url.href };
      }
      if (hops === redirects) throw refused(`there are more than ${redirects} redirects`);
      step = redirected(step, { status, location }, reach.policy);
    }
  } finally {
    deadline.end();
  }
};
