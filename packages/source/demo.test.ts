import { expect, test } from 'vitest';
import { dayAt, daysBetween } from '@rookery/kernel/day';
import { demoData } from './demo.ts';
import { randomFrom, zipf } from '@rookery/kernel/random';

const now = new Date('2025-03-31T14:00:00Z');
const data = demoData({ seed: 7, now });
const sent = data.emails.filter((email) => email.sent_at !== null);

const share = (is: (email: (typeof sent)[number]) => boolean): number =>
  sent.filter(is).length / sent.length;

const idsOf = (rows: readonly { readonly tenant_id: string }[]) =>
  new Set(rows.map((row) => row.tenant_id));

test('equal seeds give equal data, another seed gives other data', () => {
  const small = { now, emails: 500 };
  expect(demoData({ seed: 1, ...small })).toEqual(demoData({ seed: 1, ...small }));
  expect(demoData({ seed: 2, ...small }).emails).not.toEqual(
    demoData({ seed: 1, ...small }).emails,
  );
});

const repeated = (keys: readonly string[]) => keys.length - new Set(keys).size;

test('keys are unique and every reference leads somewhere', () => {
  expect(repeated(data.emails.map((email) => email.email_id))).toBe(0);
  expect(repeated(data.warmup_messages.map((message) => message.message_id))).toBe(0);
  expect(repeated(data.leads.map((lead) => `${lead.campaign_id} ${lead.lead_id}`))).toBe(0);
  expect(repeated(data.mailboxes.map((mailbox) => mailbox.mailbox_id))).toBe(0);
  expect(repeated(data.campaigns.map((campaign) => campaign.campaign_id))).toBe(0);

  const leads = new Set(data.leads.map((lead) => `${lead.campaign_id} ${lead.lead_id}`));
  const steps = new Set(data.sequence_steps.map((step) => `${step.campaign_id} ${step.step_id}`));
  const mailboxes = new Set(data.mailboxes.map((mailbox) => mailbox.mailbox_id));
  const domains = new Set(data.domains.map((domain) => domain.domain_id));
  const lost = data.emails.filter(
    ({ campaign_id, lead_id, step_id, mailbox_id }) =>
      !leads.has(`${campaign_id} ${lead_id}`) ||
      !steps.has(`${campaign_id} ${step_id}`) ||
      !mailboxes.has(mailbox_id),
  );
  expect(lost).toEqual([]);
  expect(data.mailboxes.every((mailbox) => domains.has(mailbox.domain_id))).toBe(true);
});

test('no event lies before its sending or after now, and updated_at is never older than an event', () => {
  const wrong = [...data.emails, ...data.warmup_messages].filter((row) => {
    const { sent_at, updated_at, ...rest } = row;
    const events = Object.values(rest).filter((value) => value instanceof Date);
    if (updated_at > now) return true;
    if (sent_at === null) return events.length > 0;
    return sent_at > updated_at || events.some((at) => at < sent_at || at > updated_at);
  });

  expect(wrong).toEqual([]);
});

test('tenants are Zipf-sized, live in many zones, and every one has everything', () => {
  const sizes = data.tenants.map(
    ({ tenant_id }) => data.emails.filter((email) => email.tenant_id === tenant_id).length,
  );
  for (const [i, size] of zipf(20_000, 12).entries())
    expect(Math.abs((sizes[i] ?? 0) - size)).toBeLessThan(10);
  expect(new Set(data.tenants.map((tenant) => tenant.timezone)).size).toBe(12);
  for (const rows of Object.values(data)) expect(idsOf(rows).size).toBe(12);
  expect(data.tenants.some((tenant) => tenant.billing_anchor === 31)).toBe(true);
});

test('e-mails lie on the 35 days that end with the tenant’s today', () => {
  for (const { tenant_id, timezone } of data.tenants) {
    const instants = sent.filter((e) => e.tenant_id === tenant_id).map((e) => Number(e.sent_at));
    const first = dayAt(new Date(Math.min(...instants)), timezone);
    const last = dayAt(new Date(Math.max(...instants)), timezone);
    expect(daysBetween(first, dayAt(now, timezone))).toBeLessThan(35);
    expect(last <= dayAt(now, timezone)).toBe(true);
  }
});

test('the shares are those of cold e-mail', () => {
  expect(share((e) => e.opened !== null)).toBeGreaterThan(0.32);
  expect(share((e) => e.opened !== null)).toBeLessThan(0.4);
  expect(share((e) => e.bounce_type !== null)).toBeGreaterThan(0.02);
  expect(share((e) => e.bounce_type !== null)).toBeLessThan(0.03);
  expect(share((e) => e.replied !== null)).toBeGreaterThan(0.03);
  expect(share((e) => e.complaint !== null)).toBeLessThan(0.002);
  for (const exists of [
    sent.some((e) => e.bounce_type !== null && e.delivered_at !== null),
    sent.some((e) => e.open_kind === 'machine'),
    sent.some((e) => e.opened !== null && e.open_kind === null),
    sent.some((e) => e.reply_kind === 'automatic'),
    data.emails.some((e) => e.sent_at === null),
    data.sequence_steps.some((step) => step.variant === 'B'),
    data.domains.some((domain) => domain.dkim === false),
    data.domains.some((domain) => domain.dmarc === false),
    data.warmup_messages.some((message) => message.found_in_spam !== null),
  ])
    expect(exists).toBe(true);
});

test('one tenant, one day, few e-mails: still a demo', () => {
  const tiny = demoData({ seed: 1, now, tenants: 1, days: 1, emails: 10 });
  expect(tiny.emails.length).toBeGreaterThanOrEqual(10);
});

test('chance is reproducible and lies where it should', () => {
  const a = randomFrom(42);
  const b = randomFrom(42);
  const numbers = Array.from({ length: 1_000 }, () => a.next());
  expect(numbers).toEqual(Array.from({ length: 1_000 }, () => b.next()));
  expect(numbers.every((n) => n >= 0 && n < 1)).toBe(true);
  const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
});
