import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { readBody } from './body.ts';
import { closeServer, listenOnLoopback } from './loopback.ts';
import { telemetryDoorOf, telemetryReaders, telemetryTypes } from './telemetry-sink-door.ts';
import {
  faultEndings,
  telemetryFaults,
  type TelemetryFault,
  type TelemetryOrder,
} from './telemetry-sink-fault.ts';
import {
  createShelf,
  telemetryDoors,
  type Held,
  type Shelf,
  type TelemetryDoor,
} from './telemetry-sink-held.ts';
import { telemetryPageOf } from './telemetry-sink-page.ts';
import { Refusal, textOf } from './telemetry-sink-read.ts';

/** What a request would have taken, before anything goes wrong with it. */
export type Asking = { readonly door: TelemetryDoor; readonly ids: readonly string[] };

/** A running sink of telemetry. */
export type TelemetrySink = {
  readonly url: string;
  /** What was taken, oldest first, each once. */
  readonly events: () => readonly Held[];
  /** Makes a door fail. */
  readonly fail: (order: TelemetryOrder) => void;
  readonly stop: () => Promise<void>;
};

// PostHog's own limit.
const mostBytes = 20 * 1_024 * 1_024;
const mostHeld = 5_000;

const order = z.strictObject({
  door: z.enum(telemetryDoors),
  fault: z.enum(telemetryFaults),
  times: z.int().min(0).default(1),
});

type Room = {
  readonly shelf: Shelf;
  readonly orders: Map<TelemetryDoor, { fault: TelemetryFault; times: number }>;
  readonly decide: (asking: Asking) => TelemetryFault | null;
};

const faultOf = ({ orders, decide }: Room, asking: Asking): TelemetryFault | null => {
  const next = orders.get(asking.door);
  if (next === undefined || next.times === 0) return decide(asking);
  next.times -= 1;
  return next.fault;
};

const receive = async (
  room: Room,
  door: TelemetryDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const type = telemetryTypes[door];
  if (!type.test(request.headers['content-type'] ?? ''))
    throw new Refusal(415, `content-type is not ${type.source}`);
  const body = await readBody(request, mostBytes);
  if (body === undefined) throw new Refusal(413, `more than ${mostBytes} bytes`);
  const { arrived, answer } = telemetryReaders[door]({
    text: await textOf(body, request.headers['content-encoding']),
    bearer: request.headers.authorization?.replace(/^Bearer /, ''),
    at: new Date().toISOString(),
    held: () => room.shelf.all(),
  });
  const fault = faultOf(room, { door, ids: arrived.map(({ id }) => id) });
  const { takes, end } = fault === null ? { takes: true, end: null } : faultEndings[fault];
  if (takes) room.shelf.take(arrived);
  const say = (): void =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer));
  if (end === null) say();
  else end(response, say);
};

const show = ({ shelf }: Room, path: string, response: ServerResponse): void => {
  const shown = { newest: shelf.all().toReversed(), counts: shelf.counts() };
  if (path === '/__events') {
    const body = JSON.stringify({ counts: shown.counts, events: shown.newest });
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  } else if (path === '/')
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      })
      .end(telemetryPageOf(shown));
  else response.writeHead(404).end('there is / and /__events');
};

const orderFault = async (room: Room, request: IncomingMessage): Promise<void> => {
  if (request.headers['content-type'] !== 'application/json')
    throw new Refusal(415, 'send application/json');
  const body = await readBody(request, 10_000);
  const { door, fault, times } = order.parse(JSON.parse(String(body)));
  room.orders.set(door, { fault, times });
};

const answer = async (
  room: Room,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { pathname } = new URL(request.url ?? '/', 'http://sink');
  if (request.method === 'GET') {
    show(room, pathname, response);
    return;
  }
  if (request.method === 'POST' && pathname === '/faults') {
    await orderFault(room, request);
    response.writeHead(204).end();
    return;
  }
  const door = telemetryDoorOf(pathname);
  if (request.method !== 'POST' || door === null) throw new Refusal(404, 'there is nothing here');
  await receive(room, door, request, response);
};

/**
 * Starts a server on 127.0.0.1 that plays PostHog and a security log, and shows what arrived at `/`. It holds the last 5,000
 * events, each once by what the service knows it by; `decide` lets requests fail that no order is for.
 */
export const startTelemetrySink = async (
  port: number,
  decide: Room['decide'] = () => null,
): Promise<TelemetrySink> => {
  const room: Room = { shelf: createShelf(mostHeld), orders: new Map(), decide };
  const server = createServer((request, response) => {
    answer(room, request, response).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 400;
      if (!response.headersSent)
        response
          .writeHead(status, { 'content-type': 'text/plain' })
          .end(error instanceof Error ? error.message : String(error));
    });
  });
  const bound = await listenOnLoopback(server, port);
  return {
    url: `http://127.0.0.1:${bound}`,
    events: () => room.shelf.all(),
    fail: ({ door, fault, times }) => void room.orders.set(door, { fault, times }),
    stop: () => closeServer(server),
  };
};
