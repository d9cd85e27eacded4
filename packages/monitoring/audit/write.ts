import type { Write } from '../ingest/stream.ts';
import { auditRow, type AuditItem } from './item.ts';
import { readOthers, writeEvents } from './write.sql.ts';

/**
 * Writes audit events, each event_id of a tenant once. The same event again, under another key, is no fault and no row;
 * another event under the same event_id is rejected. A month without a partition throws, for the worker to make it.
 */
export const writeAuditEvents: Write<AuditItem> = async (tx, { tenantId, items }) => {
  const events = items.map(({ key, item }, place) => ({ place, ...auditRow(key, item) }));
  const written = await tx.query(writeEvents, { tenantId, events });
  if (written.length === events.length) return { rows: written.length, rejected: [] };
  const places = new Set(written.map(({ place }) => place));
  const left = events.filter(({ place }) => !places.has(place));
  const others = await tx.query(readOthers, { tenantId, events: left });
  const reason = 'event_id already has another event';
  const rejected = others.map(({ place }) => ({ key: items[place]?.key ?? '', reason }));
  return { rows: written.length, rejected };
};
