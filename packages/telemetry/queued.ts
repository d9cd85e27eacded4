import * as z from 'zod';
import { doors } from './envelope.ts';

const eventsMessage = z.strictObject({
  tenant_id: z.string().min(1).max(200),
  door: z.enum(doors),
  received_at: z.iso.datetime({ offset: true }),
  events: z.array(z.unknown()).min(1).max(500),
});

// The rest of it is for `admitBusEvent` to judge.
const busMessage = z
  .looseObject({ source: z.string(), 'detail-type': z.string() })
  .transform((bus) => ({ bus }));

/** What comes out of the queues of events: events that we sent ourselves, or one in the envelope of the bus, as `bus`. */
export const queuedMessage = z.union([eventsMessage, busMessage]);
export type QueuedMessage = z.output<typeof queuedMessage>;
