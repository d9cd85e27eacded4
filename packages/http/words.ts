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

/** How a rule compares a value with its threshold (seed 004 §2.4). */
export const operators = [
  'gt',
  'gte',
  'lt',
  'lte',
  'eq',
  'ne',
  'contains',
  'not-contains',
] as const;

/** The ways to tell people of alerts (seed 004 §2.5). */
export const channels = ['email', 'slack', 'sms', 'webhook', 'in-app', 'pagerduty'] as const;

/** How a condition on a label compares: equal, not equal, the whole value matches a pattern, or does not. */
export const matcherOps = ['=', '!=', '=~', '!~'] as const;
