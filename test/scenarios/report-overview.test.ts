import { afterAll, beforeAll, expect, test } from 'vitest';
import { overviewEndpoints } from '@rookery/http/endpoints/overview';
import { parseDay } from '@rookery/kernel/day';
import { overviewOf, overviewSeriesOf } from '@rookery/warehouse/reports/overview';
import { emails, warmupMessages } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';

let desk: Desk;
const range = { from: parseDay('2025-03-10'), to: parseDay('2025-03-13') };
const at = (day: number, hour = 12) => `2025-03-${String(day).padStart(2, '0')}T${hour}:00:00Z`;

const mail = (day: number, campaign: string, mailbox: string, lead: string, more: object = {}) => ({
  sent_at: at(day),
  campaign_id: campaign,
  mailbox_id: mailbox,
  lead_id: lead,
  ...more,
});

// The score of a mailbox on a day, as if it had sent enough for one.
const score = (mailbox: string, day: number, health: number | null) =>
  desk.world.admin.script(`update olap.mailbox_analytics
    set health_score = ${health}, health_components = ${health === null ? 'null' : `'{}'`}
    where tenant_id = 'acme' and mailbox_id = '${mailbox}' and day = '${at(day).slice(0, 10)}'`);

beforeAll(async () => {
  desk = await openDesk();
  const replied = at(13);
  await emails(desk.world.admin, [
    // The range before, 7th to 9th: the last of its days.
    mail(9, 'c1', 'm1', 'before-and-after'),
    mail(9, 'c1', 'm1', 'before', { replied }),
    // In the range.
    mail(10, 'c1', 'm1', 'one', { replied }),
    mail(10, 'c1', 'm2', 'two', { replied }),
    mail(11, 'c2', 'm2', 'one', { replied }),
    mail(12, 'c2', 'm3', 'spanning'),
    mail(12, 'c3', 'm4', 'three', { bounce_type: 'hard' }),
    mail(10, 'c4', 'm5', 'four'),
    mail(10, 'c5', 'm6', 'five'),
    mail(11, 'c6', 'm7', 'six'),
    mail(11, 'c6', 'm8', 'six'),
    // After it; one lead on both sides and not within, one on both sides and within.
    mail(13, 'c1', 'm1', 'before-and-after'),
    mail(8, 'c2', 'm3', 'spanning'),
    mail(14, 'c2', 'm3', 'spanning'),
    { ...mail(11, 'other', 'other', 'other'), tenant_id: 'other' },
  ]);
  await warmupMessages(desk.world.admin, [
    { sent_at: at(10), mailbox_id: 'w' },
    { sent_at: at(12), mailbox_id: 'w', found_in_spam: at(12, 13) },
    { sent_at: at(13), mailbox_id: 'w' },
    { sent_at: at(11), mailbox_id: 'other', tenant_id: 'other' },
  ]);
  await desk.settle();
  // m1 had another score on a day after the range, m2 on its first day within.
  await score('m1', 10, 80);
  await score('m1', 13, 10);
  await score('m2', 10, 5);
  await score('m2', 11, 79);
  await score('m3', 12, 60);
  await score('m4', 12, 59);
  await score('m5', 10, 40);
  await score('m6', 10, 39);
  await score('m7', 11, 0);
  await score('m8', 11, null);
  // A lead whose e-mails are gone.
  await desk.world.admin.script(`insert into olap.lead_analytics
    (tenant_id, campaign_id, lead_id, source_epoch, source_xmax, source_in_progress)
    values ('acme', 'c1', 'tombstone', 1, '1', 0)`);
});
afterAll(() => desk.close());

const read = (tenantId: string, compare = false) =>
  desk.world.api.transaction((tx) => overviewOf(tx, { tenantId, range, compare }), { tenantId });
const stamps = { as_of: new Date().toISOString(), complete_through: null };
const { response } = overviewEndpoints.getOverview;

