import type { Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { countExternalDays, replaceExternalDays, type ExternalDays } from './external.sql.ts';

/**
 * Replaces the days of an external aggregate, as role `rookery_ops`: rows written, removed, and figures of tenants that are
 * not ours. Fails with `aggregate-vanished` where an answer without any figure would remove all there are: that looks more
 * like a fault of the source than like a quiet week.
 */
export const replaceDays = (
  ops: Db,
  days: ExternalDays,
): Promise<{ readonly written: number; readonly removed: number; readonly unknown: number }> =>
  ops.transaction(async (tx) => {
    if (days.figures.length === 0) {
      const [kept] = await tx.query(countExternalDays, days);
      if ((kept?.rows ?? 0) > 0)
        throw new Failure(
          'unavailable',
          'aggregate-vanished',
          `${days.source} has no figure of ${days.metric} from ${days.from} to ${days.to}, and we keep ${kept?.rows}: look at the source; to accept it, delete those rows of olap.external_daily`,
        );
    }
    const [done] = await tx.query(replaceExternalDays, days);
    return done ?? { written: 0, removed: 0, unknown: 0 };
  });
