import { writeActivity, type ActivityItem } from '../activity/write.ts';
import type { AuditItem } from '../audit/item.ts';
import { writeAuditEvents } from '../audit/write.ts';
import type { ErrorItem } from '../errors/item.ts';
import { writeErrors } from '../errors/write.ts';
import type { IntegrationItem } from '../integrations/item.ts';
import { writeIntegrationEvents } from '../integrations/write.ts';
import { writePerformance } from '../performance/write.ts';
import type { PerformanceItem } from '../performance/write-series.ts';
import type { SessionItem } from '../sessions/session.ts';
import { writeSessions } from '../sessions/write.ts';
import type { StreamName } from './stream.ts';
import type { Stream } from './take.ts';

/** What an item of each stream is once the schema of its stream has let it through. */
export type Items = {
  'performance-metrics': PerformanceItem;
  errors: ErrorItem;
  'audit-events': AuditItem;
  'user-activity': ActivityItem;
  sessions: SessionItem;
  'integration-events': IntegrationItem;
};

const timeOf = ({ time }: { readonly time: string }): Date => new Date(time);
const occurred = ({ occurred_at }: { readonly occurred_at: string }): Date => new Date(occurred_at);

// A day less than rows stay as they came: metrics are deleted after 7 days, of the others what is personal goes after 30.
// Nothing may arrive for a range that is done.
const mostDays = 29;
const mostMetricDays = 6;

/** How each stream is written, how old its items may be, and into which partitioned table they go. */
export const writers: { readonly [S in StreamName]: Stream<Items[S]> } = {
  'performance-metrics': {
    name: 'performance-metrics',
    table: 'tb_performance_metric',
    timeOf,
    mostAgeDays: mostMetricDays,
    write: writePerformance,
  },
  errors: {
    name: 'errors',
    table: 'tb_error_instance',
    timeOf: occurred,
    mostAgeDays: mostDays,
    write: writeErrors,
  },
  'audit-events': {
    name: 'audit-events',
    table: 'tb_audit_event',
    timeOf,
    mostAgeDays: mostDays,
    write: writeAuditEvents,
  },
  'user-activity': {
    name: 'user-activity',
    table: 'tb_user_activity',
    timeOf,
    mostAgeDays: mostDays,
    write: writeActivity,
  },
  sessions: { name: 'sessions', table: null, timeOf, mostAgeDays: mostDays, write: writeSessions },
  'integration-events': {
    name: 'integration-events',
    table: 'tb_integration_event',
    timeOf: occurred,
    mostAgeDays: mostDays,
    write: writeIntegrationEvents,
  },
};
