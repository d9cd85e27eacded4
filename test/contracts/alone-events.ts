import { randomUUID } from 'node:crypto';
import { operations } from '@rookery/http/api';
import { plan } from '@rookery/telemetry/plan/plan';
import { sinksOf } from '@rookery/telemetry/route';
import type { SinkName } from '@rookery/telemetry/sink';
import { eventOf } from '../../infra/local/http-event.ts';
import {
  queues,
  routes,
  schedules,
  type FunctionSpec,
  type QueueName,
  type QueueSpec,
  type ScheduleSpec,
} from '../../infra/topology.ts';

const at = '2026-11-21T10:00:00.000Z';
const tenant = { tenant_id: 'tenant_1' };

// An event of the plan that goes to a sink, as the door sends it there.
const admitted = (sink: SinkName) => {
  const [event, entry] = Object.entries(plan).find(([, one]) => sinksOf(one).includes(sink)) ?? [];
  if (entry === undefined) throw new Error(`no event of the plan goes to ${sink}`);
  const { version, example: properties } = entry;
  const id = '0196f1f0-0000-4000-8000-000000000001';
  return { envelopes: [{ ...tenant, id, event, version, actor: null, time: at, properties }] };
};

// A message of each queue that its function takes for one.
const bodies: Readonly<Record<QueueName, object>> = {
  aggregate: { ...tenant, kind: 'cells', days: ['2026-11-20'], reason: 'changed' },
  reconcile: { ...tenant, kind: 'reconcile', scheduled_time: at },
  ingest: {
    ...tenant,
    stream: 'performance-metrics',
    received_at: at,
    items: [{ key: 'a', item: {} }],
  },
  retention: {
    ...tenant,
    kind: 'retention',
    table_name: 'performance_metrics',
    action: 'delete',
    scheduled_time: at,
  },
  probe: { slot: at, services: [{ ...tenant, service_id: 'api' }] },
  notify: { ...tenant, notice_id: 'notice_1', attempt: 1 },
  events: { ...tenant, door: 'http', received_at: at, events: [{ event: 'no such' }] },
  posthog: admitted('posthog'),
  siem: admitted('siem'),
  metrics: admitted('metrics'),
  console: admitted('console'),
};

const record = (name: string, body: string) => ({
  messageId: randomUUID(),
  receiptHandle: 'receipt',
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: String(Date.parse(at)),
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: String(Date.parse(at)),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:eu-west-1:000000000000:${name}`,
  awsRegion: 'eu-west-1',
});

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
};

const request = (
  { method, path, params = {}, query = {}, body }: Asked,
  headers: Readonly<Record<string, string>>,
) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const parameters = Object.fromEntries(names.map((name) => [name, params[name] ?? 'x']));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
  const asked = String(new URLSearchParams(query));
  const wire = {
    method: method === 'ANY' ? 'GET' : method,
    target: `${filled.replace('$default', '/nowhere')}${asked === '' ? '' : `?${asked}`}`,
    headers: { ...headers, host: 'api.rookery.example', 'content-type': 'application/json' },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    sourceIp: '192.0.2.1',
    port: 443,
    requestId: randomUUID(),
    at: new Date(at),
  };
  return eventOf(wire, { routeKey: `${method} ${path}`, parameters });
};

// Every example of the contract with a token and the first without one; public routes as they are.
const requestsFor = (name: string, token: string): unknown[] => {
  const asked = operations
    .filter(({ served }) => served === name)
    .flatMap(({ endpoint: { method, path, examples } }) =>
      examples.map((example) => ({ method, path, ...example })),
    );
  const [first] = asked;
  if (first === undefined)
    return routes.filter((one) => one.function === name).map((one) => request(one, {}));
  const signed = { authorization: `Bearer ${token}` };
  return [request(first, {}), ...asked.map((one) => request(one, signed))];
};

const messagesFor = (queue: QueueName): unknown[] =>
  [JSON.stringify(bodies[queue]), '{}'].map((body) => ({ Records: [record(queue, body)] }));

/**
 * The events a function is invoked with to see what it asks of its environment: one firing of each of its schedules,
 * a good and a bad message of its queue, or the examples of its endpoints; one that deploys is invoked with nothing.
 */
export const eventsFor = (name: string, { handler }: FunctionSpec, token: string): unknown[] => {
  if (handler.startsWith('functions/deploy/')) return [{}];
  if (handler.startsWith('functions/api/')) return requestsFor(name, token);
  const jobs = Object.values<ScheduleSpec>(schedules).filter((one) => one.function === name);
  const messages = Object.entries<QueueSpec>(queues)
    .filter(([, queue]) => queue.function === name)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the topology's queues
    .flatMap(([queue]) => messagesFor(queue as QueueName));
  return [...messages, ...jobs.map(({ job }) => ({ job, scheduledTime: at }))];
};
