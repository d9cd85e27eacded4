import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../graph/graph.ts';

/** What lies at a path in a value of unknown shape; undefined where there is nothing. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown => {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Reflect.get(here, key) as unknown;
  }
  return here;
};

/** The text at a path of what a resource is made of; the empty one where there is none. */
export const textAt = ({ inputs }: Resource, ...path: readonly (string | number)[]): string => {
  const found = at(inputs, ...path);
  return typeof found === 'string' ? found : '';
};

/** The number at a path of what a resource is made of. */
export const numberAt = (
  { inputs }: Resource,
  ...path: readonly (string | number)[]
): number | undefined => {
  const found = at(inputs, ...path);
  return typeof found === 'number' ? found : undefined;
};

/** A value as a list: itself, the one thing that it is, or nothing. */
export const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
};

/** The texts of a list, or the one text. */
export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((each) => typeof each === 'string');

/** The names and values of an object; none of anything else. */
export const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** What a text says as JSON; undefined where it says nothing. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const shown = (value: unknown): string => JSON.stringify(value) ?? 'not set';

/** One fault where two values differ, else none. */
export const differs = (
  where: string,
  what: string,
  found: unknown,
  wanted: unknown,
): readonly string[] =>
  isDeepStrictEqual(found, wanted)
    ? []
    : [`${where}: ${what} is ${shown(found)}, and should be ${shown(wanted)}`];

/** A fault for each that is missing, too much or there twice. */
export const setDiffers = (
  where: string,
  found: readonly string[],
  wanted: readonly string[],
): readonly string[] => {
  const [has, needs] = [new Set(found), new Set(wanted)];
  return [
    ...[...needs].filter((each) => !has.has(each)).map((each) => `${where}: ${each} is missing`),
    ...[...has]
      .filter((each) => !needs.has(each))
      .map((each) => `${where}: ${each} should not be there`),
    ...found
      .filter((each, index) => found.indexOf(each) !== index)
      .map((each) => `${where}: ${each} is there twice`),
  ];
};

/** One fault unless something holds. */
export const unless = (holds: boolean, fault: string): readonly string[] => (holds ? [] : [fault]);
