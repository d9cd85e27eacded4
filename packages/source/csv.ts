import { pipeline, type Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { Failure } from '@rookery/kernel/failure';
import type { Format } from './csv-format.ts';

/** Some rows of a file, turned on their side: one array a column, in the order of the format's fields. */
export type Chunk = {
  readonly rows: number;
  readonly columns: readonly (readonly (string | null)[])[];
  /** The line each row ends on. */
  readonly lines: readonly number[];
};

/** The error of a file that cannot be taken: where it is and what is wrong with it. */
export const broken = (file: string, where: string, what: string, cause?: unknown): Failure =>
  new Failure('invalid', 'csv-broken', `${file}${where}: ${what}`, { cause });

/** The value as a message shows it: quoted, and cut when it is long. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

// Where each field of the format stands in the file; -1 when an optional column is absent.
const positions = (file: string, format: Format, header: readonly string[]): number[] => {
  const known = new Set(format.map((field) => field.name));
  for (const [i, name] of header.entries()) {
    if (!known.has(name))
      throw broken(
        file,
        ' line 1',
        `unknown column ${shown(name)}; columns are ${[...known].join(', ')}`,
      );
    if (header.indexOf(name) !== i) throw broken(file, ' line 1', `column ${name} is there twice`);
  }
  return format.map((field) => {
    const position = header.indexOf(field.name);
    if (position < 0 && field.column === 'required')
      throw broken(file, ' line 1', `column ${field.name} is missing`);
    return position;
  });
};

const kinds: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'it has another number of fields than the header',
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'there is text after a closing quote',
  INVALID_OPENING_QUOTE: 'a quote opens in the middle of a field; double the quotes inside fields',
  CSV_MAX_RECORD_SIZE: 'it is longer than 1 MB; is a quote left open?',
};

const translated = (file: string, error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof Failure || !('code' in error)) return error;
  const code = String(error.code);
  if (code.startsWith('Z_'))
    return broken(file, '', `the gzip data is broken (${error.message})`, error);
  const what = kinds[code];
  if (what === undefined) return error;
  return broken(file, 'lines' in error ? ` line ${String(error.lines)}` : '', what, error);
};

const parserOptions = {
  bom: true,
  info: true,
  skip_empty_lines: true,
  // An unclosed quote must not swallow the rest of the file into memory.
  max_record_size: 1_000_000,
};

/**
 * Reads a CSV file row by row, checks every value against the format, and yields it in chunks.
 * The first fault ends it with a Failure `csv-broken` that names file, line and column.
 */
export async function* readCsv(
  file: string,
  bytes: Readable,
  format: Format,
  rowsPerChunk: number,
): AsyncGenerator<Chunk> {
  // Whatever goes wrong on the way surfaces in the loop below: the pipeline destroys the parser with it.
  const parser = pipeline(bytes, parse(parserOptions), () => {});
  const records: AsyncIterable<{ info: { lines: number }; record: string[] }> = parser;
  const seen = new Map<string, number>();
  let at: number[] | undefined;
  let columns: (string | null)[][] = format.map(() => []);
  let lines: number[] = [];
  try {
    for await (const { info, record } of records) {
      if (at === undefined) {
        at = positions(file, format, record);
        continue;
      }
      for (const [i, field] of format.entries()) {
        const text = record[at[i] ?? -1] ?? '';
        const fault = text === '' ? field.whenEmpty : faultOf(text, field.check);
        if (fault !== undefined)
          throw broken(file, ` line ${info.lines}, column ${field.name}`, fault);
        columns[i]?.push(text === '' ? null : text);
      }
      const key = columns[0]?.at(-1) ?? '';
      const before = seen.get(key);
      if (before !== undefined)
        throw broken(
          file,
          ` line ${info.lines}, column ${format[0].name}`,
          `${shown(key)} is already on line ${before}`,
        );
      seen.set(key, info.lines);
      lines.push(info.lines);
      if (lines.length < rowsPerChunk) continue;
      yield { rows: lines.length, columns, lines };
      columns = format.map(() => []);
      lines = [];
    }
  } catch (error) {
    throw translated(file, error);
  }
  if (at === undefined) throw broken(file, '', 'it is empty; the first line must name the columns');
  if (lines.length > 0) yield { rows: lines.length, columns, lines };
}

const faultOf = (text: string, check: (text: string) => string | undefined): string | undefined => {
  // Postgres text holds every character but this one.
  if (text.includes('\0')) return `${shown(text)} holds a NUL character`;
  const fault = check(text);
  return fault === undefined ? undefined : `${shown(text)} ${fault}`;
};
