import type { Session } from '@rookery/db/pool';
import type { IntegrationItem } from '../integrations/item.ts';
import { writeIntegrationEvents } from '../integrations/write.ts';
import { nameOf, type Finding } from './finding.ts';

/** A check, and the integration that it is a call of, too. */
export type Call = { readonly finding: Finding; readonly integrationId: string | null };

const whole = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31
    ? value
    : null;

// Servers tell a reset as a moment, in seconds since 1970, or as seconds from now.
const leastEpoch = 1_000_000_000;

const instant = (value: unknown, now: Date): string | null => {
  if (typeof value === 'string') return Number.isNaN(Date.parse(value)) ? null : value;
  const seconds = whole(value);
  if (seconds === null) return null;
  return new Date(
    seconds >= leastEpoch ? seconds * 1000 : now.getTime() + seconds * 1000,
  ).toISOString();
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// What the service said that it allows, if it did.
const allowanceOf = ({ details, checkedAt }: Finding) => {
  const said = isRecord(details['rate_limit']) ? details['rate_limit'] : {};
  return {
    rate_limit_quota: whole(said['quota']),
    rate_limit_remaining: whole(said['remaining']),
    rate_limit_reset: instant(said['reset'], checkedAt),
  };
};

const itemOf = (finding: Finding, integration_id: string): IntegrationItem => {
  const { status } = finding.details;
  return {
    integration_id,
    event_type: 'api-call',
    direction: 'outbound',
    status_code: whole(status),
    success: finding.outcome !== 'failed',
    response_time: whole(finding.responseMs === null ? null : Math.round(finding.responseMs)),
    error_message: finding.reason,
    retry_count: 0,
    ...allowanceOf(finding),
    occurred_at: finding.checkedAt.toISOString(),
  };
};

/**
 * Notes checks as calls of the integrations that their services belong to. One that says nothing about the service is none;
 * an integration that is gone gets none. Tenants in the order of their ids, as locks are taken.
 */
export const integrationCalls = async (
  tx: Session,
  receivedAt: Date,
  calls: readonly Call[],
): Promise<void> => {
  const byTenant = new Map<string, { key: string; item: IntegrationItem }[]>();
  for (const { finding, integrationId } of calls) {
    if (integrationId === null || finding.outcome === 'unknown') continue;
    const items = byTenant.get(finding.tenantId) ?? [];
    items.push({ key: nameOf(finding), item: itemOf(finding, integrationId) });
    byTenant.set(finding.tenantId, items);
  }
  for (const [tenantId, items] of [...byTenant].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    await writeIntegrationEvents(tx, { tenantId, receivedAt, items });
};
