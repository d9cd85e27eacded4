import { expect, test } from 'vitest';
import { admitBusEvent, admitEvent, type Admission } from './admit.ts';
import type { Envelope } from './envelope.ts';

const receivedAt = new Date('2026-11-20T12:00:00Z');
const later = new Date('2026-11-20T18:00:00Z');
const arrival = { tenantId: 't1', door: 'http', receivedAt } as const;
const sent = { id: 'a', event: 'email_opened', properties: { email_id: 'e1' } };
const bus = {
  id: 'bus-1',
  source: 'penguinmails',
  'detail-type': 'email_opened',
  time: '2026-11-20T11:00:00Z',
  detail: { tenant_id: 't1', properties: { email_id: 'e1' } },
};

const envelopeOf = (admission: Admission): Envelope => {
  if ('rejected' in admission) throw new Error(admission.rejected.reason);
  return admission.envelope;
};
const rejectionOf = (admission: Admission) => {
  if (!('rejected' in admission)) throw new Error('admitted');
  return admission.rejected;
};

test('the id of an event follows from tenant, name and what its sender calls it, and from nothing else', () => {
  const first = envelopeOf(admitEvent(sent, arrival));
  expect(first.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const again = { ...sent, properties: { email_id: 'e2' } };
  expect(envelopeOf(admitEvent(again, { ...arrival, receivedAt: later })).id).toBe(first.id);
  const others = [
    admitEvent(sent, { ...arrival, tenantId: 't2' }),
    admitEvent({ ...sent, id: 'b' }, arrival),
    admitEvent({ ...sent, event: 'email_replied' }, arrival),
  ];
  expect(new Set([first, ...others.map(envelopeOf)].map(({ id }) => id)).size).toBe(4);
});

test('an event that its sender calls nothing is the same at every delivery, and another one another time', () => {
  const { id: _, ...nameless } = sent;
  const first = envelopeOf(admitEvent(nameless, arrival));
  expect(envelopeOf(admitEvent({ ...nameless }, arrival))).toEqual(first);
  expect(envelopeOf(admitEvent(nameless, { ...arrival, receivedAt: later })).id).not.toBe(first.id);
});

test('an event of the bus without id and time has those of the bus, however late it is read', () => {
  const first = envelopeOf(admitBusEvent(bus, receivedAt));
  expect(first.time).toBe('2026-11-20T11:00:00.000Z');
  expect(envelopeOf(admitBusEvent(bus, later))).toEqual(first);
  expect(envelopeOf(admitBusEvent({ ...bus, id: 'bus-2' }, receivedAt)).id).not.toBe(first.id);
});

test('an event of the bus is as old as it was when the bus took it, also when it is replayed four weeks later', () => {
  const day = 86_400_000;
  const tookAt = Date.parse(bus.time);
  const aged = {
    ...bus,
    detail: { ...bus.detail, time: new Date(tookAt - 27 * day).toISOString() },
  };
  const readAfter = (ms: number) => admitBusEvent(aged, new Date(tookAt + ms));

  expect(envelopeOf(readAfter(28 * day))).toEqual(envelopeOf(readAfter(0)));
  // No queue and no dead letters keep a message for longer: whose time is that, is not the bus's.
  expect(rejectionOf(readAfter(28 * day + 1)).code).toBe('time-out-of-range');
});

test('an event of the bus without a tenant is refused, and says so under no tenant', () => {
  const { tenant_id: _, ...detail } = bus.detail;
  for (const tenantless of [detail, { ...detail, tenant_id: null }])
    expect(rejectionOf(admitBusEvent({ ...bus, detail: tenantless }, receivedAt))).toMatchObject({
      code: 'tenant-missing',
      event: 'email_opened',
      tenantId: null,
    });
  const strange = { ...bus, detail: { ...detail, tenant_id: 7 } };
  expect(rejectionOf(admitBusEvent(strange, receivedAt)).code).toBe('tenant-invalid');
});

test('a rejection has one id however often and in which order of fields its content comes', () => {
  const wrong = { event: 'email_opened', properties: { email_id: 1, x: 2 } };
  const { id } = rejectionOf(admitEvent(wrong, arrival));
  const turned = { properties: { x: 2, email_id: 1 }, event: 'email_opened' };
  expect(rejectionOf(admitEvent(turned, { ...arrival, receivedAt: later })).id).toBe(id);
  expect(rejectionOf(admitEvent(wrong, { ...arrival, tenantId: 't2' })).id).not.toBe(id);
  expect(rejectionOf(admitEvent({ ...wrong, version: 1 }, arrival)).id).not.toBe(id);
});

const view = (n: number): Admission =>
  admitEvent({ id: `view-${n}`, event: 'admin_ui_viewed', properties: { page: 'home' } }, arrival);

test('of a sampled event the planned share is kept, every delivery agrees, and what is kept says how many it stands for', () => {
  const views = Array.from({ length: 4_000 }, (_, n) => view(n));
  const kept = views.filter((admission) => 'sinks' in admission && !admission.sampledOut);
  // 5 standard deviations of 4,000 throws of a coin.
  expect(Math.abs(kept.length - 2_000)).toBeLessThan(160);
  for (const [n, admission] of views.entries()) {
    expect(view(n)).toEqual(admission);
    expect(envelopeOf(admission).properties['sample_rate']).toBe(0.5);
    expect(admission).toMatchObject(
      kept.includes(admission) ? { sinks: ['posthog'] } : { sinks: [], sampledOut: true },
    );
  }
});
