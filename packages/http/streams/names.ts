/** The streams that data comes in by, as `/v1/ingest/{stream}` and the scopes of API keys name them. */
export const streamNames = [
  'performance-metrics',
  'errors',
  'audit-events',
  'user-activity',
  'sessions',
  'integration-events',
] as const;

/** The name of a stream. */
export type StreamName = (typeof streamNames)[number];
