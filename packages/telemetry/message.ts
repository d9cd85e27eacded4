import { parcelsOf } from '@rookery/kernel/parcels';
import { asciiJsonBytes } from '@rookery/kernel/text';
import type { Arrival } from './admit.ts';
import type { AdmittedMessage, Envelope, EventsMessage } from './envelope.ts';

// A call of SendMessageBatch is kept below 200 kB (packages/lambda/outbox.ts): a message of more would be alone in one.
const bounds = { most: 500, mostBytes: 200_000 };

// In a list, so that anything has a length; its two brackets less, and a comma.
const bytesOf = (event: unknown): number => asciiJsonBytes([event]) - 1;

/** Packs events of one arrival into as few messages as 500 events and 200,000 bytes each allow, in their order. */
export const packEvents = (
  { tenantId, door, receivedAt }: Arrival,
  events: readonly unknown[],
): EventsMessage[] => {
  const message = (some: readonly unknown[]): EventsMessage => ({
    tenant_id: tenantId,
    door,
    received_at: receivedAt.toISOString(),
    events: some,
  });
  const frame = asciiJsonBytes(message([]));
  return parcelsOf(events, { ...bounds, frame }, bytesOf).map(message);
};

const emptyBytes = asciiJsonBytes({ envelopes: [] });

/** Packs events for one sink, as it may see them, into as few messages as 500 events and 200,000 bytes each allow. */
export const packAdmitted = (envelopes: readonly Envelope[]): AdmittedMessage[] =>
  parcelsOf(envelopes, { ...bounds, frame: emptyBytes }, bytesOf).map((some) => ({
    envelopes: some,
  }));
