import * as z from 'zod';
import { parcelsOf } from '@rookery/kernel/parcels';
import { asciiJsonBytes, isPlain } from '@rookery/kernel/text';
import { streams, type StreamName } from './stream.ts';

/** Most items of one message, and of one call of the door. */
const mostItems = 500;

/** What a message may weigh in bytes: SQS takes 1 MiB, attributes included. */
export const mostBytes = 1_000_000;

const key = z.string().min(1).max(500).refine(isPlain, 'holds a control character');

/**
 * A message of the queue `ingest`: items of one tenant and stream, as the door takes them or an AWS producer sends them.
 * An item is whatever the sender wrote: each is held against the schema of its stream by the worker.
 */
export const ingestMessage = z.strictObject({
  tenant_id: z.string().min(1).max(200).refine(isPlain, 'holds a control character'),
  stream: z.enum(streams),
  received_at: z.iso.datetime({ offset: true }),
  items: z
    .array(z.strictObject({ key, item: z.unknown() }))
    .min(1)
    .max(mostItems),
});
export type IngestMessage = z.infer<typeof ingestMessage>;

/** Items as they travel: the key under which one counts once, and the item itself. */
export type Sent = { readonly key: string; readonly item: unknown };

/** What the messages of a packing share; `receivedAt` is when the door took them. */
export type Parcel = {
  readonly tenantId: string;
  readonly stream: StreamName;
  readonly receivedAt: Date;
};

const bytesOf = ({ key: name, item }: Sent): number => asciiJsonBytes({ key: name, item }) + 1;

/**
 * Packs items into as few messages as 500 items and 1,000,000 bytes each allow, in their order; bytes of the message as it
 * is sent, in ASCII. An item that is larger alone gets a message of its own, which the queue refuses: the door bounds what it
 * takes.
 */
export const packItems = (parcel: Parcel, items: readonly Sent[]): IngestMessage[] => {
  const { tenantId: tenant_id, stream, receivedAt } = parcel;
  const message = (some: readonly Sent[]): IngestMessage => ({
    tenant_id,
    stream,
    received_at: receivedAt.toISOString(),
    items: some.map(({ key: name, item }) => ({ key: name, item })),
  });
  const bounds = { most: mostItems, mostBytes, frame: asciiJsonBytes(message([])) };
  return parcelsOf(items, bounds, bytesOf).map(message);
};
