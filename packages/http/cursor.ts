import { createHash } from 'node:crypto';
import { isDay, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { isStorable } from '@rookery/kernel/text';

/** The sort key and the identifiers of the last row of a page. */
export type CursorKeys = readonly (string | number)[];

/** The days `[from, to)` that the first page covered: the pages after it cover the same, also past midnight. */
export type CursorRange = { readonly from: Day; readonly to: Day };

/** All that selects or sorts a list: operation, tenant, parameters; not the limit and the format. */
export type CursorFilters = Readonly<Record<string, unknown>>;

// Cursors of another version are refused: raise it when what a page sorts by changes.
const version = 1;
const maxLength = 10_000;
const maxKeys = 8;

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const fingerprint = (filters: CursorFilters): string =>
  createHash('sha256').update(JSON.stringify(filters, sorted)).digest('base64url').slice(0, 16);

/**
 * Where the next page starts, as an opaque text that fits a URL.
 * It is no secret and nothing is allowed by it: whoever makes one up reads what the token allows anyway.
 */
export const encodeCursor = ({
  filters,
  keys,
  range,
}: {
  readonly filters: CursorFilters;
  readonly keys: CursorKeys;
  readonly range?: CursorRange | undefined;
}): string => {
  const days = range === undefined ? null : [range.from, range.to];
  const json = JSON.stringify([version, fingerprint(filters), days, keys]);
  return Buffer.from(json).toString('base64url');
};

const malformed = (): Failure =>
  new Failure(
    'invalid',
    'cursor-malformed',
    'the cursor cannot be read; give next_cursor back letter by letter, or start again without one',
  );

const jsonIn = (text: string): unknown => {
  const bytes = Buffer.from(text, 'base64url');
  // The decoder passes over what is not base64url.
  if (bytes.toString('base64url') !== text) throw malformed();
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw malformed();
  }
};

const parsed = (text: string): readonly unknown[] => {
  if (text.length > maxLength) throw malformed();
  const value = jsonIn(text);
  if (!Array.isArray(value) || value.length !== 4 || value[0] !== version) throw malformed();
  return value;
};

// No row can have led to a text that is not storable.
const isKey = (value: unknown): value is string | number =>
  typeof value === 'string' ? isStorable(value) : Number.isFinite(value);

const keysOf = (value: unknown): CursorKeys => {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxKeys) throw malformed();
  if (!value.every(isKey)) throw malformed();
  return value;
};

const rangeOf = (value: unknown): CursorRange | undefined => {
  if (value === null) return undefined;
  if (!Array.isArray(value) || value.length !== 2) throw malformed();
  const [from, to]: readonly unknown[] = value;
  if (typeof from !== 'string' || typeof to !== 'string') throw malformed();
  if (!isDay(from) || !isDay(to) || from >= to) throw malformed();
  return { from, to };
};

/**
 * What `encodeCursor` was given. Fails with `cursor-malformed` for any other text,
 * and with `cursor-mismatch` when it was given other filters.
 */
export const decodeCursor = (
  text: string,
  filters: CursorFilters,
): { readonly keys: CursorKeys; readonly range: CursorRange | undefined } => {
  const [, print, days, last] = parsed(text);
  const keys = keysOf(last);
  const range = rangeOf(days);
  if (typeof print !== 'string') throw malformed();
  if (print !== fingerprint(filters))
    throw new Failure(
      'invalid',
      'cursor-mismatch',
      'the cursor is of a list with other parameters; repeat those or start again without it',
    );
  return { keys, range };
};
