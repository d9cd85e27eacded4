import { auditLogEndpoints } from '@rookery/http/endpoints/audit-log';
import { database } from '@rookery/lambda/database';
import { readFunction } from '@rookery/lambda/read';
import { auditLog } from '@rookery/warehouse/audit/log';

/** GET /v1/audit-log: the compliance audit of the tenant; every read of it is recorded there first. */
export const handler = readFunction(auditLogEndpoints, {
  listAuditLog: (session, { identity, query, after, event }) =>
    auditLog(
      session,
      (work) => database('records').transaction(work, identity),
      { ...identity, ...event.requestContext.http },
      { query, after },
    ),
});
