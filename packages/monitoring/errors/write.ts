import type { Write } from '../ingest/stream.ts';
import { occurrenceOf, type ErrorItem } from './item.ts';
import { addToGroups, writeNewGroups, writeOccurrences } from './write.sql.ts';

/**
 * Writes occurrences of errors: their groups, exact counts of days and users, and a sample of instances. An occurrence after
 * a group was resolved opens it again. A week without a partition throws, for the worker to make it.
 */
export const writeErrors: Write<ErrorItem> = async (tx, { tenantId, items }) => {
  const occurrences = items.map(({ key, item }) => occurrenceOf(key, item));
  // These two take the groups and keep them: what the third adds to them nobody else changes meanwhile. They are two, so
  // that the second sees the groups which others wrote while the first waited for them.
  const fresh = await tx.query(writeNewGroups, { tenantId, occurrences });
  const written = fresh.map(({ id }) => id);
  await tx.query(addToGroups, { tenantId, occurrences, written });
  const [done] = await tx.query(writeOccurrences, { tenantId, occurrences });
  return { rows: done?.rows ?? 0, rejected: [] };
};
