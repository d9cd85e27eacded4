import { isStorable } from '@rookery/kernel/text';

// Properties are flat; an envelope of the bus around them is two levels more.
const mostDepth = 8;

const tooLarge = 'holds a number too large to be written';

/** The field that stands where a number was that JSON cannot write: an event stays refused for it when it is sent on. */
export const notFinite = '$not_finite';

const textFault = (text: string): string | undefined =>
  isStorable(text) ? undefined : 'holds a NUL or half of a surrogate pair';

const fieldsFault = (value: object, depth: number): string | undefined => {
  if (depth === mostDepth) return `is nested deeper than ${mostDepth} levels`;
  const isList = Array.isArray(value);
  const parent: unknown = Object.getPrototypeOf(value);
  if (!isList && parent !== null && parent !== Object.prototype)
    return 'holds something that is no JSON';
  for (const [name, field] of Object.entries(value)) {
    if (name === '__proto__') return 'holds a field named __proto__';
    if (name === notFinite) return tooLarge;
    const fault =
      textFault(name) ??
      // A field that is undefined is one that JSON leaves out.
      (field === undefined && !isList ? undefined : jsonFault(field, depth + 1));
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/**
 * Why a value is not JSON that every database and every sink takes as it is, or undefined. Bounded in depth, so that
 * afterwards nothing that walks it can run out of stack; 1e400, which reads as infinite, is refused.
 */
export const jsonFault = (value: unknown, depth = 0): string | undefined => {
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'string') return textFault(value);
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : tooLarge;
  return typeof value === 'object' ? fieldsFault(value, depth) : 'holds something that is no JSON';
};

/** The fields of an object, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** True for an object with fields, and for no list. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
