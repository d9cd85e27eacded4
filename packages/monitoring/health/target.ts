import type { Session } from '@rookery/db/pool';
import type { Finding, ServiceKey } from './finding.ts';
import type { ProbeMessage } from './message.ts';
import { readTargets } from './target.sql.ts';

/** A service as it is to be checked. */
export type Target = ServiceKey & {
  readonly probe: unknown;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly revision: number;
  /** True for a service of the platform itself. */
  readonly isPlatform: boolean;
};

/** What a run of checks says of its targets. */
export type Found = {
  readonly checked: readonly {
    readonly target: Target;
    readonly finding: Pick<Finding, 'outcome' | 'responseMs' | 'reason' | 'details'>;
    readonly checkedAt: Date;
  }[];
};

/** The services of a message that are still to be checked, as they are set up now. */
export const targetsOf = async (
  db: Session,
  { slot, services }: ProbeMessage,
): Promise<Target[]> => {
  const keys = services.map((key) => ({ tenantId: key.tenant_id, serviceId: key.service_id }));
  return (await db.query(readTargets, { slot, services: keys })).map((row) => ({
    tenantId: row.tenant_id,
    serviceId: row.id,
    probe: row.probe,
    timeoutSeconds: row.timeout,
    retries: row.retry_count,
    revision: row.revision,
    isPlatform: row.tenant_id === 'platform',
  }));
};

/** What was found of the services of a message, for its slot. */
export const findingsOf = ({ slot }: ProbeMessage, { checked }: Found): Finding[] =>
  checked.map(({ target: { tenantId, serviceId, revision }, finding, checkedAt }) => ({
    tenantId,
    serviceId,
    revision,
    slot: new Date(slot),
    checkedAt,
    outcome: finding.outcome,
    responseMs: finding.responseMs,
    reason: finding.reason,
    details: finding.details,
  }));
