import { auditLogEndpoints } from '@rookery/http/endpoints/audit-log';
import { database } from '@rookery/lambda/database';
import { readFunction } from '@rookery/lambda/read';
import { auditLog } from '@rookery/warehouse/audit/log';

/** GET /v1/audit-log: the compliance audit of the tenant; every read of it is recorded there first. */
export const handler = readFunction(auditLogEndpoints, {
  listAuditLog: (session, { tenantId, identity: { subject, role }, query, after, event }) =>
    auditLog(
      session,
      (work) => database('api').transaction(work, { tenantId, role }),
      {
        tenantId,
        subject,
        role,
        ipAddress: event.requestContext.http.sourceIp || null,
        userAgent: event.requestContext.http.userAgent || null,
      },
      { query, after },
    ),
});
