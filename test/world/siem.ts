import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { listening } from './outbound-room.ts';

/** A line of the security log as the receiver reads it. */
export type SiemLine = Readonly<Record<string, unknown>> & { readonly id: string };

/** A request as it came, whatever was answered. */
export type SiemPost = {
  readonly headers: IncomingMessage['headers'];
  readonly lines: readonly SiemLine[];
};

/** What happens to a request: a status, with the lines taken where it is 2xx; or no answer at all. */
export type SiemAnswer = number | 'hang' | 'reset' | 'lost' | { readonly redirect: string };

/** A SIEM that takes NDJSON, and every line by its id as often as it comes. */
export type Siem = {
  readonly url: string;
  readonly posts: SiemPost[];
  /** How often each id was taken. */
  readonly taken: Map<string, number>;
  readonly answer: (decide: (post: SiemPost) => SiemAnswer) => void;
  readonly close: () => void;
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
};

const takesAll = (): SiemAnswer => 200;

/** Starts a SIEM on loopback that takes everything until it is told otherwise. */
export const startSiem = async (): Promise<Siem> => {
  const posts: SiemPost[] = [];
  const taken = new Map<string, number>();
  const sockets = new Set<Socket>();
  let decide: (post: SiemPost) => SiemAnswer = takesAll;
  const take = ({ lines }: SiemPost): void => {
    for (const { id } of lines) taken.set(id, (taken.get(id) ?? 0) + 1);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await bodyOf(request);
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line): SiemLine => JSON.parse(line));
    const post = { headers: request.headers, lines };
    posts.push(post);
    const said = decide(post);
    if (said === 'hang') return;
    if (said === 'reset') return void request.socket.destroy();
    if (said === 'lost') {
      take(post);
      return void request.socket.destroy();
    }
    if (typeof said === 'object')
      return void response.writeHead(307, { location: said.redirect }).end();
    if (said >= 200 && said < 300) take(post);
    response.writeHead(said).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}/siem`,
    posts,
    taken,
    answer: (next) => {
      decide = next;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};
