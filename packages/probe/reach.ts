import { connectTo, type Connection } from '@rookery/outbound/connect';
import { reasonOf } from '@rookery/outbound/failure';
import { systemNetwork, type Reach } from '@rookery/outbound/network';
import { webPorts } from '@rookery/outbound/policy';
import { Failure } from '@rookery/kernel/failure';
import { unanswered, type Finding } from './finding.ts';
import type { Span, Surroundings } from './probe.ts';

/** The reach of an attempt: these ports, of public addresses. */
export const reachOf = (context: Surroundings, ports: readonly number[] = webPorts): Reach => ({
  policy: { ports, exceptions: context.exceptions },
  network: context.network ?? systemNetwork,
  ...(context.ca !== undefined && { ca: context.ca }),
});

/** Connects within an attempt to a host and port that were asked for, behind the guard; close what you get. */
export const connected = (
  { host, port, tls }: { host: string; port: number; tls: boolean },
  context: Surroundings & Span,
): Promise<Connection> =>
  connectTo(
    { host, port, tls, timeoutMs: context.timeoutMs, signal: context.signal },
    reachOf(context, [port]),
  );

/** Milliseconds until a connection was ready to be spoken over. */
export const readyMs = ({ timing }: Connection): number =>
  timing.dns + timing.connect + (timing.tls ?? 0);

// Whoever refuses or resets is there, and so are we; these also come of a network of ours that is gone.
const ofNetworks = new Set(['dns', 'unreachable', 'timeout', 'aborted']);

/** What an attempt that was kept from asking is found to be; null for a bug, which is somebody else's to tell. */
export const findingOf = (error: unknown): Finding | null => {
  if (!(error instanceof Failure)) return null;
  const reason = reasonOf(error);
  return unanswered(error.message, reason !== null && ofNetworks.has(reason), {
    failure: reason ?? error.code,
  });
};
