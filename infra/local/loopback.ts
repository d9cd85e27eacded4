import { once } from 'node:events';
import type { Server } from 'node:http';

/** Has a server listen on 127.0.0.1, and returns the port that it got: the wished one, or with 0 any. */
export const listenOnLoopback = async (server: Server, port: number): Promise<number> => {
  server.listen({ port, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
};

/** Closes a server with all its connections, whatever they wait for. */
export const closeServer = async (server: Server): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
};
