import * as z from 'zod';
import { entry } from './entry.ts';
import { count, milliseconds, word } from './fields.ts';

const common = { nature: 'operations', owner: 'platform', version: 1, pii: [] } as const;
const endpoint = z.string().min(1).max(500);

/** How the system does (seed 002 §6.3): each becomes values of metrics. */
export const infra = {
  infra_connection_pool_metrics: entry({
    ...common,
    description: 'How full a connection pool is, told once in a while.',
    sinks: ['metrics'],
    metrics: [
      { name: 'connection_pool_active', field: 'active', unit: 'count', kind: 'gauge' },
      { name: 'connection_pool_idle', field: 'idle', unit: 'count', kind: 'gauge' },
      { name: 'connection_pool_waiting', field: 'waiting', unit: 'count', kind: 'gauge' },
      { name: 'connection_pool_size', field: 'size', unit: 'count', kind: 'gauge' },
    ],
    labels: ['service', 'pool'],
    properties: z.strictObject({
      service: word,
      pool: word,
      active: count,
      idle: count,
      waiting: count,
      size: count.optional(),
    }),
    example: { service: 'api', pool: 'oltp', active: 7, idle: 3, waiting: 0, size: 10 },
  }),
  infra_error_rate: entry({
    ...common,
    description: 'How many requests a service had since it told last, and how many failed.',
    sinks: ['metrics', 'console'],
    metrics: [
      { name: 'requests', field: 'requests', unit: 'count', kind: 'counter', errors: 'errors' },
    ],
    labels: ['service', 'endpoint'],
    properties: z
      .strictObject({
        service: word,
        endpoint: endpoint.optional(),
        requests: count,
        errors: count,
      })
      .refine(({ requests, errors }) => errors <= requests, {
        path: ['errors'],
        error: 'is more than requests',
      }),
    example: { service: 'api', endpoint: '/v1/campaigns', requests: 1_200, errors: 3 },
  }),
  infra_latency: entry({
    ...common,
    description: 'How long one request took.',
    sinks: ['metrics'],
    metrics: [
      { name: 'latency_ms', field: 'duration_ms', unit: 'milliseconds', kind: 'histogram' },
    ],
    labels: ['service', 'endpoint', 'method', 'status_code'],
    properties: z.strictObject({
      service: word,
      endpoint: endpoint.optional(),
      method: z.string().min(1).max(10).optional(),
      status_code: z.int().min(100).max(599).optional(),
      duration_ms: milliseconds,
    }),
    example: {
      service: 'api',
      endpoint: '/v1/campaigns',
      method: 'GET',
      status_code: 200,
      duration_ms: 41.5,
    },
  }),
} as const;
