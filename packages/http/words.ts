/** The severities of monitoring, in ascending order (seed 004 §2.2). */
export const severities = ['debug', 'info', 'warning', 'error', 'fatal', 'critical'] as const;

/** What an audited action did (seed 004 §2.7). */
export const auditActions = [
  'create',
  'read',
  'update',
  'delete',
  'execute',
  'export',
  'login',
  'logout',
  'access-denied',
] as const;
