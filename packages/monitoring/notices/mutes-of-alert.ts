import type { Session } from '@rookery/db/pool';
import { readAlerts, readRules } from './dispatch.sql.ts';
import type { Mute } from './mute.ts';
import { readMutings } from './muting.ts';
import { sceneOf } from './scene.ts';

/** Why nobody is told of an open alert at a moment, as a dispatch then would see it; nothing: it is not muted, or over. */
export const mutesOfAlert = async (
  db: Session,
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
  now: Date,
): Promise<readonly Mute[]> => {
  const own = (row: { readonly tenant_id: string }): boolean => row.tenant_id === tenantId;
  const alerts = (await db.query(readAlerts, null)).filter(own);
  const ids = [...new Set(alerts.map((row) => row.rule_id))];
  const rules = await db.query(readRules, {
    tenants: ids.map(() => tenantId),
    ids,
    now: now.toISOString(),
  });
  const { of } = await readMutings(db, now);
  const rows = {
    alerts,
    rules: rules.filter(own),
    groups: [],
    climbs: [],
    ends: [],
    lapsed: new Set<string>(),
    pagers: [],
  };
  const found = sceneOf(tenantId, now, rows, of(tenantId)).alerts.find((alert) => alert.id === id);
  return found?.isOpen === true ? found.mutes : [];
};
