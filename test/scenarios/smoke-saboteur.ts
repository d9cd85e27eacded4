import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts';

/** A request on its way to the stage. */
export type Going = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** A whole answer on its way back. */
export type Coming = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
};

/** One thing that is broken: requests that it is `on`, and what it makes of them or of their answers. */
export type Sabotage = {
  readonly on: (going: Going) => boolean;
  readonly going?: (going: Going) => Readonly<Record<string, string | string[] | undefined>>;
  /** The answer instead; undefined is a connection that breaks in the middle of it. */
  readonly coming?: (coming: Coming) => Coming | undefined;
};

const forward = (target: string, going: Going, body: Buffer): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { method, path, headers } = going;
    const asking = request(`${target}${path}`, { method, headers }, resolve);
    asking.once('error', reject);
    asking.end(body);
  });

const serve = async (
  target: string,
  sabotage: Sabotage,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await buffer(incoming);
  const asked = {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
  };
  const isOn = sabotage.on(asked);
  const headers = isOn ? (sabotage.going?.(asked) ?? asked.headers) : asked.headers;
  const isRead = isOn && sabotage.coming !== undefined;
  const plain = isRead ? { 'accept-encoding': 'identity' } : {};
  const answer = await forward(target, { ...asked, headers: { ...headers, ...plain } }, body);
  if (!isRead) {
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    return pipeline(answer, response);
  }
  const { 'transfer-encoding': _, ...rest } = answer.headers;
  const text = (await buffer(answer)).toString();
  const changed = sabotage.coming?.({ status: answer.statusCode ?? 0, headers: rest, body: text });
  if (changed === undefined) {
    response.writeHead(200, answer.headers);
    response.write(text.slice(0, text.length / 2), () => response.destroy());
    return;
  }
  const { 'content-length': __, ...left } = changed.headers;
  response.writeHead(changed.status, {
    ...left,
    ...(changed.status === 304 ? {} : { 'content-length': Buffer.byteLength(changed.body) }),
  });
  response.end(changed.body);
};

/** Stands between a stage and who asks it, and breaks one thing; everything else goes through as it is. */
export const startSaboteur = async (target: string, sabotage: Sabotage) => {
  const server = createServer((incoming, response) => {
    serve(target, sabotage, incoming, response).catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, 0);
  return { url: `http://127.0.0.1:${port}`, stop: () => closeServer(server) };
};
