import type { Session } from '@rookery/db/pool';
import { freshRows } from '../reports/freshness.ts';
import type { RowWith } from '../settings/field.sql.ts';
import type { SettingAsk } from '../settings/setting.sql.ts';
import { settingOfId, type Shown } from '../settings/setting.ts';
import { lastChecks, listServices, serviceOfId, type serviceFields } from './service-change.sql.ts';
import { listWindows, windowOfId, type windowFields } from './window-change.sql.ts';

const serviceShown: Shown<RowWith<typeof serviceFields>> = {
  type: 'service',
  statements: { list: listServices, one: serviceOfId },
};

/** Windows of maintenance, as lists show them: without what reads cron expressions, which a reader need not carry. */
export const windowShown: Shown<RowWith<typeof windowFields>> = {
  type: 'maintenance-window',
  statements: { list: listWindows, one: windowOfId },
};

/** A service with its last checks, and how fresh that is; fails with `not-found`. */
export const serviceAnswer = async (
  session: Session,
  { most, ...ask }: SettingAsk & { readonly most: number },
) => {
  const fresh = await freshRows(session);
  const service = await settingOfId(session, serviceShown, ask);
  const checks = await session.query(lastChecks, { ...ask, most });
  return { body: { data: { ...service, checks } }, fresh };
};
