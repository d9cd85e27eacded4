import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { readPublic } from './status.sql.ts';

/** What everybody may know of a service. `days` are `{day, uptime}`, the oldest first; null is unknown. */
export type PublicService = RowOf<(typeof readPublic)['columns']>;

/**
 * The public services of a tenant as of a moment, or one of them; an empty list says neither that there is no tenant nor
 * why.
 */
export const publicStatus = (
  tx: Session,
  ask: { readonly tenantId: string; readonly serviceId?: string; readonly now: Date },
): Promise<PublicService[]> =>
  tx.query(readPublic, {
    tenantId: ask.tenantId,
    serviceId: ask.serviceId ?? null,
    now: ask.now.toISOString(),
  });
