import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { instant, whole } from '../fields.ts';
import { probe } from '../probes.ts';
import { text } from '../streams/texts.ts';
import { freshOfMonitoring, oneOf, serviceStatuses } from './monitoring-window.ts';
import {
  changeOf,
  changing,
  dataOf,
  deletionOf,
  idIn,
  integer,
  making,
  making201,
  setUp,
  words,
} from './setting.ts';

const path = '/v1/monitoring/services';
const onePath = `${path}/{service_id}` as const;
const params = z.strictObject({ service_id: idIn('service') });

const needed = { name: text(100) };
const optional = {
  probe: probe.nullable().meta({
    description: 'What is asked of it. By default nothing: others report its state.',
  }),
  description: words,
  service_type: text(50).meta({ description: 'By default the kind of its probe.' }),
  check_interval: integer(60, 86_400).meta({ description: 'Seconds. By default 300.' }),
  timeout: integer(1, 14).meta({
    description: 'Seconds of an attempt. By default 10; all attempts of a check have 14.',
  }),
  retry_count: integer(0, 5).meta({ description: 'Further attempts of a check. By default 3.' }),
  parent_id: text(50).nullable().meta({
    description: 'Service that it depends on: while that is down, this is unknown and silent.',
  }),
  failure_threshold: integer(1, 100).meta({
    description: 'Failed checks in a row after which it is down. By default 1.',
  }),
  success_threshold: integer(1, 100).meta({
    description: 'Good checks in a row after which it is up. By default 2, of a heartbeat 1.',
  }),
  degraded_ms: integer(1).nullable().meta({
    description: 'A good check that took longer is degraded.',
  }),
  is_active: z.boolean().meta({ description: 'Whether it is probed. By default true.' }),
  is_public: z.boolean().meta({ description: 'Whether its state is public. By default false.' }),
  integration_id: text(50).nullable().meta({
    description: 'Integration whose events its checks are, too.',
  }),
};

const uptime = z.number().min(0).max(100).nullable().meta({ description: 'In percent.' });
const moment = instant.nullable();

const settings = {
  ...setUp,
  name: z.string(),
  probe: z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({ description: 'What is asked of it, by kind, with its defaults.' }),
  description: z.string().nullable(),
  service_type: z.string(),
  check_interval: z.int(),
  timeout: z.int(),
  retry_count: z.int(),
  parent_id: z.string().nullable(),
  failure_threshold: z.int(),
  success_threshold: z.int(),
  degraded_ms: z.int().nullable(),
  is_active: z.boolean(),
  is_public: z.boolean(),
  integration_id: z.string().nullable(),
  managed_by: z.string().nullable(),
  health_check_url: z.string().nullable().meta({ description: 'What an http probe asks for.' }),
  next_check_at: moment.meta({ description: 'When it is due. Null: at once.' }),
  status: oneOf(serviceStatuses),
  reason: z.string().nullable().meta({ description: 'Why it has its state.' }),
  changed_at: moment.meta({ description: 'Since when it has its state.' }),
  last_check: instant,
  heartbeat_at: moment,
  uptime_24h: uptime,
  uptime_7d: uptime,
  uptime_30d: uptime,
};

const service = z.object(settings).meta({ id: 'Service' });

const detail = z
  .object({
    ...settings,
    checks: z.array(
      z.object({
        checked_at: instant,
        status: oneOf(serviceStatuses),
        response_time: z.int().nullable().meta({ description: 'In milliseconds.' }),
        error_message: z.string().nullable(),
        details: z.unknown().meta({ description: 'What the check saw, or null.' }),
      }),
    ),
  })
  .meta({ id: 'ServiceDetail' });

/** One service; the list is in monitoring-health.ts. */
export const serviceEndpoints = {
  getService: {
    method: 'GET',
    path: onePath,
    tag: 'Services',
    summary: 'One service, with its last checks',
    description: 'What is asked of it, how it stands and since when, and its uptime.',
    roles: analysts,
    params,
    query: z.strictObject({
      checks: whole(0, 500, 20).meta({ description: 'The most checks, the newest first.' }),
    }),
    response: z.object({ data: detail, ...freshOfMonitoring }).meta({ id: 'ServiceAnswer' }),
    cache: 'none',
    rate: 'read',
    examples: [{ title: 'One service', params: { service_id: 'api' }, query: { checks: '5' } }],
  },
} as const satisfies Endpoints;

const tag = 'Services';

/** What people change of services. */
export const serviceChangeEndpoints = {
  createService: {
    ...making201({
      path,
      body: making(needed, optional, 'ServiceNew'),
      response: dataOf(service, 'ServiceMade'),
      summary: 'Sets a service up',
      description:
        'It is probed within a minute. An address that no probe may reach is refused here already; a name is looked at when it is probed. Databases and queues of the platform are for the platform alone.',
      examples: [
        {
          title: 'An API',
          body: {
            name: 'API',
            probe: { kind: 'http', url: 'https://api.example.com/health', contains: ['ok'] },
            degraded_ms: 800,
            is_public: true,
          },
        },
        {
          title: 'A nightly job',
          body: {
            name: 'Backup',
            probe: { kind: 'heartbeat', period_seconds: 86_400, grace_seconds: 3_600 },
          },
        },
      ],
    }),
    tag,
  },
  changeService: {
    ...changeOf({
      path: onePath,
      params,
      body: changing({ ...needed, ...optional }, 'ServiceChange'),
      response: dataOf(service, 'ServiceChanged'),
      summary: 'Changes a service',
      description:
        'What is left out stays; `probe` is replaced whole. 409 when somebody changed it since you saw it.',
      examples: [
        {
          title: 'Show it',
          params: { service_id: 'api' },
          body: { revision: 0, is_public: true },
        },
      ],
    }),
    tag,
  },
  deleteService: {
    ...deletionOf({
      path: onePath,
      params,
      response: dataOf(service, 'ServiceDeleted'),
      summary: 'Deletes a service',
      description:
        'It is not probed any more; its checks go with time. While others depend on it the answer is 409.',
      examples: [{ title: 'Delete it', params: { service_id: 'idle' }, query: { revision: '0' } }],
    }),
    tag,
  },
} as const satisfies Endpoints;
