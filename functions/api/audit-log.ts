import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { auditLogEndpoints } from '@rookery/http/endpoints/audit-log';
import { database } from '@rookery/lambda/database';
import { readFunction } from '@rookery/lambda/read';
import { auditLog } from '@rookery/warehouse/audit/log';

const answer = readFunction(auditLogEndpoints, {
  listAuditLog: (session, { identity, query, after, event }) =>
    auditLog(
      session,
      (work) => database('api').transaction(work, identity),
      { ...identity, ...event.requestContext.http },
      { query, after },
    ),
});

// Reads take turns in a process: each holds a connection while its record needs another, and the pool has two.
let last: Promise<unknown> = Promise.resolve();

/** GET /v1/audit-log: the compliance audit of the tenant; every read of it is recorded there first. */
export const handler = (event: APIGatewayProxyEventV2, context: Context) => {
  const mine = last.then(() => answer(event, context));
  last = mine.catch(() => {});
  return mine;
};
