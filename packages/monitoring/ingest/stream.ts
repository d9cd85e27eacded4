import type { Session } from '@rookery/db/pool';

/** The streams of the ingestion door, as `/v1/ingest/{stream}` and the messages of its queue name them. */
export const streams = [
  'performance-metrics',
  'errors',
  'audit-events',
  'user-activity',
  'sessions',
  'integration-events',
] as const;

/** The name of a stream. */
export type StreamName = (typeof streams)[number];

/** An item and the key under which it counts once, however often it is delivered. */
export type Keyed<I> = { readonly key: string; readonly item: I };

/** The items of one tenant that have not been counted yet, and when the door took them. */
export type Batch<I> = {
  readonly tenantId: string;
  readonly receivedAt: Date;
  readonly items: readonly Keyed<I>[];
};

/** An item that can never be written, and why, in words for who sent it. */
export type Rejected = { readonly key: string; readonly reason: string };

/** What became of a batch: rows written, and the items that were not. */
export type Written = { readonly rows: number; readonly rejected: readonly Rejected[] };

/**
 * Writes the items of a batch, set-based, within the transaction that also claims their keys: the tenant is set and the
 * role is `rookery_ingest`. An item that cannot be written is returned as rejected; whatever it throws undoes the batch.
 */
export type Write<I> = (tx: Session, batch: Batch<I>) => Promise<Written>;
