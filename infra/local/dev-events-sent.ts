import * as z from 'zod';
import { busOfEvents } from '@rookery/lambda/tracking';
import { busSource } from '@rookery/telemetry/bus-rules';
import { openTracker } from '@rookery/telemetry/track';
import { stuck } from './dev-story.ts';
import { mailboxId, type Call } from './dev-watch.ts';

/** The tenant of the demo whose events the story tells. */
export const tenantId = 'heron-analytics';

/** What the story tells, as far as its ends are looked at: page views, and the requests of an endpoint. */
export const told = { views: 8, endpoint: '/v1/orders', requests: 1_200 } as const;

const actor = 'usr_12';
const address = 'ada@heron-analytics.example';
const receipt = z.object({ sampled: z.number(), rejected: z.number() });

/** One telling of the story: what its ids begin with, so that a second one after an interruption is another, and when. */
export type Run = { readonly id: string; readonly at: Date };

/** What was sent, and how many page views the sample left out. */
export type Sent = Run & { readonly sampled: number };

const named = ({ id, at }: Run, name: string) => ({ tenantId, actor, at, id: `${id}-${name}` });

// It comes by both doors under one id and time: it is one event.
const opened = { email_id: 'story-1', mailbox_id: mailboxId };

/** Sends over HTTP as a tenant's own systems do; one event is wrong. Fails with `story-stuck` unless the door refuses that alone. */
export const sendByHttp = async (call: Call, run: Run): Promise<Sent> => {
  const link = { link_url: `https://heron.example/?to=${encodeURIComponent(address)}` };
  const requests = { service: 'shop', endpoint: told.endpoint, requests: told.requests, errors: 3 };
  const events = [
    { name: 'opened', event: 'email_opened', properties: opened },
    { name: 'clicked', event: 'email_clicked', properties: { ...opened, ...link } },
    { name: 'requests', event: 'infra_error_rate', properties: requests },
    { name: 'wrong', event: 'business_upgrade', properties: { from_plan: 'starter' } },
    ...Array.from({ length: told.views }, (_, n) => ({
      name: `view-${n}`,
      event: 'admin_ui_viewed',
      properties: { page: 'campaigns' },
    })),
  ].map(({ name, ...event }) => {
    const { id, at } = named(run, name);
    return { id, time: at.toISOString(), actor, ...event };
  });
  const { sampled, rejected } = receipt.parse(await call('POST', 'events', { events }));
  if (rejected !== 1) throw stuck(`the door refused ${rejected} events instead of one`);
  return { ...run, sampled };
};

/** Sends over the bus as producers do: by `track`, and once without, what the plan does not know. */
export const sendByBus = async (run: Run): Promise<void> => {
  const bus = busOfEvents(busSource);
  const { track } = openTracker(bus);
  await track('email_opened', { ...named(run, 'opened'), properties: opened });
  await track('business_upgrade', {
    ...named(run, 'upgrade'),
    properties: { from_plan: 'starter', to_plan: 'growth' },
  });
  await track('security_login_failed', {
    ...named(run, 'login'),
    properties: {
      email: address,
      ip_address: '203.0.113.9',
      method: 'password',
      reason: 'wrong-password',
    },
  });
  // By `track` this does not compile: it is what a producer may send that does not use it.
  const { id } = named(run, 'unknown');
  const unknown = { id, tenant_id: tenantId, properties: {} };
  await bus.send({ event: 'flock_landed', ...unknown });
};
