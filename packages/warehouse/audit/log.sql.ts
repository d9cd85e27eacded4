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

/** Writes one entry at the moment of its transaction; returns its number. */
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
values (${entry.tenantId}, ${entry.adminUserId}, ${entry.action}, ${entry.resourceType}, ${entry.resourceId},
  ${entry.ipAddress}, ${entry.userAgent}, ${JSON.stringify(entry.metadata)}::jsonb, ${entry.dataClassification},
  ${entry.retentionCategory})
returning id`,
});
