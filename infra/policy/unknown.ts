// What stands for a value that is not known before a deployment (pulumi: sdk/go/common/resource/plugin/rpc.go).
const notYetKnown: ReadonlySet<unknown> = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);

/** Why a rule cannot be judged: it asked for something that is not known yet, or that a deployment never tells. */
export class Unjudged extends Error {
  readonly isForEver: boolean;

  constructor(what: string, isForEver: boolean) {
    super(what);
    this.isForEver = isForEver;
  }
}

const isUnknown = (value: unknown): boolean => notYetKnown.has(value);

const isPlain = (value: object): boolean =>
  Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;

const copied = (value: unknown, path: string): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  // Archives and other files are objects of Pulumi's own, which no rule looks into.
  if (!isPlain(value)) return `(${value.constructor.name})`;
  const copy = Array.isArray(value) ? [] : {};
  fill(copy, value, path);
  return copy;
};

const fill = (copy: object, value: object, path: string): void => {
  for (const [key, each] of Object.entries(value)) {
    const where = `${path}.${key}`;
    const refuse = (): never => {
      throw new Unjudged(where, false);
    };
    Object.defineProperty(copy, key, {
      enumerable: true,
      ...(isUnknown(each) ? { get: refuse } : { value: copied(each, where), writable: true }),
    });
  }
};

/**
 * A copy of the value in plain objects; whoever reads a part of it that is not known yet gets an Unjudged instead of the sign for
 * it.
 */
export const guarded = (value: object, path: string): Record<string, unknown> => {
  const copy: Record<string, unknown> = {};
  fill(copy, value, path);
  return copy;
};

/** A property of a guarded value; undefined where it is not known yet. */
export const known = (value: object, key: string): unknown =>
  Object.getOwnPropertyDescriptor(value, key)?.value;
