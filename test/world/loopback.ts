import type { Server, Socket } from 'node:net';
import { reasonOf } from '@rookery/outbound/failure';
import { systemNetwork } from '@rookery/outbound/network';
import type { Reach } from '@rookery/outbound/network';
import { request, type Ask } from '@rookery/outbound/request';
import { listening } from './outbound-room.ts';

/** A server on loopback, and the connections it has. */
export type Served = { readonly port: number; readonly sockets: ReadonlySet<Socket> };

const open: (() => void)[] = [];

/** Listens on a free port; `closeServers` ends it. */
export const serve = async (server: Server): Promise<Served> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  open.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: await listening(server), sockets };
};

/** Ends all servers that were started, with their connections. */
export const closeServers = (): void => {
  for (const close of open.splice(0)) close();
};

/** Resolves when a server has no connection any more. */
export const emptied = async (sockets: ReadonlySet<Socket>): Promise<void> => {
  for (const socket of sockets)
    await new Promise((closed) => {
      socket.resume().once('close', closed);
    });
};

/** Asks a server on loopback, which policy names as its only exception, as on a laptop; patient unless told otherwise. */
export const askLoopback = (
  port: number,
  wish: Partial<Ask> = {},
  reach: Omit<Reach, 'policy'> = { network: systemNetwork },
) => {
  const exceptions = [`127.0.0.1:${port}`, `named.example:${port}`];
  const ask = { url: `http://127.0.0.1:${port}/`, timeoutMs: 10_000, ...wish };
  return request(ask, { ...reach, policy: { ports: [], exceptions } });
};

/** The reason why something failed, `answered` when it did not; another error as it is. */
export const reasonWhy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'answered',
    (error: unknown) => reasonOf(error) ?? error,
  );

/** Short where the deadline is what is waited for; elsewhere a busy machine gets all the time it wants. */
export const timeFor = (expected: unknown): Partial<Ask> =>
  expected === 'timeout' ? { timeoutMs: 300 } : {};
