import type { Write } from '../ingest/stream.ts';
import { occurrenceOf, type ErrorItem } from './item.ts';
import { writeGroups, writeOccurrences } from './write.sql.ts';

/**
 * Writes occurrences of errors: their groups, exact counts of days and users, and a sample of instances. An occurrence after
 * a group was resolved opens it again. A week without a partition throws, for the worker to make it.
 */
export const writeErrors: Write<ErrorItem> = async (tx, { tenantId, items }) => {
  const occurrences = items.map(({ key, item }) => occurrenceOf(key, item));
  // The first statement takes the groups and keeps them: what the second adds to them nobody else changes meanwhile.
  await tx.query(writeGroups, { tenantId, occurrences });
  const [done] = await tx.query(writeOccurrences, { tenantId, occurrences });
  return { rows: done?.rows ?? 0, rejected: [] };
};
