import { expect, test } from 'vitest';
import type { Content, ToldAlert } from '../content.ts';
import { retryAfterSeconds, verdictOf } from './answer.ts';
import { channels, type Channel } from './index.ts';
import type { Outgoing, Parcel } from './outgoing.ts';
import { oneMessage } from './sms.ts';

const alert: ToldAlert = {
  id: 'al_1',
  rule_id: 'r1',
  rule_name: '<b>Bounces</b> & "more"',
  severity: 'fatal',
  state: 'firing',
  message: '<!channel> is above',
  metric_name: 'mailbox.bounce_rate',
  labels: { mailbox_id: 'm1' },
  value: 0.08,
  threshold: 0.05,
  triggered_at: '2026-11-20T10:00:00.000Z',
  resolved_at: null,
};
const content: Content = {
  kind: 'firing',
  severity: 'fatal',
  template: null,
  group_labels: { rule: 'r1' },
  alerts: [alert, { ...alert, id: 'al_2', state: 'resolved', resolved_at: '2026-11-20T11:00:00Z' }],
  more: 2,
  note: 'a note',
};
const parcel: Parcel = {
  noticeId: 'nt_1',
  tenantId: 'heron',
  content,
  alertIds: ['al_1', 'al_2'],
  decidedAt: new Date('2026-11-20T10:00:30Z'),
  recipient: 'somebody',
  address: 'https://hook.example/in',
  secrets: ['new', 'old'],
  dashboardUrl: 'https://app.example',
};
const composed = <B extends Outgoing['by']>(
  channel: Channel,
  by: B,
  given: Partial<Parcel> = {},
): Extract<Outgoing, { by: B }> => {
  const outgoing = channels[channel].compose({ ...parcel, ...given });
  if (outgoing.by !== by) throw new Error(`${channel} goes by ${outgoing.by}`);
  return outgoing as Extract<Outgoing, { by: B }>;
};

test('e-mail: what tenants wrote is text and never markup', () => {
  const { to, subject, html, text } = composed('email', 'email', { recipient: 'ann@x.example' });

  expect([to, subject]).toEqual([
    'ann@x.example',
    '[fatal] Firing: <b>Bounces</b> & "more" (4 alerts)',
  ]);
  expect(html).toContain('&lt;b&gt;Bounces&lt;/b&gt; &amp; &quot;more&quot;');
  expect(html).not.toMatch(/<b>|<!channel>/);
  expect(html).toContain('href="https://app.example/?alert=al_1"');
  expect(text).toContain('And 2 more.');
});

test('slack: what tenants wrote calls nobody, and blocks stay within the limits', () => {
  const many = {
    ...content,
    alerts: Array.from({ length: 20 }, () => ({ ...alert, message: 'x'.repeat(5_000) })),
  };
  const { call } = composed('slack', 'http', { content: many });
  const sent = JSON.parse(call.body);

  expect([call.url, call.sign]).toEqual(['new', null]);
  expect(sent.text).not.toMatch(/[<>]/);
  expect(sent.blocks.length).toBeLessThanOrEqual(50);
  const texts = sent.blocks.filter(({ text }: { text?: object }) => text !== undefined);
  expect(texts).toHaveLength(22);
  for (const { type, text } of texts) {
    expect(text.type).toBe('plain_text');
    expect(text.text.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3_000);
  }
});

test('sms: one message of 160 characters of GSM 03.38, whatever it is to say', () => {
  expect(oneMessage('[é] „Škoda” {50 €} 😀')).toBe('(é) "Skoda" (50 ?) ?');
  expect(oneMessage('x'.repeat(160))).toHaveLength(160);
  expect(oneMessage('x'.repeat(161))).toBe(`${'x'.repeat(157)}...`);
  const { text } = composed('sms', 'sms', { recipient: '+4915112345678' });
  expect(text).toBe('(fatal) Firing: <b>Bounces</b> & "more" (4 alerts). 8 %, threshold 5 %');
});

