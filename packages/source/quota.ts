import type { Db } from '@rookery/db/pool';
import { limitStatements, quotasAt, type QuotaWants } from './quota.sql.ts';

// The role may read for minutes; who evaluates alerts has one, and other rules to judge in it.
const mostMs = 10_000;

/**
 * Reads the quotas of tenants at moments from the source, by place; those without a quota are not in it. Fails when the
 * source does not answer within `ms`. The pool is asked for only then: one that cannot be opened fails this, and nothing
 * before.
 */
export const readQuotas =
  (sourceDb: () => Db, ms = mostMs) =>
  (wants: QuotaWants): Promise<ReadonlyMap<number, number>> =>
    sourceDb().transaction(async (tx) => {
      await tx.query(limitStatements, { ms });
      const rows = await tx.query(quotasAt, wants);
      return new Map(rows.map(({ place, quota_emails }) => [place, quota_emails]));
    });
