import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Failure } from '@rookery/kernel/failure';
import { readPrelude, setHead, type Head } from './http-result.ts';
import { delimiter, preludeType, type Streamed } from './stream.ts';

// AWS: 200 MB a streamed response; the prelude ends within the first 16 KB.
const streamLimit = 200 * 1024 * 1024;
const preludeLimit = 16 * 1024;

const malformed = (what: string): Failure =>
  new Failure('invalid', 'stream-malformed', `the streamed answer ${what}`);

type Opened = { readonly head: Head; readonly first: Buffer };

// Reads until the body begins; its first bytes are empty only when there is no body.
const open = async (streamed: Streamed, bytes: AsyncGenerator<Buffer>): Promise<Opened> => {
  let read = Buffer.alloc(0);
  let at = -1;
  for (;;) {
    const { value, done } = await bytes.next();
    if (done !== true) read = Buffer.concat([read, value]);
    if (streamed.contentType !== preludeType) {
      if (read.length === 0 && done !== true) continue;
      const headers = { 'content-type': streamed.contentType };
      return { head: { statusCode: 200, headers }, first: read };
    }
    if (at < 0) at = read.indexOf(delimiter);
    const isShort = at < 0 || read.length === at + delimiter.length;
    if (at > preludeLimit || (at < 0 && read.length > preludeLimit + delimiter.length))
      throw malformed('has no prelude in its first 16 KB');
    if (isShort && done !== true) continue;
    const head = at < 0 ? undefined : readPrelude(read.toString('utf8', 0, at));
    if (head === undefined) throw malformed('has no readable prelude');
    return { head, first: read.subarray(at + delimiter.length) };
  }
};

async function* bodyOf(
  streamed: Streamed,
  first: Buffer,
  bytes: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  let size = first.length;
  if (size > 0) yield first;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > streamLimit) streamed.abort(malformed('is over 200 MB'));
    else if (chunk.length > 0) yield chunk;
  }
}

/**
 * Serves what a streaming function writes, as fast as the client reads. Before the first byte of the body a failure is
 * thrown and nothing was sent; after it the connection is destroyed, so that no client takes a part for the whole.
 */
export const serveStream = async (
  response: ServerResponse,
  streamed: Streamed,
  gateway: Readonly<Record<string, string>>,
): Promise<void> => {
  const hangUp = (): void =>
    streamed.abort(new Failure('unavailable', 'client-gone', 'the client hung up'));
  // It also closes when it was answered in full: then there is nothing left to stop.
  response.once('close', hangUp);
  if (response.destroyed) hangUp();
  const bytes = streamed.bytes();
  try {
    const { head, first } = await open(streamed, bytes);
    setHead(response, head, gateway);
    await pipeline(bodyOf(streamed, first, bytes), response, { signal: streamed.signal });
  } catch (error) {
    // What broke the stream says more than that it broke.
    throw streamed.failure ?? error;
  }
};
