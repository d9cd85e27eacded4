import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TelemetryDoor } from './telemetry-sink-held.ts';

/**
 * What goes wrong. Nothing is taken: an answer of that status, `hang` without one, `reset`, `redirect` to a page, or a `page` of
 * somebody else's with status 200. All is taken:
 * `slow` to answer, `lost` with a reset instead of the answer, `mute` with none at all.
 */
export const telemetryFaults = [
  '400',
  '401',
  '403',
  '404',
  '413',
  '429',
  '500',
  '503',
  'redirect',
  'page',
  'hang',
  'reset',
  'slow',
  'lost',
  'mute',
] as const;

/** One of them. */
export type TelemetryFault = (typeof telemetryFaults)[number];

/** A fault of a door for so many requests; 0 ends it. */
export type TelemetryOrder = {
  readonly door: TelemetryDoor;
  readonly fault: TelemetryFault;
  readonly times: number;
};

type Ending = (response: ServerResponse, answer: () => void) => void;

const slowMs = 1_000;

const refuse =
  (status: number): Ending =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' })
      .end('{"type":"told","detail":"told to fail"}');

const silent: Ending = () => {};
const cut: Ending = (response) => void response.socket?.resetAndDestroy();

/** What a request comes to under a fault, and whether its events are taken before. */
export const faultEndings: Record<TelemetryFault, { readonly takes: boolean; end: Ending }> = {
  '400': { takes: false, end: refuse(400) },
  '401': { takes: false, end: refuse(401) },
  '403': { takes: false, end: refuse(403) },
  '404': { takes: false, end: refuse(404) },
  '413': { takes: false, end: refuse(413) },
  '429': { takes: false, end: refuse(429) },
  '500': { takes: false, end: refuse(500) },
  '503': { takes: false, end: refuse(503) },
  redirect: {
    takes: false,
    end: (response) => void response.writeHead(302, { location: '/' }).end(),
  },
  page: {
    takes: false,
    end: (response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>'),
  },
  hang: { takes: false, end: silent },
  reset: { takes: false, end: cut },
  slow: {
    takes: true,
    end: (_, answer) => void sleep(slowMs, undefined, { ref: false }).then(answer),
  },
  lost: { takes: true, end: cut },
  mute: { takes: true, end: silent },
};
