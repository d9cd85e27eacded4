import { promisify } from 'node:util';
import { chooseEncoding } from '@rookery/http/encoding';

/** A text as it goes out: packed bytes travel as base64. */
export type Packed = {
  readonly body: string;
  readonly isBase64Encoded: boolean;
  readonly headers: Readonly<Record<string, string>>;
};

// Smaller answers grow by being packed, or gain less than a packet.
const worthPacking = 1_024;

/**
 * Packs a text with br or gzip where it is long and the caller takes that.
 * zlib is loaded by the first text worth it: 4 ms of every cold start otherwise, with the middleware that packed before.
 */
export const pack = async (text: string, acceptEncoding: string | undefined): Promise<Packed> => {
  const encoding = text.length < worthPacking ? undefined : chooseEncoding(acceptEncoding);
  if (encoding === undefined) return { body: text, isBase64Encoded: false, headers: {} };
  const { brotliCompress, constants, gzip } = await import('node:zlib');
  // Quality 4 packs JSON about as well as gzip 6, in less time; the default, 11, takes 50 times as long.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
  const bytes =
    encoding === 'br'
      ? await promisify(brotliCompress)(text, { params })
      : await promisify(gzip)(text);
  return {
    body: bytes.toString('base64'),
    isBase64Encoded: true,
    headers: { 'content-encoding': encoding },
  };
};
