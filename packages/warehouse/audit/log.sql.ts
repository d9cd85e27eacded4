import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { Day } from '@rookery/kernel/day';

/** An edge of time as a caller names it: an instant as text, or the start of a day in the zone of the tenant. */
export type Edge = { readonly instant: string } | { readonly day: Day };

/** An entry that tells that someone read what belongs to a tenant; null where nothing is known. */
export type ReadEntry = {
  readonly tenantId: string;
  readonly adminUserId: string;
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly dataClassification: string;
  readonly retentionCategory: string;
};

// An entry waits for whoever writes to the tenant's chain at this moment. A batch of 500 events that are all promoted takes
// 0.3 s (2026-11); a transaction that is slower must not hold every reader of the log up, for reads are entries too.
const mostWait = '2s';

/**
 * Writes one entry at the moment of its transaction; returns its number. Fails with a lock timeout after 2 s behind another
 * writer of the tenant: the wait begins when the row is written, after the setting.
 */
export const addEntry = statement<ReadEntry, { id: 'int8' }>({
  title: 'add an audit entry',
  on: 'warehouse',
  columns: { id: 'int8' },
  example: {
    tenantId: 'nobody',
    adminUserId: 'nobody',
    action: 'audit_log.read',
    resourceType: 'admin_audit_log',
    resourceId: 'nobody',
    ipAddress: null,
    userAgent: null,
    metadata: {},
    dataClassification: 'restricted',
    retentionCategory: 'audit_access',
  },
  sql: (entry) => sql`
insert into olap.admin_audit_log (tenant_id, admin_user_id, action, resource_type, resource_id, ip_address, user_agent,
  metadata, data_classification, retention_category)
select ${entry.tenantId}, ${entry.adminUserId}, ${entry.action}, ${entry.resourceType}, ${entry.resourceId},
  ${entry.ipAddress}, ${entry.userAgent}, ${JSON.stringify(entry.metadata)}::jsonb, ${entry.dataClassification},
  ${entry.retentionCategory}
from (select set_config('lock_timeout', ${mostWait}, true) as wait) bound where wait is not null
returning id`,
});
