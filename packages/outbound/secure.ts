import { isIP, type Socket } from 'node:net';
import {
  connect,
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import { withinDeadline, type Deadline } from './deadline.ts';
import { failed, failedBy } from './failure.ts';

/** What a server's certificate says; it was verified. */
export type Certificate = {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256 of the certificate, in hex. */
  readonly fingerprint: string;
};

/** A connection under TLS with a server that proved its name. */
export type Secured = {
  readonly socket: TLSSocket;
  readonly certificate: Certificate | null;
  readonly tlsMs: number;
};

/** Whom TLS is spoken with. */
export type Peer = {
  readonly host: string;
  readonly ca?: string | undefined;
  /** Application protocols that are offered, as http/1.1. */
  readonly protocols?: readonly string[];
};

const contexts = new Map<string, SecureContext>();
// Parsing 150 root certificates takes milliseconds: once for each CA of a test.
const contextOf = (ca: string): SecureContext => {
  const known = contexts.get(ca) ?? createSecureContext({ ca: [...rootCertificates, ca] });
  contexts.set(ca, known);
  return known;
};

const certificateOf = (socket: TLSSocket): Certificate | null => {
  const held = socket.getPeerX509Certificate();
  if (held === undefined) return null;
  return {
    subject: held.subject ?? '',
    issuer: held.issuer,
    validFrom: held.validFromDate,
    validTo: held.validToDate,
    fingerprint: held.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
};

/** Puts TLS on a connected socket. Certificates are always verified, whatever the environment says; a fault is `tls`. */
export const secured = async (
  socket: Socket,
  { host, ca, protocols }: Peer,
  { signal, elapsedMs }: Deadline,
): Promise<Secured> => {
  const startedAt = elapsedMs();
  const name = host.replace(/\.$/, '');
  const over = connect({
    socket,
    host: name,
    ...(isIP(name) === 0 && { servername: name }),
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(ca !== undefined && { secureContext: contextOf(ca) }),
    ...(protocols !== undefined && { ALPNProtocols: [...protocols] }),
  });
  const handshake = new Promise<void>((resolve, reject) => {
    over.once('secureConnect', resolve).once('error', reject);
    over.once('close', () => reject(failed('reset', 'the connection was closed')));
  });
  over.on('error', () => {});
  try {
    await withinDeadline(handshake, signal);
  } catch (error) {
    over.destroy();
    socket.destroy();
    throw failedBy(error, `TLS with ${host}`, 'tls');
  }
  return { socket: over, certificate: certificateOf(over), tlsMs: elapsedMs() - startedAt };
};
