import type { Session } from '@rookery/db/pool';
import { readWindows } from './window.sql.ts';
import type { MaintenanceWindow } from './window.ts';

/** The windows that may be open within [from, to), of one tenant or of all that the session sees. */
export const windowsBetween = async (
  db: Session,
  from: Date,
  to: Date,
  tenantId: string | null = null,
): Promise<MaintenanceWindow[]> => {
  const span = { from: from.toISOString(), to: to.toISOString() };
  return (await db.query(readWindows, { ...span, tenantId })).map((row) => ({
    tenantId: row.tenant_id,
    id: row.id,
    name: row.name,
    services: row.services,
    cron: row.cron,
    timezone: row.timezone,
    durationMinutes: row.duration_minutes,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  }));
};

/** The windows that may be open at a slot, of all tenants that the session sees. */
export const windowsAt = (db: Session, slot: Date): Promise<MaintenanceWindow[]> =>
  windowsBetween(db, slot, new Date(slot.getTime() + 1));
