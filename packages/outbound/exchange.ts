import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { withinDeadline, type Deadline } from './deadline.ts';
import { dialled } from './dial.ts';
import { failed, failedBy } from './failure.ts';
import type { Reach } from './network.ts';
import { isRedirect, type Step } from './redirect.ts';
import { secured, type Certificate } from './secure.ts';

/** How much of a body is read, and what becomes of a longer one: `fail` is `too-large`, `cut` keeps its beginning. */
export type BodyLimit = { readonly maxBytes: number; readonly beyond: 'fail' | 'cut' };

/** One answer of one server. */
export type Exchange = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly isCut: boolean;
  readonly address: string;
  readonly certificate: Certificate | null;
  readonly timing: {
    readonly dns: number;
    readonly connect: number;
    readonly tls: number | null;
    readonly firstByte: number;
  };
};

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

const answered = (socket: Socket, { url, method, headers, body }: Step): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest({
      createConnection: () => socket,
      method,
      path: `${url.pathname}${url.search}`,
      headers: {
        ...headers,
        host: url.host,
        connection: 'close',
        ...(body !== null && { 'content-length': String(body.byteLength) }),
      },
    });
    sent.once('response', resolve).once('error', reject);
    // After its answer a request may fail once more, and nobody waits for it then.
    sent.on('error', () => {});
    // A server that changes the protocol unasked gets no say.
    sent.once('upgrade', () => reject(failed('protocol', 'the server changed the protocol')));
    sent.end(body ?? undefined);
  });

const bodyOf = async (
  response: IncomingMessage,
  { maxBytes, beyond }: BodyLimit,
): Promise<{ body: Uint8Array; isCut: boolean }> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= maxBytes) continue;
    if (beyond === 'fail') throw failed('too-large', `the body is longer than ${maxBytes} bytes`);
    return { body: Buffer.concat(chunks).subarray(0, maxBytes), isCut: true };
  }
  return { body: Buffer.concat(chunks), isCut: false };
};

/** Sends one request over a connection of its own, which is closed in the end; the body of a redirect is not read. */
export const exchange = async (
  step: Step,
  {
    reach,
    deadline,
    limit,
    follows,
  }: {
    readonly reach: Reach;
    readonly deadline: Deadline;
    readonly limit: BodyLimit;
    readonly follows: boolean;
  },
): Promise<Exchange> => {
  const { signal, elapsedMs } = deadline;
  const host = step.target.host;
  const { socket, address, dnsMs, connectMs } = await dialled(step.target, reach, deadline);
  try {
    const over =
      step.url.protocol === 'https:'
        ? await secured(socket, { host, ca: reach.ca, protocols: ['http/1.1'] }, deadline)
        : { socket, certificate: null, tlsMs: null };
    const sentAt = elapsedMs();
    const response = await withinDeadline(answered(over.socket, step), signal);
    const firstByte = elapsedMs() - sentAt;
    response.on('error', () => {});
    const status = response.statusCode ?? 0;
    const isPassing = follows && isRedirect(status, response.headers.location);
    const { body, isCut } = isPassing
      ? { body: new Uint8Array(), isCut: false }
      : await withinDeadline(bodyOf(response, limit), signal);
    return {
      status,
      headers: headersOf(response),
      body,
      isCut,
      address,
      certificate: over.certificate,
      timing: { dns: dnsMs, connect: connectMs, tls: over.tlsMs, firstByte },
    };
  } catch (error) {
    throw failedBy(error, `the request to ${host}`, 'protocol');
  } finally {
    socket.destroy();
  }
};
