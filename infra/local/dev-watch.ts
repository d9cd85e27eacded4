import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Role } from '@rookery/http/identity';
import { Failure } from '@rookery/kernel/failure';
import { signToken } from './issuer.ts';
import type { Runtime } from './runtime.ts';

/** Asks the monitoring of the API as somebody; null when there is no such thing. */
export type Call = (
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
) => Promise<unknown>;

/** The API in the hands of one person of a tenant. */
export const callAs = async (
  runtime: Runtime,
  stateDir: string,
  { tenantId, role }: { readonly tenantId: string; readonly role: Role },
): Promise<Call> => {
  const token = await signToken(stateDir, {
    tenantId,
    role,
    subject: 'on-call',
    expiresInSeconds: 600,
  });
  return async (method, path, body) => {
    const answer = await fetch(`${runtime.urls.api}/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.ok) return answer.json();
    if (answer.status === 404 && method === 'GET') return null;
    throw new Failure('conflict', 'demo-refused', `${method} ${path}: ${await answer.text()}`);
  };
};

/** The service of the demo's customer whose probe finds it closed now and then. */
export const shopId = 'shop';

/** The mailbox of the demo's customer that bounces. */
export const mailboxId = 'heron-analytics-partners-mailbox2';

const telling = {
  group_wait_seconds: 0,
  group_interval_seconds: 1,
  duration_minutes: 0,
  evaluation_interval: 1,
  suppress_duration: 0,
} as const;

/** Sets up, over the API, what a customer would have watched: a shop and the bounces of a mailbox; told by four channels. */
export const watchCustomer = async (runtime: Runtime, call: Call): Promise<void> => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  runtime.sink.expect('/webhook/heron', secret);
  await call('POST', 'monitoring/notification-targets', {
    id: 'team-channel',
    name: 'The team',
    channel: 'slack',
    secret: `${runtime.sink.url}/slack/heron`,
  });
  await call('POST', 'monitoring/notification-targets', {
    id: 'status-hook',
    name: 'Status page',
    channel: 'webhook',
    address: `${runtime.sink.url}/webhook/heron`,
    secret,
  });
  await call('POST', 'monitoring/services', {
    id: shopId,
    name: 'Web shop',
    is_public: true,
    check_interval: 60,
    probe: { kind: 'http', url: runtime.shop.url, contains: ['open'] },
    retry_count: 0,
  });
  const told = {
    ...telling,
    severity: 'critical',
    notification_channels: ['email', 'slack', 'webhook', 'in-app'],
    notification_recipients: {
      email: ['on-call@heron.example'],
      slack: ['team-channel'],
      webhook: ['status-hook'],
    },
  };
  await call('POST', 'monitoring/alert-rules', {
    id: 'shop-down',
    name: 'The web shop is down',
    metric_name: 'service.down',
    comparison_operator: 'gt',
    threshold: 0,
    scope: { matchers: [{ label: 'service_id', op: '=', value: shopId }] },
    ...told,
  });
  await call('POST', 'monitoring/alert-rules', {
    id: 'bounce-rate',
    name: 'A mailbox bounces',
    metric_name: 'mailbox.bounce_rate',
    comparison_operator: 'gt',
    threshold: 0.05,
    recovery_threshold: 0.045,
    min_samples: 20,
    scope: { matchers: [{ label: 'mailbox_id', op: '=', value: mailboxId }] },
    ...told,
  });
};

/** Sets up, over the API, how the platform watches itself: its API, its warehouse, a queue, a nightly job, dead letters. */
export const watchPlatform = async (runtime: Runtime, call: Call): Promise<void> => {
  const services = [
    ['rookery-api', 'Rookery API', { kind: 'http', url: `${runtime.urls.api}/health` }],
    ['warehouse', 'Warehouse', { kind: 'postgres', database: 'warehouse' }],
    ['aggregate-queue', 'Queue of cells', { kind: 'sqs', queue: 'aggregate', max_depth: 5_000 }],
    ['backup', 'Nightly backup', { kind: 'heartbeat', period_seconds: 86_400 }],
  ] as const;
  for (const [id, name, probe] of services)
    await call('POST', 'monitoring/services', { id, name, probe, is_public: true });
  await call('POST', 'heartbeats/backup', { status: 'ok', message: '41 GB in 12 minutes' });
  await call('POST', 'monitoring/alert-rules', {
    id: 'dead-letters',
    name: 'Messages are dead',
    metric_name: 'queue.dead',
    comparison_operator: 'gt',
    threshold: 0,
    severity: 'error',
    notification_channels: ['email'],
    notification_recipients: { email: ['operations@rookery.example'] },
  });
};

/** From now on the customer's rules are evaluated as often as those of others: each minute, told at most every five. */
export const calmDown = async (call: Call): Promise<void> => {
  for (const id of ['shop-down', 'bounce-rate'])
    await call('PATCH', `monitoring/alert-rules/${id}`, {
      revision: 0,
      evaluation_interval: 60,
      group_interval_seconds: 60,
      suppress_duration: 300,
    });
};

const stored = z.object({ data: z.looseObject({ revision: z.number() }) });

/** Points what an earlier start set up to the ports of this one. */
export const findAgain = async (runtime: Runtime, call: Call): Promise<void> => {
  const revisionOf = async (path: string): Promise<number> =>
    stored.parse(await call('GET', path)).data.revision;
  const shop = `monitoring/services/${shopId}`;
  const hook = 'monitoring/notification-targets/status-hook';
  const channel = 'monitoring/notification-targets/team-channel';
  await call('PATCH', shop, {
    revision: await revisionOf(shop),
    probe: { kind: 'http', url: runtime.shop.url, contains: ['open'] },
  });
  await call('PATCH', hook, {
    revision: await revisionOf(hook),
    address: `${runtime.sink.url}/webhook/heron`,
  });
  await call('PATCH', `${channel}/secret`, {
    revision: await revisionOf(channel),
    secret: `${runtime.sink.url}/slack/heron`,
  });
};
