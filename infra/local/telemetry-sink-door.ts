import type { Arrived, Held, TelemetryDoor } from './telemetry-sink-held.ts';
import { answerQuery } from './telemetry-sink-query.ts';
import { readCaptured, readLines, Refusal } from './telemetry-sink-read.ts';

/** A request to a door. */
export type TelemetryAsk = {
  readonly text: string;
  readonly bearer: string | undefined;
  readonly at: string;
  /** What arrived before. */
  readonly held: () => readonly Held[];
};

/** What a request brought, and what the real service would answer. */
export type TelemetryRead = { readonly arrived: readonly Arrived[]; readonly answer: object };

/** The door that a path belongs to; null for none. */
export const telemetryDoorOf = (path: string): TelemetryDoor | null => {
  if (/^\/(batch|i\/v1\/analytics\/events)\/?$/.test(path)) return 'posthog';
  if (/^\/siem\/?$/.test(path)) return 'siem';
  return /^\/api\/projects\/[^/]+\/query\/?$/.test(path) ? 'query' : null;
};

/** The content-type that a door wants. A page of somebody else's cannot send these unasked. */
export const telemetryTypes: Record<TelemetryDoor, RegExp> = {
  posthog: /^application\/json/,
  query: /^application\/json/,
  siem: /^application\/(x-)?ndjson/,
};

/** How each door reads a request; what the real service would refuse is a `Refusal`. */
export const telemetryReaders: Record<TelemetryDoor, (ask: TelemetryAsk) => TelemetryRead> = {
  posthog: ({ text, bearer, at }) => ({
    arrived: readCaptured(text, bearer, at),
    answer: { status: 1 },
  }),
  siem: ({ text, at }) => ({ arrived: readLines(text, at), answer: {} }),
  query: ({ text, bearer, held }) => {
    if (bearer === undefined) throw new Refusal(401, 'send a personal API key');
    return { arrived: [], answer: answerQuery(JSON.parse(text), held()) };
  },
};
