import * as z from 'zod';

/** What a cell of a table holds. Null is: nothing known. */
export type Cell = string | number | boolean | null;

// What may be left out or null has the columns of what it would be.
const innermost = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodDefault
  )
    return innermost(schema.unwrap());
  return schema;
};

const namesIn = (schema: z.ZodObject, before: string): string[] =>
  Object.entries(schema.shape).flatMap(([key, value]) => {
    if (key.includes('.')) throw new Error(`a column cannot be named "${key}": a dot joins names`);
    const inner = innermost(value);
    return inner instanceof z.ZodObject ? namesIn(inner, `${before}${key}.`) : [`${before}${key}`];
  });

// Walking a row of 60 columns takes longer than writing it; a contract does not change.
const known = new WeakMap<z.ZodObject, readonly string[]>();

/**
 * The columns of a row by its schema, in the order of the schema: objects inside are joined with a dot
 * (`rates.open_rate.value`), everything else is one column. Data has no say in it.
 */
export const columnsOf = (schema: z.ZodObject): readonly string[] => {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const names = namesIn(schema, '');
  known.set(schema, names);
  return names;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const cellOf = (value: unknown): Cell => {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return JSON.stringify(value);
};

/**
 * Turns rows into cells in the order of the columns. A list, and an object that the schema does not spell out,
 * becomes JSON text; what is missing, also with the object around it, becomes null.
 */
export const flattener = (columns: readonly string[]): ((row: object) => Cell[]) => {
  const paths = columns.map((name) => name.split('.'));
  return (row) =>
    paths.map((path) => {
      let value: unknown = row;
      for (const key of path)
        value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
      return cellOf(value);
    });
};
