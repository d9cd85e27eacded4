import { connect } from 'node:net';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { Failure } from '@rookery/kernel/failure';

/** One Postgres the proxy may connect to. */
export type Target = { readonly host: string; readonly port: number };

/** The proxy's port on 127.0.0.1; `cut` resets every open connection, `close` also stops listening. */
export type Proxy = {
  readonly port: number;
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

const goodbyeMs = 500;

/**
 * Forwards WebSockets of the Neon driver (`ws://127.0.0.1:PORT/?address=host:port`) to a plain Postgres.
 * Only the given targets are reachable: it is no open relay.
 */
export const startProxy = async (targets: readonly Target[]): Promise<Proxy> => {
  const allowed = new Map(targets.map((target) => [`${target.host}:${target.port}`, target]));
  const addressOf = (url: string | undefined): Target | undefined =>
    allowed.get(new URL(url ?? '/', 'ws://proxy').searchParams.get('address') ?? '');
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    perMessageDeflate: false,
    verifyClient: ({ req }, answer) => {
      answer(addressOf(req.url) !== undefined, 403, 'this address is not on the list');
    },
  });
  server.on('connection', (socket, request) => {
    const target = addressOf(request.url);
    if (target === undefined) return socket.terminate();
    request.socket.setNoDelay(true);
    const upstream = connect({ ...target, noDelay: true });
    const stream = createWebSocketStream(socket);
    // pipe() pauses the faster side; whichever side ends or breaks takes the other with it.
    stream.pipe(upstream).pipe(stream);
    stream.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.terminate());
    stream.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.close());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Failure('unavailable', 'proxy-not-started', 'the database proxy has no port');
  const cut = (): void => {
    for (const client of server.clients) client.terminate();
  };
  return {
    port: address.port,
    cut,
    close: () =>
      new Promise((resolve, reject) => {
        // A socket cut without a close frame is an error to the driver, so say goodbye first.
        for (const client of server.clients) client.close(1001);
        const patience = setTimeout(cut, goodbyeMs);
        server.close((error) => {
          clearTimeout(patience);
          if (error === undefined) resolve();
          else reject(error);
        });
      }),
  };
};
