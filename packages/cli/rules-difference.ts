import { isDeepStrictEqual } from 'node:util';

/** A field that an apply writes, as it is and as the file wants it. */
export type FieldChange = {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

// Numbers are kept with four decimals, and JSON without what is undefined.
const settled = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'number' ? Number(part.toFixed(4)) : part,
    ) ?? 'null',
  );

/** The fields that are to be written, by name, those that follow from others left out. */
export const changesOf = (
  before: object,
  after: object,
  derived: readonly string[],
): FieldChange[] => {
  const [old, wanted] = [settled(before), settled(after)];
  if (!isRecord(old) || !isRecord(wanted)) return [];
  return Object.keys(wanted)
    .filter((field) => !derived.includes(field) && !isDeepStrictEqual(old[field], wanted[field]))
    .map((field) => ({ field, before: old[field], after: wanted[field] }));
};
