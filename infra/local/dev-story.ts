import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { openDb } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { hurryService } from '@rookery/monitoring/demo/stage.sql';
import { sendBurst } from '@rookery/source/demo-story.sql';
import type { Screen } from '../../packages/cli/screen.ts';
import { untilIdle } from './dev-run.ts';
import { signToken } from './issuer.ts';
import type { Runtime } from './runtime.ts';

/** Whose shop is closed and whose mailbox bounces. */
export const storyTenant = 'heron-analytics';

const mailboxId = 'heron-analytics-partners-mailbox2';
const serviceId = 'shop';
const secondMs = 1_000;

type Method = 'GET' | 'POST' | 'PATCH';
type Call = (method: Method, path: string, body?: object) => Promise<unknown>;

const signed = async (runtime: Runtime, stateDir: string): Promise<Call> => {
  const token = await signToken(stateDir, {
    tenantId: storyTenant,
    role: 'tenant-admin',
    subject: 'on-call',
    expiresInSeconds: 600,
  });
  return async (method, path, body) => {
    const answer = await fetch(`${runtime.urls.api}/v1/monitoring/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.ok) return answer.json();
    if (answer.status === 404 && method === 'GET') return null;
    throw new Failure('conflict', 'story-refused', `${method} ${path}: ${await answer.text()}`);
  };
};

const telling = {
  notification_channels: ['email', 'slack', 'webhook', 'in-app'],
  notification_recipients: {
    email: ['on-call@heron.example'],
    slack: ['team-channel'],
    webhook: ['status-hook'],
  },
  group_wait_seconds: 0,
  group_interval_seconds: 1,
  duration_minutes: 0,
  evaluation_interval: 1,
  suppress_duration: 0,
} as const;

// What a customer would set up over the API.
const setUp = async (runtime: Runtime, call: Call): Promise<void> => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  runtime.sink.expect('/webhook/heron', secret);
  await call('POST', 'notification-targets', {
    id: 'team-channel',
    name: 'The team',
    channel: 'slack',
    secret: `${runtime.sink.url}/slack/heron`,
  });
  await call('POST', 'notification-targets', {
    id: 'status-hook',
    name: 'Status page',
    channel: 'webhook',
    address: `${runtime.sink.url}/webhook/heron`,
    secret,
  });
  await call('POST', 'services', {
    id: serviceId,
    name: 'Web shop',
    is_public: true,
    check_interval: 60,
    probe: { kind: 'http', url: runtime.shop.url, contains: ['open'] },
    retry_count: 0,
  });
  await call('POST', 'alert-rules', {
    id: 'shop-down',
    name: 'The web shop is down',
    metric_name: 'service.down',
    comparison_operator: 'gt',
    threshold: 0,
    severity: 'critical',
    scope: { matchers: [{ label: 'service_id', op: '=', value: serviceId }] },
    ...telling,
  });
  await call('POST', 'alert-rules', {
    id: 'bounce-rate',
    name: 'A mailbox bounces',
    metric_name: 'mailbox.bounce_rate',
    comparison_operator: 'gt',
    threshold: 0.05,
    recovery_threshold: 0.045,
    min_samples: 20,
    severity: 'critical',
    scope: { matchers: [{ label: 'mailbox_id', op: '=', value: mailboxId }] },
    ...telling,
  });
};

const alertList = z.object({
  data: z.array(z.object({ id: z.string(), alert_rule_id: z.string(), status: z.string() })),
});
const oneAlert = z.object({
  data: z.object({ id: z.string(), status: z.string(), revision: z.number() }),
});

/**
 * Plays, once, what a tenant of the demo goes through: its shop closes and opens, and a mailbox bounces, is looked after and
 * recovers. All of it goes the way of real life, by probes, e-mails, jobs and the API, a minute in about a second; what is
 * told meanwhile is at the sink.
 */
export const playStory = async (
  runtime: Runtime,
  stateDir: string,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> => {
  const call = await signed(runtime, stateDir);
  if ((await call('GET', `services/${serviceId}`)) !== null) {
    screen.good('the story of a shop and a mailbox was played before');
    return;
  }
  const admin = openDb({
    url: runtime.urls.database,
    proxyPort: runtime.proxy?.port,
    max: 1,
    applicationName: 'rookery-dev',
  });
  const step = screen.step('the story of a shop and a mailbox');
  const wait = () => untilIdle(runtime, signal, async () => {});
  let last = 0;
  // A slot that no other has had: schedules count each once.
  const fire = async (name: 'probes' | 'alerts' | 'changes'): Promise<void> => {
    const slot = Math.max(last + secondMs, Math.ceil(Date.now() / secondMs) * secondMs);
    last = slot;
    await sleep(Math.max(0, slot - Date.now()));
    await runtime.schedule.fire(name, new Date(slot));
    await wait();
  };
  const alertOf = async (rule: string): Promise<z.output<typeof oneAlert>['data']> => {
    const { data } = alertList.parse(
      await call('GET', `alerts?status=active,acknowledged,resolved&alert_rule_id=${rule}`),
    );
    const [newest] = data;
    if (newest === undefined)
      throw new Failure('missing', 'story-stuck', `the rule ${rule} raised no alert`);
    return oneAlert.parse(await call('GET', `alerts/${newest.id}`)).data;
  };
  const send = async (name: string, count: number, bounced: number): Promise<void> => {
    const at = new Date(Date.now() - 5 * secondMs);
    await admin.query(sendBurst, { tenantId: storyTenant, mailboxId, name, at, count, bounced });
    await fire('changes');
  };
  try {
    await setUp(runtime, call);
    for (const [isOpen, told] of [
      [true, 'a probe finds the shop open'],
      [false, 'the shop closed: a probe finds it down'],
      [true, 'the shop opened again'],
      [true, 'a second good probe: it is up'],
    ] as const) {
      step.update(`story: ${told}`);
      runtime.shop.open(isOpen);
      await admin.query(hurryService, { tenantId: storyTenant, id: serviceId });
      await fire('probes');
      await fire('alerts');
    }
    await fire('alerts');
    step.update('story: a mailbox sends to a bad list, and bounces');
    await send('bad list', 120, 60);
    await fire('alerts');
    const raised = await alertOf('bounce-rate');
    step.update('story: somebody acknowledges the alert');
    await call('PATCH', `alerts/${raised.id}`, {
      revision: raised.revision,
      status: 'acknowledged',
      note: 'a bad list of leads; it is cleaned',
    });
    step.update('story: good e-mails go out, the rate recovers');
    await send('good list', 2_400, 0);
    await fire('alerts');
    await fire('alerts');
    const ended = [await alertOf('shop-down'), await alertOf('bounce-rate')];
    step.done(
      `story: a shop went down and up, a mailbox bounced and recovered; ${runtime.sink.arrivals().length} notices at ${runtime.urls.notices}`,
    );
    for (const { id, status } of ended)
      screen.say(`  ${status}: npm run rookery -- explain-alert ${id} --tenant ${storyTenant}`);
  } finally {
    await admin.close();
  }
};
