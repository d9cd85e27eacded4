import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A place where a connection is cut: just before the n-th message of one side is passed on. */
export type Point = { readonly before: 'client' | 'server'; readonly message: number };

/** A TCP proxy that cuts where it is told to. Messages are counted over all its connections since `arm`. */
export type Cut = {
  readonly port: number;
  /** Counts from one again, and cuts once at the point; without one it only counts. */
  readonly arm: (point?: Point) => void;
  readonly seen: () => Readonly<Record<Point['before'], number>>;
  /** True once the armed point was reached and cut. */
  readonly hit: () => boolean;
  /** Resolves when no connection is open: farewells of an earlier run are not counted in the next. */
  readonly quiet: () => Promise<void>;
  /** While down, open connections are cut and new ones refused. */
  readonly setDown: (isDown: boolean) => void;
  readonly close: () => Promise<void>;
};

/** Splits a stream into messages; what it returns beside them waits for more. */
type Framing = (bytes: Buffer, isFirst: boolean) => { messages: Buffer[]; rest: Buffer };

const none = Buffer.alloc(0);

/** HTTP is cut wherever the sender happened to flush. */
const chunks: Framing = (bytes) => ({ messages: [bytes], rest: none });

// https://www.postgresql.org/docs/current/protocol-message-formats.html: a type byte, then a length that counts itself.
const postgres: Framing = (bytes, isFirst) => {
  const messages: Buffer[] = [];
  let at = 0;
  for (;;) {
    const typeBytes = isFirst && messages.length === 0 ? 0 : 1;
    if (bytes.length < at + typeBytes + 4) break;
    const end = at + typeBytes + bytes.readUInt32BE(at + typeBytes);
    if (bytes.length < end) break;
    messages.push(bytes.subarray(at, end));
    at = end;
  }
  return { messages, rest: bytes.subarray(at) };
};

const framings = { chunks, postgres };

/** Starts a cutting proxy on loopback in front of a TCP server that speaks Postgres, or anything in chunks. */
export const startCut = async (
  target: { readonly host: string; readonly port: number },
  speaks: keyof typeof framings,
): Promise<Cut> => {
  const framing = framings[speaks];
  let armed: Point | undefined;
  let counts = { client: 0, server: 0 };
  let isHit = false;
  let isDown = false;
  const open = new Set<Socket>();

  const pass = (before: Point['before'], from: Socket, to: Socket): void => {
    let waiting: Buffer = none;
    // Only a Postgres client begins with a message without a type.
    let isFirst = before === 'client';
    from.on('data', (chunk: Buffer) => {
      const { messages, rest } = framing(Buffer.concat([waiting, chunk]), isFirst);
      waiting = rest;
      for (const message of messages) {
        isFirst = false;
        counts[before] += 1;
        if (armed?.before === before && counts[before] === armed.message) {
          armed = undefined;
          isHit = true;
          from.destroy();
          to.destroy();
          return;
        }
        if (!to.destroyed) to.write(message);
      }
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      to.end();
    });
  };

  const server = createServer({ noDelay: true }, (client) => {
    if (isDown) {
      client.destroy();
      return;
    }
    const upstream = connect({ ...target, noDelay: true });
    open.add(client).add(upstream);
    pass('client', client, upstream);
    pass('server', upstream, client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the cut has no port');
  return {
    port: address.port,
    arm: (point) => {
      armed = point;
      counts = { client: 0, server: 0 };
      isHit = false;
    },
    seen: () => counts,
    hit: () => isHit,
    quiet: async () => {
      while (open.size > 0) await once([...open][0] ?? server, 'close');
    },
    setDown: (down) => {
      isDown = down;
      if (down) for (const socket of open) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
};

/** Every point of a run in which so many messages went either way. */
export const pointsOf = (seen: Readonly<Record<Point['before'], number>>): Point[] =>
  (['client', 'server'] as const).flatMap((before) =>
    Array.from({ length: seen[before] }, (_, n) => ({ before, message: n + 1 })),
  );
