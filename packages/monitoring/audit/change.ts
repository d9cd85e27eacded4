import { isDeepStrictEqual } from 'node:util';

/** The fields of a record by name, each before and after; null where the field was not there. */
export type Changes = Readonly<
  Record<string, { readonly before: unknown; readonly after: unknown }>
>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// Every object inherits fields that no record has, such as constructor.
const fieldOf = (record: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(record, name) ? (record[name] ?? null) : null;

/**
 * The fields that differ between two records, by name. Null when none does, and when there is no record before or after:
 * what was made or deleted did not change. Compares what was given, so that a changed password is a change although
 * both values are redacted afterwards.
 */
export const changed = (before: unknown, after: unknown): Changes | null => {
  if (!isRecord(before) || !isRecord(after)) return null;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = names
    .map((name) => [name, { before: fieldOf(before, name), after: fieldOf(after, name) }] as const)
    .filter(([, field]) => !isDeepStrictEqual(field.before, field.after));
  return differing.length === 0 ? null : Object.fromEntries(differing);
};
