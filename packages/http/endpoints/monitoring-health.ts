import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { id, instant, nextCursor, page, whole } from '../fields.ts';
import { freshOfMonitoring, oneOf, serviceStatuses } from './monitoring-window.ts';

const count = z.int().min(0);
const uptime = z.number().min(0).max(100).nullable();

const status = oneOf(serviceStatuses);

const check = z
  .object({
    status,
    response_time: count.nullable().meta({ description: 'In milliseconds. Null without answer.' }),
    checked_at: instant,
  })
  .meta({ id: 'HealthCheck' });

const service = z
  .object({
    id,
    name: z.string(),
    service_type: z.string(),
    status,
    uptime_24h: uptime.meta({
      description: 'In percent of the last 24 hours. Null when nothing is known of them.',
    }),
    last_check: instant,
    recent_checks: z.array(check).meta({ description: 'The newest first.' }),
    reason: z.string().nullable().meta({ description: 'Why it has its state.' }),
    changed_at: instant.nullable().meta({ description: 'Since when it has its state.' }),
    is_active: z.boolean().meta({ description: 'Whether it is probed.' }),
    revision: z.int().min(0).meta({ description: 'What a change has to name.' }),
  })
  .meta({ id: 'ServiceHealth' });

// The order of this list cannot be chosen.
const { limit, cursor } = page(['name']);

/** The health of services: all together, and each with its checks. */
export const monitoringHealthEndpoints = {
  getSystemHealth: {
    method: 'GET',
    path: '/v1/monitoring/health',
    tag: 'Monitoring',
    summary: 'Services by state',
    description:
      'How many services there are and in which state; the four states add up to `total_services`.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({}),
    response: z
      .object({
        data: z.object({
          total_services: count,
          healthy_count: count,
          degraded_count: count,
          down_count: count,
          unknown_count: count,
          stale_count: count.meta({
            description:
              'Of all: not checked for three of their intervals, so that their state is an old one.',
          }),
          avg_uptime_24h: uptime.meta({
            description:
              'Mean uptime of the services that have one, in percent. Null when none has.',
          }),
        }),
        ...freshOfMonitoring,
      })
      .meta({ id: 'SystemHealth' }),
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'Services by state' }],
  },
  listServiceHealth: {
    method: 'GET',
    path: '/v1/monitoring/services',
    tag: 'Monitoring',
    summary: 'Services with their latest checks, by name',
    description: 'Every service with its state, its uptime and its latest checks.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      limit,
      cursor,
      status: z
        .enum(serviceStatuses)
        .optional()
        .meta({ description: 'Only services in this state.' }),
      checks: whole(0, 100, 10).meta({ description: 'The most checks of each service.' }),
    }),
    response: z
      .object({ data: z.array(service), next_cursor: nextCursor, ...freshOfMonitoring })
      .meta({ id: 'ServiceHealthList' }),
    rows: service,
    cache: 'facts',
    rate: 'read',
    examples: [{ title: 'What is down', query: { status: 'down' } }],
  },
} as const satisfies Endpoints;
