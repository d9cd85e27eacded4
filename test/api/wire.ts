import { once } from 'node:events';
import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** A request letter by letter as it goes over the wire: unlike fetch nothing is put right on the way. */
export type Wire = {
  readonly method?: string;
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** A number is so many bytes. */
  readonly body?: string | number;
};

/** An answer; `text` is unpacked, `bytes` as they came. */
export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
};

const unpacked = (bytes: Buffer, encoding: string | undefined): Buffer => {
  if (encoding === 'gzip') return gunzipSync(bytes);
  return encoding === 'br' ? brotliDecompressSync(bytes) : bytes;
};

/** Asks over connections that are kept; rejects when the answer breaks off. */
export const openWire = (url: string) => {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const ask = ({ method = 'GET', target, headers = {}, body }: Wire): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = typeof body === 'number' ? 'x'.repeat(body) : body;
      // Node leaves it out for methods that usually have no body.
      const length = sent === undefined ? {} : { 'content-length': Buffer.byteLength(sent) };
      const asking = request(
        { hostname, port, agent, method, path: target, headers: { ...headers, ...length } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () => {
            const bytes = Buffer.concat(chunks);
            const encoding = bytes.length === 0 ? undefined : response.headers['content-encoding'];
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              bytes,
              text: unpacked(bytes, encoding).toString(),
            });
          });
        },
      );
      asking.once('error', reject);
      asking.end(sent);
    });
  // On a connection of its own: what is not read holds it, and hanging up ends it.
  const open = async ({ target, headers = {} }: Wire): Promise<IncomingMessage> => {
    const asking = request({ hostname, port, agent: false, path: target, headers });
    asking.end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    return response;
  };
  return { ask, open, close: () => agent.destroy() };
};
