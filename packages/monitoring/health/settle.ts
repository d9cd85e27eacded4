import { isMissingPartition } from '@rookery/db/fault';
import type { Db } from '@rookery/db/pool';
import { ensureStreamPartitions } from '../ingest/partition.sql.ts';
import { settleServices } from './settle.sql.ts';
import { coversOf } from './window.sql.ts';
import { spansOf, type MaintenanceWindow } from './window.ts';

/** What settling a slot did: states that changed, how many of them went down, and lines of the log. */
export type Settled = { readonly changed: number; readonly down: number; readonly logged: number };

/** Settles at a slot the states that no check tells, of all tenants, as role `rookery_ops`; again, it changes nothing. */
export const settle = async (
  ops: Db,
  slot: Date,
  windows: readonly MaintenanceWindow[],
): Promise<Settled> => {
  const covers = coversOf(spansOf(windows, slot, new Date(slot.getTime() + 1)));
  const ask = { slot: slot.toISOString(), covers };
  const once = () => ops.transaction((tx) => tx.query(settleServices, ask));
  const [done] = await once().catch(async (error: unknown) => {
    if (!isMissingPartition(error)) throw error;
    await ops.query(ensureStreamPartitions, { from: slot });
    return once();
  });
  return done ?? { changed: 0, down: 0, logged: 0 };
};
