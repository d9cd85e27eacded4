import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { id, instant, whole } from '../fields.ts';
import { freshOfMonitoring, oneOf, serviceStatuses, since } from './monitoring-window.ts';

const percent = z.number().min(0).max(100);

const kinds = [
  'payment-gateway',
  'email-service',
  'cloud-storage',
  'auth-provider',
  'analytics',
  'erp-system',
  'sms-service',
  'webhook',
] as const;

const integration = z
  .object({
    id,
    name: z.string(),
    integration_type: oneOf(kinds),
    status: oneOf(serviceStatuses),
    is_active: z.boolean(),
    success_rate_24h: percent.nullable().meta({
      description: 'Percent, as of the last check. Null without calls.',
    }),
    avg_response_time: z.int().min(0).nullable().meta({
      description: 'Milliseconds, as of the last check. Null without answers.',
    }),
    error_count_24h: z.int().min(0).nullable().meta({ description: 'As of the last check.' }),
    errors_last_hour: z.int().min(0).meta({ description: 'Calls that failed, counted now.' }),
    last_check: instant,
    last_success: instant.nullable(),
    rate_limit_quota: z.int().nullable(),
    rate_limit_remaining: z.int().nullable(),
    rate_limit_reset: instant.nullable(),
  })
  .meta({ id: 'IntegrationHealth' });

const calls = z
  .object({
    integration_id: id,
    name: z.string(),
    event_type: z.string(),
    total_events: z.int().min(1),
    successful_events: z.int().min(0),
    success_rate: percent,
    avg_response_time_ms: z.number().nullable().meta({ description: 'Null without answers.' }),
  })
  .meta({ id: 'IntegrationMetrics' });

/** The external services that the product depends on: their health, and their calls. */
export const monitoringIntegrationEndpoints = {
  listIntegrationHealth: {
    method: 'GET',
    path: '/v1/monitoring/integrations',
    tag: 'Monitoring',
    summary: 'Integrations and their health',
    description:
      'Every external service as it was last checked, those with the most errors first, with the calls that failed in the hour before now.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({}),
    response: z
      .object({ data: z.array(integration), ...freshOfMonitoring })
      .meta({ id: 'IntegrationHealthList' }),
    rows: integration,
    cache: 'none',
    rate: 'read',
    examples: [{ title: 'All integrations' }],
  },
  listIntegrationMetrics: {
    method: 'GET',
    path: '/v1/monitoring/integration-metrics',
    tag: 'Monitoring',
    summary: 'Calls by integration and kind',
    description:
      'How many calls each integration had of each kind, how many succeeded and how long they took, the most first. Two integrations of one name stay two rows.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      hours: whole(1, 168, 24).meta({ description: 'How many hours, up to now.' }),
    }),
    response: z
      .object({ data: z.array(calls), since, ...freshOfMonitoring })
      .meta({ id: 'IntegrationMetricsList' }),
    rows: calls,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'The last hour', query: { hours: '1' } }],
  },
} as const satisfies Endpoints;
