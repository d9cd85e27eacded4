import type { Auditor } from '@rookery/telemetry/audit/audit';

const actor = { id: 'u1', email: 'ada@example.com', role: 'admin' };
const resource = { resourceId: 'r1', ip: '203.0.113.9' };

/** A look at a page is no high-risk action: the audit takes its own catalogue alone (B2, B4). */
export const wrong = ({ audit }: Auditor): Promise<void> =>
  audit('admin_ui_viewed', { tenantId: 't1', actor, ...resource }); // wrong
