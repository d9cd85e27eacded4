import type { Socket } from 'node:net';
import { withinDeadline, type Deadline } from './deadline.ts';
import { failed, failedBy } from './failure.ts';
import { systemNetwork, type Reach } from './network.ts';
import type { Target } from './policy.ts';
import { checkedAddresses } from './resolve.ts';

/** A socket that is connected to an address of the target that was judged. */
export type Dialled = {
  readonly socket: Socket;
  readonly address: string;
  readonly dnsMs: number;
  readonly connectMs: number;
};

// A name may have a thousand addresses of other people: that must not make us knock at all of them.
const mostAddresses = 4;

// Destroys the socket in the end, unless it is connected within the time.
const connected = (socket: Socket, ms: number, signal: AbortSignal): Promise<void> => {
  const opening = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(failed('timeout', `no connection in ${ms} ms`)), ms);
    socket.once('connect', resolve).once('error', reject);
    socket.once('close', () => reject(failed('reset', 'the connection was closed')));
    socket.once('close', () => clearTimeout(timer)).once('connect', () => clearTimeout(timer));
  });
  // Whatever happens to it later is the business of who holds it, and no uncaught error.
  socket.on('error', () => {});
  return withinDeadline(opening, signal).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
};

/** Connects to the first address of a target that answers; each has its share of the time. */
export const dialled = async (
  target: Target,
  { network = systemNetwork }: Reach,
  { signal, remainingMs, elapsedMs }: Deadline,
): Promise<Dialled> => {
  signal.throwIfAborted();
  const startedAt = elapsedMs();
  const found = await checkedAddresses(target, network.resolve, signal);
  const dnsMs = elapsedMs() - startedAt;
  const addresses = found.slice(0, mostAddresses);
  let last: unknown;
  for (const [at, address] of addresses.entries()) {
    const share = remainingMs() / (addresses.length - at);
    const dialledAt = elapsedMs();
    try {
      const socket = network.dial(address, target.port);
      await connected(socket, Math.ceil(share), signal);
      return { socket, address, dnsMs, connectMs: elapsedMs() - dialledAt };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      last = error;
    }
  }
  throw failedBy(last, `the connection to ${target.host}`, 'unreachable');
};
