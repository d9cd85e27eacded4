import { describe } from '@rookery/kernel/failure';
import type { Plan } from '../plan/entry.ts';
import { plan } from '../plan/plan.ts';
import type { Refused, Sink } from '../sink.ts';
import { keyOf, siemLine } from './siem-line.ts';

/** Posts NDJSON and answers with the status; fails when there is none. The same `key` is the same lines. */
export type Post = (
  parcel: { readonly body: string; readonly key: string },
  signal: AbortSignal,
) => Promise<{ readonly status: number; readonly location?: string | undefined }>;

type Line = { readonly id: string; readonly text: string };

const mostBytes = 1_000_000;
const mostLines = 500;
// A receiver that refuses everything is asked so often by one batch and no more; what is left comes again.
const mostPosts = 500;
// Where so many single events one after another make it fail, it is not for them.
const mostSick = 3;

const parcelsOf = (lines: readonly Line[]): Line[][] => {
  const parcels: Line[][] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line.text) + 1;
    const current = parcels.at(-1);
    if (current === undefined || current.length === mostLines || bytes + size > mostBytes) {
      parcels.push([line]);
      bytes = size;
    } else {
      current.push(line);
      bytes += size;
    }
  }
  return parcels;
};

// What says nothing about the events: who we are, where we post, or that it is too early. All come again, whole.
const ours = new Set([401, 403, 404, 405, 407, 408, 410, 421, 423, 425, 426, 429]);

// A path may be the secret of a SIEM, and a redirect repeats it.
const originOf = (location = ''): string =>
  URL.canParse(location) ? new URL(location).origin : 'another place';

// `sick` is a fault of the receiver's own, for which a single event may be the cause.
type Verdict = {
  readonly kind: 'taken' | 'refused' | 'sick' | 'later';
  readonly reason: string;
};

const verdictOf = ({ status, location }: Awaited<ReturnType<Post>>): Verdict => {
  if (status >= 200 && status < 300) return { kind: 'taken', reason: '' };
  if (status >= 300 && status < 400)
    return {
      kind: 'later',
      reason: `the SIEM redirects to ${originOf(location)}, which is not followed: set SIEM_PLACE to where it is`,
    };
  if (status === 401 || status === 403)
    return { kind: 'later', reason: `the SIEM answers ${status}: look at SIEM_TOKEN` };
  if (status === 404 || status === 405 || status === 410)
    return { kind: 'later', reason: `the SIEM answers ${status}: look at SIEM_PLACE` };
  const reason = `the SIEM answers ${status}`;
  if (status === 500) return { kind: 'sick', reason };
  return { kind: status >= 400 && status < 500 && !ours.has(status) ? 'refused' : 'later', reason };
};

const all = (lines: readonly Line[], permanent: boolean, reason: string): Refused[] =>
  lines.map(({ id }) => ({ id, permanent, reason }));

const split = (lines: readonly Line[]): Line[][] => {
  const half = Math.ceil(lines.length / 2);
  return [lines.slice(0, half), lines.slice(half)];
};

type Say = (lines: readonly Line[]) => Promise<Verdict>;

const tell = async (lines: readonly Line[], say: Say): Promise<Refused[]> => {
  const waiting = parcelsOf(lines);
  const refused: Refused[] = [];
  let posts = 0;
  let sick = 0;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    posts += 1;
    const { kind, reason } = await say(next);
    if (kind === 'taken') sick = 0;
    else if (kind === 'later' || sick === mostSick || posts === mostPosts)
      return [...refused, ...all([next, ...waiting].flat(), false, reason)];
    else if (next.length > 1 && kind === 'refused') waiting.push(...split(next));
    else if (next.length > 1) waiting.unshift(...split(next));
    else {
      refused.push(...all(next, kind === 'refused', reason));
      sick = kind === 'sick' ? sick + 1 : 0;
    }
  }
  return refused;
};

/**
 * The security log as NDJSON over HTTP. A parcel that is refused is split until the events are found that it was refused for,
 * after all others were posted; they are refused for good, and the others are taken. Where the receiver has no time or no ear, the rest comes again: it
 * knows events by their `id`.
 */
export const siemSink = (post: Post, known: Plan = plan): Sink => ({
  name: 'siem',
  deliver: (events, signal) =>
    tell(
      events.map((each) => ({ id: each.id, text: siemLine(each, known) })),
      async (lines) => {
        const body = lines.map(({ text }) => `${text}\n`).join('');
        try {
          return verdictOf(await post({ body, key: keyOf(lines) }, signal));
        } catch (error) {
          return { kind: 'later', reason: describe(error) };
        }
      },
    ),
});
