import type { Metric } from './catalogue.ts';

const hour = 60;
const day = 24 * hour;

const over = (usual: number, most: number, least = 1) => ({ usual, least, most });
const newest = over(1, 1);

type Rest = Omit<Metric, 'name' | 'title' | 'unit' | 'about'>;
const metric = (
  name: string,
  title: string,
  unit: Metric['unit'],
  rest: Rest,
  about: string,
): Metric => ({ name, title, unit, ...rest, about });

const requests: Rest = {
  kind: 'number',
  labels: ['endpoint', 'method'],
  window: over(5, 30 * day),
  source: 'requests',
};
const services: Rest = {
  kind: 'number',
  labels: ['service_id'],
  window: newest,
  source: 'services',
};
const queues: Rest = { ...services, labels: ['service_id', 'queue'], source: 'queues' };
const integrations: Rest = {
  kind: 'number',
  labels: ['integration_id', 'integration_type'],
  window: over(hour, 7 * day),
  source: 'integrations',
};
const errors: Rest = {
  kind: 'number',
  labels: ['environment', 'error_type'],
  window: over(5, 7 * day),
  source: 'errors',
};

const spans =
  'Out of the minutes of http_request_duration_ms for windows of up to an hour; longer ones are made of rollups, have no label method and end with the last five minutes that are over.';
const silent =
  'None while the service is unknown: because of its parent, maintenance, or no fresh check.';

/** What is measured of the platform: requests, services, queues, integrations, jobs, errors, users. */
export const platformMetrics: readonly Metric[] = [
  metric('request.p50', 'Median latency of', 'ms', requests, `Merged from sketches. ${spans}`),
  metric(
    'request.p95',
    '95th percentile latency of',
    'ms',
    requests,
    `Merged from sketches. ${spans}`,
  ),
  metric(
    'request.p99',
    '99th percentile latency of',
    'ms',
    requests,
    `Merged from sketches. ${spans}`,
  ),
  metric('request.mean', 'Mean latency of', 'ms', requests, `Sum over count. ${spans}`),
  metric(
    'request.error_rate',
    'Error rate of',
    'percent',
    requests,
    `Failed of all requests. ${spans}`,
  ),
  metric(
    'request.throughput',
    'Throughput of',
    'per second',
    requests,
    `Requests a second. ${spans}`,
  ),
  metric('request.count', 'Requests to', 'count', requests, `Requests in the window. ${spans}`),
  metric(
    'service.down',
    'Outage of service',
    'count',
    { ...services, flag: { subject: 'Service', yes: 'down', no: 'not down' } },
    `1 when the last check before the slot found it down, else 0. ${silent}`,
  ),
  metric(
    'service.response_time',
    'Response time of service',
    'ms',
    services,
    `Of the last check before the slot that had an answer. ${silent}`,
  ),
  metric(
    'service.status',
    'Checks of service',
    'matches',
    { ...services, kind: 'text', window: over(5, 7 * day) },
    `Checks in the window, each as its state and reason: \`down: connection refused\`. ${silent}`,
  ),
  metric(
    'queue.depth',
    'Messages in queue',
    'count',
    queues,
    'Waiting, at the last check of the queue.',
  ),
  metric('queue.dead', 'Dead letters of queue', 'count', queues, 'At the last check of the queue.'),
  metric(
    'integration.success_rate',
    'Success rate of integration',
    'percent',
    integrations,
    'Successful calls of all calls in the window.',
  ),
  metric(
    'integration.rate_limit_left',
    'Calls left to integration',
    'count',
    { ...integrations, window: newest },
    'What the integration last said; its whole allowance once that is reset. Older states are not kept.',
  ),
  metric(
    'integration.status',
    'Calls of integration',
    'matches',
    { ...integrations, kind: 'text' },
    'Calls in the window, each as what became of it: `ok 200` or `failed 503 upstream timed out`.',
  ),
  metric(
    'error.count',
    'Errors of type',
    'count',
    errors,
    'Occurrences in the window. Of a group and UTC day ten are counted one by one, more are projected from the sample that is kept.',
  ),
  metric(
    'error.message',
    'Errors of type',
    'matches',
    { ...errors, kind: 'text' },
    'Occurrences in the window by the message of their group, counted as error.count is.',
  ),
  metric(
    'event.rejected',
    'Rejected events of code',
    'count',
    { kind: 'number', labels: ['code'], window: over(5, 7 * day), source: 'events' },
    'Events that the tracking plan refused in the window, each counted once; of tenant platform those that name no tenant.',
  ),
  metric(
    'activity.users',
    'Active users of the tenant',
    'count',
    { kind: 'number', labels: [], window: over(hour, day), source: 'activity' },
    'Distinct users who did something in the window; 0 when nobody did.',
  ),
  metric(
    'job.lag',
    'Delay of job',
    'seconds',
    { kind: 'number', labels: ['job'], window: newest, source: 'runs' },
    'Since the slot of the last run of a warehouse job that had ended. Only for tenant platform.',
  ),
  metric(
    'tenant.lag',
    'Delay of the facts of the tenant',
    'seconds',
    { kind: 'number', labels: [], window: newest, source: 'runs' },
    'Since the moment up to which the facts are complete. Older states are not kept: slots before it have none.',
  ),
  metric(
    'rollup.lag',
    'Delay of rollup',
    'seconds',
    { kind: 'number', labels: ['rollup'], window: newest, source: 'rollups' },
    'Since the oldest mark that waits was made, 0 when none does. Older states are not kept: only slots of the last quarter of an hour have one.',
  ),
];
