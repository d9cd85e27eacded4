import { monitoringAuditEndpoints } from '@rookery/http/endpoints/monitoring-audit';
import { readFunction } from '@rookery/lambda/read';
import { auditEventOf, auditSearch, auditUserSummary } from '@rookery/monitoring/reports/audit';

/** GET /v1/monitoring/audit-…: audit events searched, one with its changes, and a summary by user. */
export const handler = readFunction(monitoringAuditEndpoints, {
  searchAuditEvents: auditSearch,
  getAuditEvent: (session, { tenantId, params }) =>
    auditEventOf(session, tenantId, params.event_id),
  listAuditUsers: auditUserSummary,
});
