/** The queues of infra/topology.ts, which a function cannot read; each has its settings in config.ts. */
export const queueNames = [
  'aggregate',
  'reconcile',
  'ingest',
  'retention',
  'probe',
  'notify',
  'events',
  'posthog',
  'siem',
  'metrics',
  'console',
] as const;
