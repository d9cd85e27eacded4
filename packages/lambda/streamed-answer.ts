import { pipeline } from 'node:stream/promises';
import type { Writable } from 'node:stream';

/** What comes before the body of a streamed answer. */
export type Head = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
};

/** How a body is sent: `packed` with gzip; `signal` breaks it off. */
export type Sending = { readonly packed?: boolean; readonly signal?: AbortSignal };

/**
 * Sends a head and a text as fast as it is taken. However it ends, the text and the stream have ended with it; it
 * rejects when that was before the last byte: the caller hung up, the text failed, or the signal came.
 */
export const send = async (
  response: Writable,
  head: Head,
  text: Iterable<string> | AsyncIterable<string>,
  { packed = false, signal }: Sending = {},
): Promise<void> => {
  const packing = packed ? (await import('node:zlib')).createGzip() : undefined;
  const out = awslambda.HttpResponseStream.from(response, { ...head });
  // The head goes with the first write, which an empty body would never make.
  out.write('');
  const options = signal === undefined ? {} : { signal };
  await (packing === undefined
    ? pipeline(text, out, options)
    : pipeline(text, packing, out, options));
};
