import { expect, test } from 'vitest';
import { admitEvent } from './admit.ts';
import { trackEmailOpened } from './email.ts';
import { openTracker, type TenantSent } from './track.ts';

const now = new Date('2026-11-20T12:00:00Z');

const door = () => {
  const sent: TenantSent[] = [];
  let made = 0;
  const tracker = openTracker({
    send: async (event) => {
      sent.push(event);
    },
    now: () => now,
    newId: () => `made-${(made += 1)}`,
  });
  return { tracker, sent };
};

test('one call tells the door an event with its tenant, the version of the plan, an id and a time', async () => {
  const { tracker, sent } = door();
  await tracker.track('business_churn', { tenantId: 't1', properties: { plan: 'growth' } });
  const at = new Date('2026-11-19T08:00:00Z');
  await tracker.track('email_sent', {
    tenantId: 't1',
    at,
    id: 'm1',
    properties: { email_id: 'e1' },
  });

  expect(sent).toEqual([
    {
      id: 'made-1',
      event: 'business_churn',
      version: 1,
      tenant_id: 't1',
      time: now.toISOString(),
      actor: null,
      properties: { plan: 'growth' },
    },
    expect.objectContaining({ id: 'm1', time: at.toISOString() }),
  ]);
});

test("the seeds' trackEmailOpened tells what it does there, and the plan takes it", async () => {
  const { tracker, sent } = door();
  await trackEmailOpened(tracker)({
    userId: 'u1',
    tenantId: 't1',
    campaignId: 'c1',
    emailId: 'e1',
  });

  const [event] = sent;
  expect(event).toMatchObject({ event: 'email_opened', tenant_id: 't1', actor: 'u1' });
  expect(JSON.parse(JSON.stringify(event?.properties))).toEqual({
    email_id: 'e1',
    campaign_id: 'c1',
  });
  const arrival = { tenantId: 't1', door: 'bus', receivedAt: now } as const;
  expect(admitEvent(event, arrival)).toMatchObject({
    sinks: ['posthog'],
    envelope: { actor: 'u1', properties: { email_id: 'e1', campaign_id: 'c1' } },
  });
});

test('a door that does not take an event is no success', async () => {
  const tracker = openTracker({
    send: () => Promise.reject(new Error('the bus is down')),
    now: () => now,
    newId: () => 'x',
  });
  const call = tracker.track('email_sent', { tenantId: 't1', properties: { email_id: 'e1' } });
  await expect(call).rejects.toThrow('the bus is down');
});
