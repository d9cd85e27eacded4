import type { Socket } from 'node:net';
import { startDeadline, type Deadline } from './deadline.ts';
import { dialled } from './dial.ts';
import type { Reach } from './network.ts';
import { targetOf } from './policy.ts';
import { secured, type Certificate } from './secure.ts';

/** Where to connect to, and how long the whole talk may take, from the look-up to the last byte. */
export type Call = {
  readonly host: string;
  /** Must be among the ports of the policy, or of an exception. */
  readonly port: number;
  /** Speaks TLS from the first byte. */
  readonly tls?: boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
};

/**
 * An open connection. At the deadline its socket is destroyed with an `outbound-failed` as error (reason timeout), so
 * whoever reads it ends; errors nobody listens to are swallowed. Always `close()` it.
 */
export type Connection = {
  readonly socket: Socket;
  /** The address it leads to: it was judged. */
  readonly address: string;
  readonly certificate: Certificate | null;
  readonly timing: { readonly dns: number; readonly connect: number; readonly tls: number | null };
  /** The same connection under TLS (STARTTLS); use only the new one from then on. */
  readonly startTls: () => Promise<Connection>;
  readonly close: () => void;
};

type Parts = Omit<Connection, 'startTls' | 'close'>;

const connectionOf = (
  parts: Parts,
  { host, ca, deadline }: { host: string; ca: string | undefined; deadline: Deadline },
): Connection => {
  const { socket } = parts;
  const cut = (): void => {
    socket.destroy(deadline.signal.reason);
  };
  deadline.signal.addEventListener('abort', cut, { once: true });
  if (deadline.signal.aborted) cut();
  return {
    ...parts,
    startTls: async () => {
      const { certificate, tlsMs, ...over } = await secured(socket, { host, ca }, deadline);
      deadline.signal.removeEventListener('abort', cut);
      over.socket.once('close', () => socket.destroy());
      const timing = { ...parts.timing, tls: tlsMs };
      return connectionOf(
        { ...parts, socket: over.socket, certificate, timing },
        { host, ca, deadline },
      );
    },
    close: () => {
      deadline.end();
      deadline.signal.removeEventListener('abort', cut);
      socket.destroy();
    },
  };
};

/**
 * Connects to a server of somebody's over TCP, behind the guard: fails with `outbound-refused` for a host, port or address
 * that policy does not allow, and with `outbound-failed` when the server cannot be reached in time.
 */
export const connectTo = async (call: Call, reach: Reach): Promise<Connection> => {
  const target = targetOf(call.host, call.port, reach.policy);
  const deadline = startDeadline(call.timeoutMs, call.signal);
  try {
    const { socket, address, dnsMs, connectMs } = await dialled(target, reach, deadline);
    const plain = connectionOf(
      { socket, address, certificate: null, timing: { dns: dnsMs, connect: connectMs, tls: null } },
      { host: target.host, ca: reach.ca, deadline },
    );
    return call.tls === true ? await plain.startTls() : plain;
  } catch (error) {
    deadline.end();
    throw error;
  }
};
