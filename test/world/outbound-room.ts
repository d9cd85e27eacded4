import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server as TcpServer } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { Network } from '@rookery/outbound/network';
import { openAuthority, type Authority } from './certificate.ts';

/** Names and their addresses; of a list of lists each look-up takes the next, and the last one stays. */
export type Zone = Readonly<Record<string, readonly string[] | readonly (readonly string[])[]>>;

/** Servers that stand in for the public internet, and a network that leads there after the guard. */
export type OutboundRoom = {
  readonly authority: Authority;
  /** Real DNS answers replaced by a zone; what is dialled is noted, and reaches the servers here by its port. */
  readonly networkOf: (zone: Zone) => Network;
  /** `address:port` of every socket opened since the last call. */
  readonly dialled: () => string[];
  readonly close: () => Promise<void>;
};

/** Listens on a free port of 127.0.0.1. */
export const listening = async (server: TcpServer): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const closing = async (server: Server): Promise<void> => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
};

const resolveIn = (zone: Zone): Network['resolve'] => {
  const asked = new Map<string, number>();
  return async (host) => {
    const answer = Object.hasOwn(zone, host) ? zone[host] : undefined;
    if (answer === undefined)
      throw Object.assign(new Error(`queryA ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
    const count = asked.get(host) ?? 0;
    asked.set(host, count + 1);
    const flat = answer.map((entry) => (typeof entry === 'string' ? [entry] : entry));
    if (answer.every((entry) => typeof entry === 'string')) return flat.flat();
    return flat[Math.min(count, flat.length - 1)] ?? [];
  };
};

/** Opens an HTTP and an HTTPS server for all names, the latter with a certificate of the room's authority. */
export const openOutboundRoom = async (listener: RequestListener): Promise<OutboundRoom> => {
  const authority = openAuthority();
  const plain = createServer(listener);
  const secure = createTlsServer(
    {
      ...authority.issue(['unnamed.example']),
      SNICallback: (name, done) => done(null, createSecureContext(authority.issue([name]))),
    },
    listener,
  );
  const ports = { plain: await listening(plain), secure: await listening(secure) };
  const dialled: string[] = [];
  return {
    authority,
    networkOf: (zone) => ({
      resolve: resolveIn(zone),
      dial: (address, port) => {
        dialled.push(`${address}:${port}`);
        const isSecure = port === 443 || port === 8_443;
        return connect(isSecure ? ports.secure : ports.plain, '127.0.0.1');
      },
    }),
    dialled: () => dialled.splice(0),
    close: async () => {
      await Promise.all([closing(plain), closing(secure)]);
    },
  };
};
