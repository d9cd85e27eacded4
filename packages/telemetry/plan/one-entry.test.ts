import { expect, test } from 'vitest';
import * as z from 'zod';
import { admitBusEvent, admitEvent } from '../admit.ts';
import { busRules } from '../bus-rules.ts';
import { shownTo } from '../route.ts';
import { entry, type Plan } from './entry.ts';
import { plan } from './plan.ts';

// What a developer writes to add an event: this, and nothing else.
const email_forwarded = entry({
  nature: 'behaviour',
  description: 'A recipient passed an e-mail on.',
  owner: 'delivery',
  version: 2,
  sinks: ['posthog', 'console'],
  pii: ['recipient'],
  properties: z.strictObject({ email_id: z.string(), recipient: z.email().optional() }),
  example: { email_id: 'e1', recipient: 'ada@example.com' },
});
const known: Plan = { ...plan, email_forwarded };

const receivedAt = new Date('2026-11-20T12:00:00Z');
const arrival = { tenantId: 't1', door: 'http', receivedAt } as const;
const sent = { id: 'f1', event: 'email_forwarded', properties: email_forwarded.example };

test('one entry in the plan, and an event is validated, routed and shown without what is personal', () => {
  const admission = admitEvent(sent, arrival, known);
  expect(admission).toMatchObject({
    sinks: ['posthog', 'console'],
    envelope: { event: 'email_forwarded', version: 2, properties: email_forwarded.example },
  });
  const { event, id, ...detail } = { ...sent, tenant_id: 't1', time: receivedAt.toISOString() };
  const overBus = { id: 'b1', 'detail-type': event, detail: { ...detail, id } };
  expect(admitBusEvent(overBus, receivedAt, known)).toEqual(admission);

  expect(busRules(known).map(({ name }) => name)).toContain('email-console');
  const envelope = 'envelope' in admission ? admission.envelope : undefined;
  expect(envelope && shownTo('console', envelope, known).properties).toEqual({ email_id: 'e1' });
});

test('before there is the entry, or for a version that it replaced, the same event is refused', () => {
  expect(admitEvent(sent, arrival)).toMatchObject({ rejected: { code: 'event-unknown' } });
  expect(admitEvent({ ...sent, version: 1 }, arrival, known)).toMatchObject({
    rejected: { code: 'version-unknown', reason: 'version 2 is current, and taken alone' },
  });
});

test('an entry that no type held against its nature goes nowhere but where the design rules send it', () => {
  const forced = { ...plan.email_opened, sinks: ['siem', 'olap', 'posthog'] } as never;
  expect(
    admitEvent({ ...sent, event: 'x', properties: { email_id: 'e1' } }, arrival, { x: forced }),
  ).toMatchObject({
    sinks: ['posthog'],
  });
});
