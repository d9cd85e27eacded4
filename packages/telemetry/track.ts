import type * as z from 'zod';
import type { Sent } from './envelope.ts';
import { plan, type EventName } from './plan/plan.ts';

/** An event on its way to a door: with its tenant, and with an id and a time, so that sending it again changes nothing. */
export type TenantSent = Sent & {
  readonly tenant_id: string;
  readonly id: string;
  readonly time: string;
};

/** What is told of an event: whose it is, and the properties that the plan wants of it. */
export type Tracked<E extends EventName> = {
  readonly tenantId: string;
  /** Who did it, as an opaque id. */
  readonly actor?: string | undefined;
  readonly at?: Date | undefined;
  /** What the producer calls it: give one when the same event may be tracked twice. */
  readonly id?: string | undefined;
  readonly properties: z.input<(typeof plan)[E]['properties']>;
};

/** Sends events of the plan; anything else does not compile. Resolves when the door has the event. */
export type Tracker = {
  readonly track: <E extends EventName>(event: E, tracked: Tracked<E>) => Promise<void>;
};

/** A tracker over a door: `send` resolves when the door has what it was given. */
export const openTracker = (door: {
  readonly send: (sent: TenantSent) => Promise<void>;
  readonly now: () => Date;
  readonly newId: () => string;
}): Tracker => ({
  track: (event, { tenantId, actor, at, id, properties }) =>
    door.send({
      id: id ?? door.newId(),
      event,
      version: plan[event].version,
      tenant_id: tenantId,
      time: (at ?? door.now()).toISOString(),
      actor: actor ?? null,
      properties,
    }),
});