test('the overview counts each e-mail, campaign, mailbox and lead of the range once', async () => {
  const { body, range: covered } = await read('acme');
  const { data } = response.parse({ ...body, range: covered, ...stamps });

  expect(data.active).toEqual({ campaigns: 6, mailboxes: 8, leads: 7 });
  const { sent, delivered, replied, bounced, hard_bounced, rates } = data.emails;
  expect({ sent, delivered, replied, bounced, hard_bounced }).toEqual({
    sent: 9,
    delivered: 8,
    replied: 3,
    bounced: 1,
    hard_bounced: 1,
  });
  expect(rates.reply_rate).toEqual({ value: 0.375, numerator: 3, denominator: 8, n: 9 });
  expect(rates.bounce_rate).toEqual({ value: 0.1111, numerator: 1, denominator: 9, n: 9 });
  expect([data.warmups.sent, data.warmups.spam_complaints]).toEqual([2, 1]);
  expect(data.warmups.rates.placement_rate.value).toBe(0.5);
});

test('mailboxes fall into bands by their last day in the range, on both sides of every limit', async () => {
  const { body } = await read('acme');

  expect(body.data.mailbox_health).toEqual({ good: 1, fair: 2, poor: 2, critical: 2, unknown: 1 });
  expect(
    body.data.least_healthy_mailboxes.map(({ mailbox_id, health_score }) => [
      mailbox_id,
      health_score,
    ]),
  ).toEqual([
    ['m7', 0],
    ['m6', 39],
    ['m5', 40],
    ['m4', 59],
    ['m3', 60],
  ]);
  expect(body.data.least_healthy_mailboxes[3]?.bounce_rate.value).toBe(1);
});

test('the five campaigns with most answers come first, those that sent more before those that sent less', async () => {
  const { body } = await read('acme');

  expect(
    body.data.top_campaigns.map(({ campaign_id, replied, sent }) => [campaign_id, replied, sent]),
  ).toEqual([
    ['c1', 2, 2],
    ['c2', 1, 2],
    ['c6', 0, 2],
    ['c3', 0, 1],
    ['c4', 0, 1],
  ]);
});

test('the range before is compared by the same figures', async () => {
  const { body, range: covered } = await read('acme', true);
  const { previous } = response.parse({ ...body, range: covered, ...stamps });

  expect(previous?.range).toEqual({ from: '2025-03-07', to: '2025-03-10', timezone: 'UTC' });
  expect(previous?.active).toEqual({ campaigns: 2, mailboxes: 2, leads: 3 });
  expect([previous?.emails.sent, previous?.emails.replied, previous?.warmups.sent]).toEqual([
    3, 1, 0,
  ]);
});

test('a tenant without facts gets zeros and unknown rates, and no other tenant’s figures', async () => {
  const { body, range: covered } = await read('nobody', true);
  const { data } = response.parse({ ...body, range: covered, ...stamps });

  expect(data.active).toEqual({ campaigns: 0, mailboxes: 0, leads: 0 });
  expect(data.emails).toMatchObject({ sent: 0, opened_human: 0 });
  expect(data.emails.rates.delivery_rate).toEqual({
    value: null,
    numerator: 0,
    denominator: 0,
    n: 0,
  });
  expect([data.top_campaigns, data.least_healthy_mailboxes]).toEqual([[], []]);
  expect((await read('other')).body.data.active).toEqual({ campaigns: 1, mailboxes: 1, leads: 1 });
});

test('the series holds all campaigns together, days without e-mails too, and adds up to the overview', async () => {
  const ask = {
    tenantId: 'acme',
    range: { from: range.from, to: parseDay('2025-03-17') },
    compare: true,
    interval: 'day' as const,
  };
  const found = await desk.world.api.transaction((tx) => overviewSeriesOf(tx, ask), ask);
  const series = overviewEndpoints.getOverviewSeries.response.parse({
    ...found.body,
    range: found.range,
    ...stamps,
  });

  expect(series.data.map(({ sent }) => sent)).toEqual([4, 3, 2, 1, 1, 0, 0]);
  expect([series.totals.sent, series.totals.replied]).toEqual([11, 3]);
  expect(series.previous?.totals.sent).toBe(3);
  const none = { ...ask, tenantId: 'nobody' };
  const empty = await desk.world.api.transaction((tx) => overviewSeriesOf(tx, none), none);
  expect(empty.body.totals.sent).toBe(0);
});
