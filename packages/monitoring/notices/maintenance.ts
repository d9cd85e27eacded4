import type { Session } from '@rookery/db/pool';
import { coversOf } from '../health/window.sql.ts';
import { isReadable, spansOf } from '../health/window.ts';
import { windowsBetween } from '../health/windows.ts';
import { noteOpenWindows } from './maintenance.sql.ts';
import type { Maintenance } from './muting.ts';

/**
 * What is under maintenance at a moment by the clock, of all tenants. Notes which windows that makes open, for those who
 * explain alerts and carry no reader of cron expressions.
 */
export const maintenanceAt = async (ops: Session, now: Date): Promise<Maintenance> => {
  const next = new Date(now.getTime() + 1);
  const windows = await windowsBetween(ops, now, next);
  const spans = spansOf(windows, now, next);
  await ops.query(noteOpenWindows, {
    tenants: spans.map(({ window }) => window.tenantId),
    ids: spans.map(({ window }) => window.id),
    now: now.toISOString(),
  });
  return {
    covers: coversOf(spans),
    problems: windows
      .filter((window) => !isReadable(window))
      .map(
        ({ id, tenantId }) =>
          `window ${id} of ${tenantId} mutes nothing: change its cron or timezone`,
      ),
  };
};
