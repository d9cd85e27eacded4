import * as z from 'zod';
import { doors } from './envelope.ts';

const eventsMessage = z.strictObject({
  tenant_id: z.string().min(1).max(200),
  door: z.enum(doors),
  received_at: z.iso.datetime({ offset: true }),
  events: z.array(z.unknown()).min(1).max(500),
});

const envelope = z.strictObject({
  id: z.uuid(),
  event: z.string().min(1),
  version: z.int().min(1),
  tenant_id: z.string().min(1),
  actor: z.string().nullable(),
  time: z.iso.datetime(),
  properties: z.record(z.string(), z.unknown()),
});

const admittedMessage = z.strictObject({ envelopes: z.array(envelope).min(1).max(500) });

// The rest of it is for `admitBusEvent` to judge.
const busMessage = z
  .looseObject({ source: z.string(), 'detail-type': z.string() })
  .transform((bus) => ({ bus }));

/** What comes out of the queues of events: what we sent ourselves, or an event in the envelope of the bus, as `bus`. */
export const queuedMessage = z.union([admittedMessage, eventsMessage, busMessage]);
export type QueuedMessage = z.output<typeof queuedMessage>;
