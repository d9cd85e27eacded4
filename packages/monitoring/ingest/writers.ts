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

/** How each stream is written, and into which partitioned table. */
export const writers: { readonly [S in StreamName]: Stream<Items[S]> } = {
  'performance-metrics': {
    name: 'performance-metrics',
    table: 'tb_performance_metric',
    timeOf,
    write: writePerformance,
  },
  errors: {
    name: 'errors',
    table: 'tb_error_instance',
    timeOf: occurred,
    write: writeErrors,
  },
  'audit-events': {
    name: 'audit-events',
    table: 'tb_audit_event',
    timeOf,
    write: writeAuditEvents,
  },
  'user-activity': {
    name: 'user-activity',
    table: 'tb_user_activity',
    timeOf,
    write: writeActivity,
  },
  sessions: { name: 'sessions', table: null, timeOf, write: writeSessions },
  'integration-events': {
    name: 'integration-events',
    table: 'tb_integration_event',
    timeOf: occurred,
    write: writeIntegrationEvents,
  },
};
