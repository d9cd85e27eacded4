import type { Write } from '../ingest/stream.ts';
import { capped, redacted } from '../payload/payload.ts';
import type { SessionItem } from './session.ts';
import { addSightings } from './write.sql.ts';

/** Adds starts and ends to their sessions; `rows` counts sessions. Refuses none. */
export const writeSessions: Write<SessionItem> = async (tx, { tenantId, items }) => {
  const sightings = items.map(({ item: { metadata, ...item } }) => ({
    ...item,
    time: new Date(item.time).toISOString(),
    metadata: capped(redacted(metadata ?? {})),
  }));
  const [done] = await tx.query(addSightings, { tenantId, sightings });
  return { rows: done?.sessions ?? 0, rejected: [] };
};
