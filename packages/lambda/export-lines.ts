import { createHash } from 'node:crypto';
import type { Endpoint } from '@rookery/http/contract';
import { csvLines, csvOf } from '@rookery/http/csv';
import { columnsOf } from '@rookery/http/flatten';
import { ndjsonOf } from '@rookery/http/ndjson';

/** The formats of an export. */
export type ExportFormat = 'csv' | 'ndjson';

/** A file byte by byte: how many bytes, and their SHA-256 in hex. */
export type Digest = { readonly bytes: number; readonly sha256: string };

/** The text of an export, written while its parts are read. */
export const linesOf = async function* (
  { rows }: Pick<Endpoint, 'rows'>,
  format: ExportFormat,
  parts: AsyncIterable<readonly object[]>,
): AsyncGenerator<string> {
  const columns = rows === undefined ? [] : columnsOf(rows);
  if (format === 'csv') yield csvOf(columns, []);
  for await (const part of parts) yield format === 'csv' ? csvLines(columns, part) : ndjsonOf(part);
};

/** Passes a text on and measures it: `digest` holds once the last of it was taken. */
export const measured = (text: AsyncIterable<string>) => {
  const hash = createHash('sha256');
  let bytes = 0;
  const lines = async function* () {
    for await (const line of text) {
      hash.update(line);
      bytes += Buffer.byteLength(line);
      yield line;
    }
  };
  return { lines: lines(), digest: (): Digest => ({ bytes, sha256: hash.copy().digest('hex') }) };
};
