import { expect, test } from 'vitest';
import { admitBusEvent, admitEvent, type Admission } from './admit.ts';
import type { Entry } from './plan/entry.ts';
import { plan } from './plan/plan.ts';

const receivedAt = new Date('2026-11-20T12:00:00Z');
const arrival = { tenantId: 't1', door: 'http', receivedAt } as const;
const good = { id: 'a', event: 'email_opened', properties: { email_id: 'e1' } };
const latency = { id: 'a', event: 'infra_latency', properties: plan.infra_latency.example };

const codeOf = (admission: Admission): string =>
  'rejected' in admission ? admission.rejected.code : 'admitted';
const reasonOf = (admission: Admission): string =>
  'rejected' in admission ? admission.rejected.reason : '';
const ask = (more: object): Admission => admitEvent({ ...good, ...more }, arrival);
const at = (ms: number): string => new Date(receivedAt.getTime() + ms).toISOString();

const day = 86_400_000;
let deep: unknown = 1;
for (let level = 0; level < 100_000; level += 1) deep = [deep];
let nine: unknown = {};
for (let level = 0; level < 9; level += 1) nine = { nine };

test.each(Object.entries(plan).map(([name, entry]): [string, Entry] => [name, entry]))(
  'the example of %s is admitted by both doors alike, and goes where its entry says',
  (event, { example, sinks }) => {
    const sent = { id: 'order-2', event, properties: example, time: at(-1_000) };
    const byHttp = admitEvent(sent, arrival);
    const byBus = admitBusEvent(
      {
        id: 'bus-1',
        source: 'penguinmails',
        'detail-type': event,
        time: '2026-11-20T11:59:58Z',
        detail: { id: 'order-2', tenant_id: 't1', properties: example, time: at(-1_000) },
      },
      receivedAt,
    );
    expect(byBus).toEqual(byHttp);
    expect(byHttp).toMatchObject({ envelope: { event, time: at(-1_000), tenant_id: 't1' } });
    const sampledOut = 'sampledOut' in byHttp && byHttp.sampledOut;
    expect(byHttp).toMatchObject({ sinks: sampledOut ? [] : sinks });
  },
);

test.each([
  ['event-malformed', { more: 1 }],
  ['event-malformed', { event: '' }],
  ['event-malformed', { event: 7 }],
  ['event-malformed', { properties: deep }],
  ['event-malformed', { properties: nine }],
  ['event-malformed', { properties: { email_id: 'a\0' } }],
  ['event-malformed', { properties: { email_id: '\ud800' } }],
  ['event-malformed', { properties: { ['\udfff']: 1 } }],
  ['event-malformed', { properties: JSON.parse('{"__proto__": {"email_id": "e1"}}') }],
  ['event-malformed', { properties: JSON.parse('{"email_id": 1e400}') }],
  ['event-malformed', { properties: new Date(0) }],
  ['event-malformed', { properties: () => 1 }],
  ['event-too-large', { properties: { email_id: 'x'.repeat(32_768) } }],
  ['event-too-large', { properties: { email_id: 'é'.repeat(16_400) } }],
  ['event-unknown', { event: 'constructor' }],
  ['event-unknown', { event: 'email_open' }],
  ['version-unknown', { version: 0 }],
  ['version-unknown', { version: '1' }],
  ['tenant-foreign', { tenant_id: 't2' }],
  ['tenant-foreign', { tenant_id: null }],
  ['id-invalid', { id: '' }],
  ['id-invalid', { id: 'x'.repeat(201) }],
  ['id-invalid', { id: 'a\nb' }],
  ['id-invalid', { id: null }],
  ['actor-invalid', { actor: 7 }],
  ['actor-invalid', { actor: 'x'.repeat(201) }],
  ['actor-invalid', { actor: 'ada@example.com' }],
  ['time-invalid', { time: '2026-11-20 12:00' }],
  ['time-invalid', { time: '2026-02-30T00:00:00Z' }],
  ['time-invalid', { time: 1_700_000_000 }],
  ['time-out-of-range', { time: at(-28 * day - 1) }],
  ['time-out-of-range', { time: at(540_001) }],
  ['properties-invalid', { properties: null }],
  ['properties-invalid', { properties: undefined }],
  ['properties-invalid', { properties: { email_id: 7 } }],
  ['properties-invalid', { properties: { email_id: 'e1', body: 'x' } }],
  ['properties-invalid', { properties: [] }],
])('%s is what is wrong (%#)', (code, more) => {
  const verdict = ask(more);
  expect(codeOf(verdict)).toBe(code);
  expect(reasonOf(verdict).length).toBeGreaterThan(5);
  expect(ask(more)).toEqual(verdict);
});

test.each([
  { version: 1 },
  { version: undefined },
  { tenant_id: 't1' },
  { id: 'x'.repeat(200) },
  { actor: null },
  { actor: 'x'.repeat(200) },
  { actor: '@ada' },
  { actor: 'users/ada@eu' },
  { time: at(-28 * day) },
  { time: at(540_000) },
])('what is just within the limits is admitted (%#)', (more) => {
  expect(codeOf(ask(more))).toBe('admitted');
});

test('metrics may be 5 days old and no more: the stream in which they end takes nothing older', () => {
  const old = [at(-5 * day), at(-5 * day - 1)].map((time) =>
    codeOf(admitEvent({ ...latency, time }, arrival)),
  );
  expect(old).toEqual(['admitted', 'time-out-of-range']);
});

test('a reason says what to do next', () => {
  expect(reasonOf(ask({ event: 'email_open' }))).toContain('did you mean email_opened');
  expect(reasonOf(ask({ version: 3 }))).toBe('version 1 is current, and taken alone');
  expect(reasonOf(ask({ properties: { email_id: 'e', body: 'x' } }))).toContain(
    'body is not known',
  );
});

test('the platform has logins, metrics and an admin panel, but neither e-mails nor signups', () => {
  const ours = { ...arrival, tenantId: 'platform' };
  const code = (event: keyof typeof plan): string =>
    codeOf(admitEvent({ id: 'a', event, properties: plan[event].example }, ours));
  expect(code('infra_latency')).toBe('admitted');
  expect(code('security_login_failed')).toBe('admitted');
  expect(code('admin_button_clicked')).toBe('admitted');
  expect(code('email_opened')).toBe('tenant-missing');
  expect(code('business_signup')).toBe('tenant-missing');
});
