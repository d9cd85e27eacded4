import type { Auditor } from '@rookery/telemetry/audit/audit';

const actor = { id: 'u1', email: 'ada@example.com', role: 'admin' };
const resource = { resourceId: 'r1', ip: '203.0.113.9' };

/** A high-risk action of nobody's. */
export const wrong = ({ audit }: Auditor): Promise<void> =>
  audit('impersonation.started', { actor, ...resource }); // wrong