test('webhook: the payload holds all that is known, to be signed with both secrets', () => {
  const { call } = composed('webhook', 'http');

  expect(call).toMatchObject({
    url: 'https://hook.example/in',
    sign: { id: 'nt_1', secrets: ['new', 'old'] },
  });
  expect(JSON.parse(call.body)).toMatchObject({
    type: 'alert.firing',
    timestamp: '2026-11-20T10:00:30.000Z',
    data: {
      notice_id: 'nt_1',
      tenant_id: 'heron',
      severity: 'fatal',
      alerts: content.alerts,
      more: 2,
    },
  });
});

const pages = (given: Partial<Content> = {}) =>
  composed('pagerduty', 'pagerduty', { content: { ...content, ...given } }).bodies.map((body) =>
    JSON.parse(body),
  );

test('pagerduty: an incident for each series, by its own key; a reminder is none', () => {
  const key = expect.stringMatching(/^rookery\/heron\/[0-9a-f]{32}$/);
  const events = pages();

  expect(events).toMatchObject([
    {
      routing_key: 'new',
      event_action: 'trigger',
      dedup_key: key,
      client_url: 'https://app.example/?alert=al_1',
      payload: { severity: 'critical', source: 'm1', custom_details: { more_alerts: 2 } },
    },
    { routing_key: 'new', event_action: 'resolve', dedup_key: key },
  ]);
  expect(events[1]).not.toHaveProperty('payload');
  composed('pagerduty', 'nothing', { content: { ...content, kind: 'reminder' } });
});

test('pagerduty: a later alert of the series ends its incident, one of another series or rule does not', () => {
  const labels = { b: '1', a: '2' };
  const keys = pages({
    alerts: [
      { ...alert, labels },
      { ...alert, id: 'al_9', state: 'resolved', labels: { a: '2', b: '1' } },
      { ...alert, labels: { ...labels, a: '3' } },
      { ...alert, labels, rule_id: 'r2' },
    ],
  }).map(({ dedup_key }) => dedup_key);

  expect(keys[1]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(3);
});

test('pagerduty: an incident is acknowledged by the same key, without a new payload', () => {
  const [triggered] = pages({ alerts: [alert] });
  const [taken] = pages({ alerts: [alert], kind: 'acknowledged' });

  expect(taken).toEqual({
    routing_key: 'new',
    event_action: 'acknowledge',
    dedup_key: triggered.dedup_key,
  });
});

const fits = (channel: Channel, recipient: string): boolean =>
  channels[channel].recipient.test(recipient);

test('recipients that a channel cannot reach are known before anything is sent', () => {
  for (const good of ['ann@x.example', "o'neil+a.b@mail.x.example", 'a@b'])
    expect(fits('email', good)).toBe(true);
  for (const bad of ['', 'ann', 'a@b,c@d', 'A <a@b>', 'a@b\nBcc: c@d', 'a@@b', '"a b"@c', 'a@b;'])
    expect(fits('email', bad)).toBe(false);
  for (const good of ['+4915112345678', '+12025550123']) expect(fits('sms', good)).toBe(true);
  for (const bad of ['015112345678', '+0123456789', '+1', '+1202555012345678', '+1 202 5550123'])
    expect(fits('sms', bad)).toBe(false);
});

test('an answer is taken, worth another try, or final; how long to wait is as the server says', () => {
  const now = new Date('2026-11-20T10:00:00Z');
  const outcome = (status: number) => verdictOf({ status, retryAfter: '7', now }).outcome;

  for (const status of [200, 201, 202, 204, 299]) expect(outcome(status)).toBe('taken');
  for (const status of [408, 425, 429, 500, 502, 503, 504])
    expect(outcome(status)).toBe('temporary');
  for (const status of [301, 302, 307, 400, 401, 403, 404, 409, 410, 413, 422])
    expect(outcome(status)).toBe('permanent');
  expect(verdictOf({ status: 429, retryAfter: '7', now })).toMatchObject({ retryAfterSeconds: 7 });
  expect(retryAfterSeconds('Fri, 20 Nov 2026 10:01:00 GMT', now)).toBe(60);
  expect(retryAfterSeconds('Fri, 20 Nov 2026 09:00:00 GMT', now)).toBe(0);
  expect(retryAfterSeconds('soon', now)).toBeNull();
});
