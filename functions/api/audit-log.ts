import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Session } from '@rookery/db/pool';
import { auditLogEndpoints } from '@rookery/http/endpoints/audit-log';
import type { Identity } from '@rookery/http/identity';
import { database } from '@rookery/lambda/database';
import { readFunction } from '@rookery/lambda/read';
import { auditEntry, auditHead } from '@rookery/warehouse/audit/proof';
import { auditLog } from '@rookery/warehouse/audit/search';

type Asking = { readonly identity: Identity; readonly event: APIGatewayProxyEventV2 };

const readerOf = ({ identity, event }: Asking) => ({ ...identity, ...event.requestContext.http });

const commitOf =
  ({ identity }: Asking) =>
  <T>(work: (tx: Session) => Promise<T>): Promise<T> =>
    database('records').transaction(work, identity);

/** GET /v1/audit-log, …/chain and …/{seq}: the compliance audit; every read of it is recorded there first. */
export const handler = readFunction(auditLogEndpoints, {
  listAuditLog: (session, ask) => auditLog(session, commitOf(ask), readerOf(ask), ask),
  getAuditChain: (session, ask) => auditHead(session, commitOf(ask), readerOf(ask)),
  getAuditEntry: (session, ask) =>
    auditEntry(session, commitOf(ask), readerOf(ask), ask.params.seq),
});
