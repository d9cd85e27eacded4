import type { Db } from '@rookery/db/pool';
import { recount } from './recount.sql.ts';

/** What a recount did. */
export type Recounted = { readonly integrations: number };

/** Recounts every integration of every tenant for the 24 hours before a moment, as the role `rookery_ops`. */
export const recountIntegrations = async (ops: Db, until: Date): Promise<Recounted> => {
  const [done] = await ops.transaction((tx) => tx.query(recount, { until: until.toISOString() }));
  return { integrations: done?.counted ?? 0 };
};
