import type { Plan } from '../plan/entry.ts';
import { plan } from '../plan/plan.ts';
import { shownTo } from '../route.ts';
import type { Sink } from '../sink.ts';

/** Events as lines of the log, one each, without what is about persons. */
export const consoleSink = (
  write: (fields: Readonly<Record<string, unknown>>) => void,
  known: Plan = plan,
): Sink => ({
  name: 'console',
  deliver: async (events) => {
    for (const envelope of events) {
      const {
        id,
        event,
        tenant_id: tenant,
        actor,
        time,
        properties,
      } = shownTo('console', envelope, known);
      write({ id, event, tenant, actor, time, properties });
    }
    return [];
  },
});
