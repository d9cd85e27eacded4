import * as z from 'zod';
import type { ServiceKey } from './finding.ts';

/** How many services a message has at most: a function checks them all at once, in the time of the slowest. */
export const mostServices = 250;

/** A message of the queue `probe`: services that are due at a slot. What is asked of them is read when they are checked. */
export const probeMessage = z.strictObject({
  slot: z.iso.datetime(),
  services: z
    .array(
      z.strictObject({
        tenant_id: z.string().min(1).max(200),
        service_id: z.string().min(1).max(50),
      }),
    )
    .min(1)
    .max(mostServices),
});

/** One of them, parsed. */
export type ProbeMessage = z.infer<typeof probeMessage>;

/** The messages of services that are due at a slot, in the order in which they are given. */
export const messagesOf = (slot: Date, services: readonly ServiceKey[]): ProbeMessage[] =>
  Array.from({ length: Math.ceil(services.length / mostServices) }, (_, n) => ({
    slot: slot.toISOString(),
    services: services
      .slice(n * mostServices, (n + 1) * mostServices)
      .map(({ tenantId, serviceId }) => ({ tenant_id: tenantId, service_id: serviceId })),
  }));
