import { promisify } from 'node:util';

// JSON begins with a bracket or a quotation mark, and never with this.
const packedMark = 'br:';
const worthPacking = 2_048;
const mostKept = 65_536;

/** An answer as it is kept for repeats: from 2 kB on packed, and null when it has more than 64 KiB even then. */
export const keptForm = async (body: string): Promise<string | null> => {
  if (body.length < worthPacking) return body;
  const { brotliCompress, constants } = await import('node:zlib');
  // As answers go out (pack.ts).
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
  const bytes = await promisify(brotliCompress)(body, { params });
  const kept = packedMark + bytes.toString('base64');
  return kept.length > mostKept ? null : kept;
};

/** The answer that was kept. */
export const readForm = async (kept: string): Promise<string> => {
  if (!kept.startsWith(packedMark)) return kept;
  const { brotliDecompress } = await import('node:zlib');
  const bytes = Buffer.from(kept.slice(packedMark.length), 'base64');
  return (await promisify(brotliDecompress)(bytes)).toString();
};
