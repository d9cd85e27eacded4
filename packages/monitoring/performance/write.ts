import type { Write } from '../ingest/stream.ts';
import { withoutPersons } from './clean.ts';
import { seriesMinutes, type PerformanceItem } from './write-series.ts';
import { addSeriesMinutes } from './write.sql.ts';

/** Adds performance metrics to their series and minutes; `rows` counts series minutes, not items. Refuses none. */
export const writePerformance: Write<PerformanceItem> = async (tx, { tenantId, items }) => {
  const rows = seriesMinutes(withoutPersons(items.map(({ item }) => item)));
  const [done] = await tx.query(addSeriesMinutes, { tenantId, rows });
  return { rows: done?.written ?? 0, rejected: [] };
};
