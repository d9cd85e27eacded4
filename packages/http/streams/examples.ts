import type { Example } from '../contract.ts';
import type { StreamName } from './names.ts';

const time = '2026-03-10T09:30:00Z';

const items = {
  'performance-metrics': {
    title: 'Requests of an endpoint in one minute',
    item: {
      time,
      metric_name: 'http_request_duration_ms',
      endpoint: '/v1/campaigns',
      method: 'GET',
      request_count: 3,
      error_count: 0,
      values: [12.5, 18, 240],
    },
  },
  errors: {
    title: 'An error that a service met',
    item: {
      occurred_at: time,
      error_type: 'TimeoutError',
      message: 'SMTP server did not answer in 10 s',
    },
  },
  'audit-events': {
    title: 'Somebody changed a campaign',
    item: {
      time,
      user_id: 'u-17',
      user_email: 'ana@heron.example',
      user_role: 'admin',
      action_type: 'update',
      resource_type: 'campaign',
      resource_id: 'c-1',
      description: 'Renamed the campaign',
      ip_address: '192.0.2.17',
    },
  },
  'user-activity': {
    title: 'A user opened a page',
    item: {
      time,
      user_id: 'u-17',
      session_id: 's-1',
      activity_type: 'page-view',
      page_url: '/campaigns',
    },
  },
  sessions: {
    title: 'A session begins',
    item: { event: 'start', time, session_id: 's-1', user_id: 'u-17' },
  },
  'integration-events': {
    title: 'A call of an external service',
    item: {
      occurred_at: time,
      integration_id: 'stripe',
      event_type: 'api-call',
      direction: 'outbound',
      endpoint: '/v1/charges',
      method: 'POST',
      status_code: 200,
      success: true,
      response_time: 183,
    },
  },
} as const satisfies Record<StreamName, { readonly title: string; readonly item: object }>;

const exampleOf = (stream: StreamName): Example => ({
  title: items[stream].title,
  params: { stream },
  body: { items: [{ id: `${stream}-1`, ...items[stream].item }] },
});

/** A request to the door for each stream. */
export const ingestExamples = [
  exampleOf('performance-metrics'),
  exampleOf('errors'),
  exampleOf('audit-events'),
  exampleOf('user-activity'),
  exampleOf('sessions'),
  exampleOf('integration-events'),
] as const satisfies readonly [Example, ...Example[]];
