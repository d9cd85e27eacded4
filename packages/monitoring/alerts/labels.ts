import type { Labels } from './sample.ts';

/** Labels as a column of jsonb has them. */
export const labelsOf = (given: unknown): Labels => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return {};
  return Object.fromEntries(
    Object.entries<unknown>({ ...given }).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
};
