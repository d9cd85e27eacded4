import type { Write } from '../ingest/stream.ts';
import { integrationRow, type IntegrationItem } from './item.ts';
import { holdIntegrations, writeCalls } from './write.sql.ts';

/**
 * Writes calls of integrations and moves the state of each integration forward. A call of an integration that is not set
 * up is rejected; a week without a partition throws, for the worker to make it.
 */
export const writeIntegrationEvents: Write<IntegrationItem> = async (tx, { tenantId, items }) => {
  const ids = [...new Set(items.map(({ item }) => item.integration_id))];
  const held = await tx.query(holdIntegrations, { tenantId, ids });
  const known = new Set(held.map(({ id }) => id));
  const rejected = items
    .filter(({ item }) => !known.has(item.integration_id))
    .map(({ key }) => ({ key, reason: 'integration_id names no integration' }));
  const calls = items
    .filter(({ item }) => known.has(item.integration_id))
    .map(({ item }) => integrationRow(item));
  if (calls.length === 0) return { rows: 0, rejected };
  const [done] = await tx.query(writeCalls, { tenantId, calls });
  return { rows: done?.rows ?? 0, rejected };
};
