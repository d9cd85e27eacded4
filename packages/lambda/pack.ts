import { promisify } from 'node:util';
import { chooseEncoding } from '@rookery/http/encoding';
import { Failure } from '@rookery/kernel/failure';

/** A text as it goes out: packed bytes travel as base64. */
export type Packed = {
  readonly body: string;
  readonly isBase64Encoded: boolean;
  readonly headers: Readonly<Record<string, string>>;
};

// Smaller answers grow by being packed, or gain less than a packet.
const worthPacking = 1_024;

/** The largest body that Lambda takes, in bytes as a JSON text within 6 MB: 64 KB are left for the headers around it. */
export const mostBytes = 6 * 1_024 * 1_024 - 64 * 1_024;

// No character is longer than six bytes in JSON: what is short need not be counted.
const bytesInJson = ({ body, isBase64Encoded }: Packed): number => {
  if (isBase64Encoded) return body.length + 2;
  return body.length * 6 < mostBytes ? 0 : Buffer.byteLength(JSON.stringify(body));
};

const fitted = (packed: Packed): Packed => {
  const bytes = bytesInJson(packed);
  if (bytes <= mostBytes) return packed;
  throw new Failure(
    'invalid',
    'answer-too-large',
    `the answer has ${bytes} bytes and ${mostBytes} are the most; take a smaller limit or a shorter range, ${packed.isBase64Encoded ? '' : 'accept br or gzip, '}or stream the table from /v1/exports`,
  );
};

/**
 * Packs a text with br or gzip where it is long and the caller takes that; fails with `answer-too-large`.
 * zlib is loaded by the first text worth it: 4 ms of every cold start otherwise, with the middleware that packed before.
 */
export const pack = async (text: string, acceptEncoding: string | undefined): Promise<Packed> => {
  const encoding = text.length < worthPacking ? undefined : chooseEncoding(acceptEncoding);
  if (encoding === undefined) return fitted({ body: text, isBase64Encoded: false, headers: {} });
  const { brotliCompress, constants, gzip } = await import('node:zlib');
  // Quality 4 packs JSON about as well as gzip 6, in less time; the default, 11, takes 50 times as long.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
  const bytes =
    encoding === 'br'
      ? await promisify(brotliCompress)(text, { params })
      : await promisify(gzip)(text);
  return fitted({
    body: bytes.toString('base64'),
    isBase64Encoded: true,
    headers: { 'content-encoding': encoding },
  });
};
