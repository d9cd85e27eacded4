import { randomUUID } from 'node:crypto';
import { auditExportEndpoints } from '@rookery/http/endpoints/audit-export';
import { database } from '@rookery/lambda/database';
import { exportFunction } from '@rookery/lambda/export';
import { sealManifest } from '@rookery/lambda/manifest-seal';
import { openExport } from '@rookery/warehouse/audit/export';
import { manifestOf, recordExport } from '@rookery/warehouse/audit/export-manifest';

/** GET /v1/audit-log/export: the audit as a file; its manifest is signed, and the export recorded, before the first byte. */
export const handler = exportFunction(auditExportEndpoints, {
  exportAuditLog: async (session, { identity, query, event }) => {
    const by = { ...identity, ...event.requestContext.http };
    const opened = await openExport(session, identity.tenantId, query);
    return {
      name: `audit-log_${opened.as_of.toISOString().slice(0, 10)}`,
      fresh: { as_of: opened.as_of, complete_through: null },
      parts: opened.parts,
      seal: (file) =>
        sealManifest(manifestOf({ id: randomUUID(), by, query, file, export: opened }), (made) =>
          recordExport((work) => database('records').transaction(work, identity), by, made),
        ),
    };
  },
});
