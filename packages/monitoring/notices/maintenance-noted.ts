import type { Session } from '@rookery/db/pool';
import { readOpenWindows } from './maintenance.sql.ts';
import type { Maintenance } from './muting.ts';

/** What is under maintenance as the dispatch, which mutes for it, last saw it: of one tenant, and without reading cron expressions. */
export const notedMaintenance = async (
  db: Session,
  tenantId: string,
  now: Date,
): Promise<Maintenance> => {
  const windows = await db.query(readOpenWindows, { tenantId, now: now.toISOString() });
  const rows = windows.flatMap((window) =>
    (window.services.length === 0 ? [null] : window.services).map((service) => ({
      window,
      service,
    })),
  );
  return {
    covers: {
      tenants: rows.map(({ window }) => window.tenant_id),
      services: rows.map(({ service }) => service),
      names: rows.map(({ window }) => window.name),
      froms: rows.map(() => now.toISOString()),
      tos: rows.map(() => now.toISOString()),
    },
    problems: [],
  };
};
