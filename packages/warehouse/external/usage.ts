import type { Session } from '@rookery/db/pool';
import { addDays, dayAt } from '@rookery/kernel/day';
import { asked, type Ranging } from '../reports/ask.ts';
import { freshNow } from '../reports/freshness.sql.ts';
import { firstOf } from '../reports/reading.ts';
import { readUsage } from './usage.sql.ts';

/** The external aggregates of a tenant over UTC days; fails with `range-empty` and `range-too-long`. */
export const usageOf = async (session: Session, ask: Ranging & { readonly tenantId: string }) => {
  const named = asked(ask, 'day');
  const to = named.to ?? addDays(dayAt(ask.now, 'UTC'), 1);
  const from = named.from ?? addDays(to, -30);
  const { tenantId } = ask;
  const { as_of, complete_through } = firstOf(await session.query(freshNow, { tenantId }));
  const rows = await session.query(readUsage, { tenantId, from, to });
  return {
    body: { data: rows.map((row) => ({ ...row, updated: row.updated.toISOString() })) },
    range: { from, to, timezone: 'UTC' },
    fresh: { as_of, complete_through },
  };
};
