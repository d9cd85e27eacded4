import * as z from 'zod';
import { isPlain } from '@rookery/kernel/text';
import { auditEvent } from './audit-events.ts';
import { errorReport } from './errors.ts';
import { integrationEvent } from './integration-events.ts';
import type { StreamName } from './names.ts';
import { performanceMetric } from './performance-metrics.ts';
import { sessionEvent } from './sessions.ts';
import { userActivity } from './user-activity.ts';

/** What an item of each stream holds. */
export const streamItems = {
  'performance-metrics': performanceMetric,
  errors: errorReport,
  'audit-events': auditEvent,
  'user-activity': userActivity,
  sessions: sessionEvent,
  'integration-events': integrationEvent,
} as const satisfies Record<StreamName, z.ZodObject>;

const id = {
  id: z
    .string()
    .min(1)
    .max(200)
    .refine(isPlain, 'holds a control character')
    .optional()
    .meta({ description: 'Your own key of the item: sent twice into the stream, it counts once.' }),
};

/** An item of each stream as the door takes it: with a key of its sender. */
export const sentItems = {
  'performance-metrics': performanceMetric.safeExtend(id).meta({
    id: 'PerformanceMetricItem',
    description: 'An item of `performance-metrics`.',
  }),
  errors: errorReport
    .safeExtend(id)
    .meta({ id: 'ErrorReportItem', description: 'An item of `errors`.' }),
  'audit-events': auditEvent
    .safeExtend(id)
    .meta({ id: 'AuditEventItem', description: 'An item of `audit-events`.' }),
  'user-activity': userActivity
    .safeExtend(id)
    .meta({ id: 'UserActivityItem', description: 'An item of `user-activity`.' }),
  sessions: sessionEvent
    .safeExtend(id)
    .meta({ id: 'SessionEventItem', description: 'An item of `sessions`.' }),
  'integration-events': integrationEvent
    .safeExtend(id)
    .meta({ id: 'IntegrationEventItem', description: 'An item of `integration-events`.' }),
} as const satisfies Record<StreamName, z.ZodObject>;
