import { isPassing } from '@rookery/kernel/failure';

/** Work for some tenants at once, and what it comes to for one whose rows make it fail. */
export type Apart<T> = {
  readonly work: (tenants: readonly string[]) => Promise<T>;
  readonly broken: (tenantId: string, error: unknown) => Promise<T>;
};

/**
 * Does work for many tenants at once. What the rows of one make fail must not fail for the others: it is found by halves, and
 * done without. A failure that may pass is thrown at once.
 */
export const apart = async <T>(tenants: readonly string[], how: Apart<T>): Promise<T[]> => {
  const [first] = tenants;
  if (first === undefined) return [];
  try {
    return [await how.work(tenants)];
  } catch (error) {
    if (isPassing(error)) throw error;
    if (tenants.length === 1) return [await how.broken(first, error)];
    const half = Math.ceil(tenants.length / 2);
    return [
      ...(await apart(tenants.slice(0, half), how)),
      ...(await apart(tenants.slice(half), how)),
    ];
  }
};
