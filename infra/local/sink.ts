import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { closeServer, listenOnLoopback } from './loopback.ts';
import { pageOf } from './sink-page.ts';
import { sinkChannels, type Arrival, type SinkChannel } from './sink-arrival.ts';
import { sinkFaults, wentWrong, type FaultOrder, type SinkFault } from './sink-fault.ts';
import { channelOfPath, readers } from './sink-read.ts';

/** A running sink. */
export type Sink = {
  readonly url: string;
  /** What arrived and was taken, oldest first. */
  readonly arrivals: () => readonly Arrival[];
  /** Makes a channel fail. */
  readonly fail: (order: FaultOrder) => void;
  /** Checks the signature of the webhook at a path of the sink, `/webhook/…`, by this secret from now on. */
  readonly expect: (path: string, secret: string) => void;
  readonly stop: () => Promise<void>;
};

const mostKept = 500;

const order = z.strictObject({
  channel: z.enum(sinkChannels),
  fault: z.enum(sinkFaults),
  times: z.int().min(0).default(1),
});

type Room = {
  readonly arrivals: Arrival[];
  readonly faults: Map<SinkChannel, { fault: SinkFault; times: number }>;
  readonly secrets: Map<string, string>;
};

const faultOf = ({ faults }: Room, channel: SinkChannel): SinkFault | null => {
  const next = faults.get(channel);
  if (next === undefined || next.times === 0) return null;
  next.times -= 1;
  return next.fault;
};

const headersOf = ({ headers }: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );

const receive = async (
  room: Room,
  channel: SinkChannel,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await text(request);
  const fault = faultOf(room, channel);
  if (wentWrong(channel, fault, response)) return;
  const path = request.url ?? '/';
  const { arrival, answer } = readers[channel]({
    path,
    headers: headersOf(request),
    body,
    at: new Date().toISOString(),
    secret: room.secrets.get(path),
  });
  room.arrivals.push(arrival);
  if (room.arrivals.length > mostKept) room.arrivals.shift();
  if (fault === 'lost') response.socket?.resetAndDestroy();
  else response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
};

const show = ({ arrivals }: Room, path: string | undefined, response: ServerResponse): void => {
  const newest = arrivals.toReversed();
  if (path === '/notices.json')
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(newest));
  else if (path === '/')
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      })
      .end(pageOf(newest));
  else response.writeHead(404).end('there is / and /notices.json');
};

const orderFault = async (
  room: Room,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  // A page of somebody else's cannot send this type unasked.
  if (request.headers['content-type'] !== 'application/json') {
    response.writeHead(415).end('send application/json');
    return;
  }
  const { channel, fault, times } = order.parse(JSON.parse(await text(request)));
  room.faults.set(channel, { fault, times });
  response.writeHead(204).end();
};

const answer = async (
  room: Room,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (request.method === 'GET') {
    show(room, request.url, response);
    return;
  }
  if (request.url === '/faults') {
    await orderFault(room, request, response);
    return;
  }
  const channel = channelOfPath(request.url ?? '');
  if (request.method === 'POST' && channel !== null)
    await receive(room, channel, request, response);
  else response.writeHead(404).end();
};

/**
 * Starts a server on 127.0.0.1 that plays SES, SNS, Slack, PagerDuty and any webhook, and shows what arrived at `/`. What is
 * not as the real service wants it is answered 400.
 */
export const startSink = async (port: number): Promise<Sink> => {
  const room: Room = { arrivals: [], faults: new Map(), secrets: new Map() };
  const server = createServer((request, response) => {
    answer(room, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(400).end(String(error));
    });
  });
  const bound = await listenOnLoopback(server, port);
  return {
    url: `http://127.0.0.1:${bound}`,
    arrivals: () => room.arrivals,
    fail: ({ channel, fault, times }) => void room.faults.set(channel, { fault, times }),
    expect: (path, secret) => void room.secrets.set(path, secret),
    stop: () => closeServer(server),
  };
};
