import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An object of the stand-in, with the lock that it was written under. */
export type Stored = {
  readonly bytes: Buffer;
  readonly mode: string | undefined;
  readonly until: string | undefined;
};

/**
 * A small S3 that speaks the real one's HTTP: it creates under If-None-Match, keeps locks, and lists in pages of two, so that
 * whoever reads one page only is found out.
 */
export type S3 = {
  readonly endpoint: string;
  /** By bucket and key. */
  readonly objects: Map<string, Stored>;
  /** True: whatever a request says, what is there may be overwritten. */
  overwrites: boolean;
  /** The names that were written, one for each time. */
  readonly writes: string[];
  readonly close: () => Promise<void>;
};

const bytesOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const all = Buffer.concat(chunks);
  if (!(request.headers['content-encoding'] ?? '').includes('aws-chunked')) return all;
  // One chunk: its size in hex, its bytes, and what follows is a checksum.
  const start = all.indexOf('\r\n');
  return all.subarray(
    start + 2,
    start + 2 + Number.parseInt(all.subarray(0, start).toString(), 16),
  );
};

const refuse = (response: ServerResponse, status: number, code: string): void => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code><Message>no</Message></Error>`);
};

const listed = (objects: S3['objects'], bucket: string, query: URLSearchParams): string => {
  const after = query.get('continuation-token') ?? '';
  const names = [...objects.keys()]
    .filter((name) => name.startsWith(`${bucket}/${query.get('prefix') ?? ''}`))
    .map((name) => name.slice(bucket.length + 1))
    .toSorted()
    .filter((name) => name > after);
  const page = names.slice(0, 2);
  const next =
    names.length > 2 ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  const contents = page.map((name) => `<Contents><Key>${name}</Key></Contents>`).join('');
  return `<ListBucketResult><IsTruncated>${names.length > 2}</IsTruncated>${next}${contents}</ListBucketResult>`;
};

/** Starts it on 127.0.0.1; every bucket is there. */
export const openS3 = async (): Promise<S3> => {
  const objects: S3['objects'] = new Map();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3');
    const name = decodeURIComponent(pathname.slice(1));
    if (searchParams.has('list-type')) {
      const bucket = name.replace(/\/$/, '');
      response.end(listed(objects, bucket, searchParams));
      return;
    }
    const known = objects.get(name);
    if (request.method === 'GET') {
      if (known === undefined) return refuse(response, 404, 'NoSuchKey');
      response.end(known.bytes);
      return;
    }
    const bytes = await bytesOf(request);
    if (request.headers['if-none-match'] === '*' && !s3.overwrites && objects.has(name))
      return refuse(response, 412, 'PreconditionFailed');
    const { 'x-amz-object-lock-mode': mode, 'x-amz-object-lock-retain-until-date': until } =
      request.headers;
    s3.writes.push(name);
    objects.set(name, { bytes, mode: mode?.toString(), until: until?.toString() });
    response.end();
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const s3: S3 = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    overwrites: false,
    writes: [],
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return s3;
};
