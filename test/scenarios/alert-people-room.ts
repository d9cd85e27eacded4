import { randomUUID } from 'node:crypto';
import { changeAlert, type AlertWish } from '@rookery/monitoring/alerts/alert-change';
import type { World } from '../world/world.ts';

/** Somebody of acme makes something of an alert that he saw at a revision, as by PATCH; `meanwhile` runs before it is committed. */
export const patch = (
  world: World,
  id: string,
  { wish, now, meanwhile }: { wish: AlertWish; now: Date; meanwhile?: () => Promise<unknown> },
): Promise<void> =>
  world.api.transaction(
    async (tx) => {
      const editor = {
        subject: 'ann',
        role: 'operator',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
        requestId: randomUUID(),
        eventId: randomUUID(),
        now,
      };
      await changeAlert(tx, { tenantId: 'acme', id }, { wish, editor });
      await meanwhile?.();
    },
    { tenantId: 'acme', role: 'operator' },
  );
