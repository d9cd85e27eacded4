import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '@rookery/db/pool';
import { mailboxEndpoints } from '@rookery/http/endpoints/mailboxes';
import { warmupEndpoints } from '@rookery/http/endpoints/warmups';
import { parseDay } from '@rookery/kernel/day';
import { scoreMailboxes } from '@rookery/warehouse/health/score.sql';
import type { Asked, Keys } from '@rookery/warehouse/reports/ask';
import { mailboxHealthOf } from '@rookery/warehouse/reports/health';
import { everything } from '@rookery/warehouse/reports/ask';
import { mailboxList, mailboxOf, mailboxSeriesOf } from '@rookery/warehouse/reports/mailbox';
import { warmupList, warmupOf, warmupSeriesOf } from '@rookery/warehouse/reports/warmup';
import { emails, rowsOf, tenant, warmup, warmupMessages } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';

const tenant_id = 'acme';
const days = (from: string, to: string): Asked => ({ from: parseDay(from), to: parseDay(to) });
const march = days('2025-03-24', '2025-04-07');
const noon = '2025-03-30T10:00:00Z';
const ofM1 = { tenant_id, mailbox_id: 'm1' };
const ofM3 = { tenant_id, mailbox_id: 'm3' };

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const db = desk.world.admin;
  // In Berlin the clocks go forward on 2025-03-30: that day runs from 23:00Z to 22:00Z.
  await tenant(db, { tenant_id, timezone: 'Europe/Berlin' });
  await rowsOf(db, 'domains', [{ tenant_id, domain_id: 'd2', name: 'd2.example' }]);
  await rowsOf(db, 'mailboxes', [
    { tenant_id, mailbox_id: 'm2', company_id: 'acme-company', domain_id: 'd2' },
  ]);
  await emails(db, [
    { ...ofM1, sent_at: '2025-03-29T22:59:59Z' },
    { ...ofM1, sent_at: '2025-03-29T23:00:00Z', replied: noon, reply_kind: 'automatic' },
    { ...ofM1, sent_at: '2025-03-30T21:59:59Z', bounce_type: 'hard' },
    { ...ofM1, sent_at: '2025-03-30T22:00:00Z', bounce_type: 'soft' },
    ...Array.from({ length: 200 }, (_, n) => ({
      tenant_id,
      mailbox_id: 'm2',
      sent_at: noon,
      ...(n < 12 ? { bounce_type: 'hard' as const } : {}),
    })),
    { tenant_id: 'other', mailbox_id: 'theirs', sent_at: noon },
  ]);
  await warmup(db, { ...ofM1, started_at: '2025-03-29T00:00:00Z' });
  await warmup(db, {
    ...ofM3,
    started_at: '2025-03-30T00:00:00Z',
    ramp_days: 10,
    start_volume: 25,
    target_volume: 50,
  });
  await warmupMessages(db, [
    { ...ofM1, sent_at: '2025-03-29T22:59:59Z', found_in_spam: noon },
    { ...ofM1, sent_at: '2025-03-29T23:00:00Z', replied: noon },
    { ...ofM1, sent_at: '2025-03-30T22:00:00Z', bounce_type: 'hard' },
    ...Array.from({ length: 25 }, (_, n) => ({
      ...ofM3,
      sent_at: noon,
      found_in_spam: n < 5 ? noon : null,
      replied: n >= 23 ? noon : null,
    })),
    { tenant_id: 'other', mailbox_id: 'theirs', sent_at: noon },
  ]);
  await desk.settle();
  // What a domain and a warm-up were on a past day is known only of days that were counted then.
  await db.script(`
    update olap.mailbox_analytics set spf = true, warmup_status = 'active' where mailbox_id = 'm1';
    update olap.mailbox_analytics set spf = true, dmarc = false where mailbox_id = 'm2'`);
  await desk.world.etl.transaction(
    (session) =>
      session.query(scoreMailboxes, { tenantId: tenant_id, days: [parseDay('2025-03-30')] }),
    { tenantId: tenant_id },
  );
});
afterAll(() => desk.close());

const read = <T>(work: (session: Session) => Promise<T>, tenantId = tenant_id): Promise<T> =>
  desk.world.api.transaction(work, { tenantId });

type Found = {
  readonly body: object;
  readonly fresh: { readonly as_of: Date; readonly complete_through: Date | null };
  readonly range?: object;
  readonly next?: unknown;
};

// What the API would answer, without what its schema does not know.
const answer = <T>(
  endpoint: { readonly response: { readonly parse: (value: unknown) => T } },
  { body, fresh, range, next }: Found,
): T =>
  endpoint.response.parse({
    ...body,
    range,
    ...(next === undefined ? {} : { next_cursor: next === null ? null : 'a cursor' }),
    as_of: fresh.as_of.toISOString(),
    complete_through: fresh.complete_through?.toISOString() ?? null,
  });

const list = (wanted: Partial<Parameters<typeof mailboxList>[1]> = {}) =>
  read(async (session) => {
    const ask = { ...everything(tenant_id, march), compare: false, ...wanted };
    return answer(mailboxEndpoints.listMailboxes, await mailboxList(session, ask));
  });
const health = (mailboxId: string, day: string | null = null, range: Partial<Asked> = {}) =>
  read(async (session) => {
    const found = await mailboxHealthOf(session, {
      tenantId: tenant_id,
      mailboxId,
      day: day === null ? null : parseDay(day),
      range: { from: null, to: null, ...range },
    });
    return answer(mailboxEndpoints.getMailboxHealth, found);
  });
const series = async (mailboxId: string, interval: 'day' | 'week', compare = false) =>
  answer(
    mailboxEndpoints.getMailboxSeries,
    await read((session) =>
      mailboxSeriesOf(session, mailboxId, {
        tenantId: tenant_id,
        range: interval === 'week' ? march : days('2025-03-28', '2025-04-02'),
        interval,
        compare,
      }),
    ),
  );
const by = (sort: string) => ({ page: { sort, limit: 50, after: null } });
const idsOf = ({ data }: { readonly data: readonly { readonly mailbox_id: string }[] }) =>
  data.map((row) => row.mailbox_id);

test('a list of mailboxes counts each over the range, and all that match in its totals', async () => {
  const { data, totals, range } = await list();

  expect(range).toEqual({ ...march, timezone: 'Europe/Berlin' });
  expect(data).toMatchObject([
    { mailbox_id: 'm1', sent: 4, delivered: 2, replied: 1, replied_human: 0, bounced: 2 },
    { mailbox_id: 'm2', sent: 200, delivered: 188, replied: 0, bounced: 12, hard_bounced: 12 },
  ]);
  expect(data[0]).toMatchObject({
    domain_id: 'acme-domain',
    health_score: null,
    warmup_status: 'active',
    current_volume: 2,
    spf: true,
    first_day: '2025-03-29',
    last_day: '2025-03-31',
  });
  expect(data[1]).toMatchObject({ domain_id: 'd2', health_score: 59, dkim: null, dmarc: false });
  expect(totals).toMatchObject({ matching: 2, sent: 204, delivered: 190, bounced: 14 });
  expect(totals.rates.bounce_rate).toEqual({
    value: 0.0686,
    numerator: 14,
    denominator: 204,
    n: 204,
  });
});

test.each([
  [{ only: ['m1', 'theirs'] }, ['m1']],
  [{ where: { domain_id: ['d2'] } }, ['m2']],
  [{ where: { domain_id: ['d2'] }, only: ['m1'] }, []],
  [{ where: { warmup_status: ['active'] } }, ['m1']],
  [{ companyIds: ['acme-company'] }, ['m1', 'm2']],
  [by('-sent'), ['m2', 'm1']],
  [by('-bounce_rate'), ['m1', 'm2']],
  [by('health_score'), ['m1', 'm2']],
  [by('-health_score'), ['m2', 'm1']],
])('a list of mailboxes by %j is %j', async (wanted, ids) => {
  const found = await list(wanted);

  expect(idsOf(found)).toEqual(ids);
  expect(found.totals.matching).toBe(ids.length);
});

const pageOf = (sort: string, after: Keys | null) =>
  read((session) =>
    mailboxList(session, {
      ...everything(tenant_id, march),
      compare: false,
      page: { sort, limit: 1, after },
    }),
  );

test.each([
  ['sent', ['m1', 'm2']],
  ['-sent', ['m2', 'm1']],
  ['id', ['m1', 'm2']],
  ['-id', ['m2', 'm1']],
])(
  'a page of mailboxes by %s goes on after the one before, and the last has none after it',
  async (sort, ids) => {
    const first = await pageOf(sort, null);
    const second = await pageOf(sort, first.next);

    expect([...idsOf(first.body), ...idsOf(second.body)]).toEqual(ids);
    expect([first.next === null, second.next]).toEqual([false, null]);
  },
);

test('a list is compared with the range of equal length before', async () => {
  const { totals, previous } = await list({
    range: days('2025-03-31', '2025-04-01'),
    compare: true,
  });

  expect(totals).toMatchObject({ matching: 1, sent: 1, bounced: 1, hard_bounced: 0 });
  expect(previous).toMatchObject({ range: days('2025-03-30', '2025-03-31'), sent: 202 });
});

test('a range without e-mails is empty, with rates that are unknown', async () => {
  const { data, totals } = await list({ range: days('2024-01-01', '2024-02-01') });

  expect(data).toEqual([]);
  expect(totals).toMatchObject({ matching: 0, sent: 0, rates: { bounce_rate: { value: null } } });
});

test('one mailbox has its figures in the range and over its life', async () => {
  const ask = { tenantId: tenant_id, range: days('2025-03-30', '2025-03-31'), compare: true };
  const found = await read((session) => mailboxOf(session, 'm1', ask));
  const { data, previous } = answer(mailboxEndpoints.getMailbox, found);

  expect(data).toMatchObject({ mailbox_id: 'm1', sent: 2, hard_bounced: 1, lifetime: { sent: 4 } });
  expect(previous).toMatchObject({ range: days('2025-03-29', '2025-03-30'), sent: 1 });
});

test('a series cuts the days of a change of clocks at local midnight, and knows the score of each bucket', async () => {
  expect((await series('m1', 'day')).data.map(({ sent }) => sent)).toEqual([0, 1, 2, 1, 0]);
  const { data, totals, previous } = await series('m2', 'week', true);
  expect(data).toMatchObject([
    { from: '2025-03-24', to: '2025-03-31', sent: 200, health_score: 59 },
    { from: '2025-03-31', to: '2025-04-07', sent: 0, health_score: null },
  ]);
  expect(totals).toMatchObject({ sent: 200, hard_bounced: 12 });
  expect(previous?.data).toMatchObject([{ health_score: null }, { health_score: null }]);
});

test('the health of a mailbox shows what each rate contributes, and the caps', async () => {
  const { data } = await health('m2');

  // Hard bounces: (12 + 1) / (200 + 100) = 4.33 %, two ninths short of 40 points; replies: 3 / 288.
  const replies = 60 + ((3 / 288 - 0.01) / 0.02) * 25;
  expect(data).toMatchObject({ day: '2025-03-30', score: 59, band: 'poor', cap: 59 });
  expect(data.mean).toBeCloseTo((50 * 40 + 100 * 25 + replies * 10 + 100 * 5) / 80, 9);
  expect(data.components.map((c) => [c.name, c.effective_weight, c.events, c.base])).toEqual([
    ['hard_bounces', 50, 12, 200],
    ['complaints', 31.25, 0, 188],
    ['warmup_spam', 0, 0, 0],
    ['replies', 12.5, 0, 188],
    ['unsubscribes', 6.25, 0, 188],
  ]);
  expect(data.components[0]).toMatchObject({ weight: 40, rate: 0.06, contribution: 25 });
  expect(data.components[2]).toMatchObject({ rate: null, points: null, contribution: 0 });
  const caps = [...data.caps.rates, ...data.caps.records];
  expect(caps.filter((cap) => cap.applies).map((cap) => [cap.name, cap.at])).toEqual([
    ['hard_bounces_5', 59],
    ['dmarc', 79],
  ]);
  expect(data.caps.rates[1]).toMatchObject({ at: 25, rate: 0.1, least: 200, measured: 0.06 });
  expect(data.records).toEqual({ spf: true, dkim: null, dmarc: false });
  expect(data.history).toEqual([{ day: '2025-03-30', score: 59, cap: 59, version: 1 }]);
});

test('too little data is no score, and the answer says what is missing', async () => {
  const { data } = await health('m1');

  expect(data).toMatchObject({ day: '2025-03-31', score: null, band: 'unknown', mean: null });
  expect(data.enough).toEqual({ sent: { n: 4, of: 50 }, placed: { n: 2, of: 20 } });
  expect(data.components.every((c) => c.points === null && c.contribution === 0)).toBe(true);
  expect(data.history.map((h) => [h.day, h.score])).toEqual([
    ['2025-03-29', null],
    ['2025-03-30', null],
    ['2025-03-31', null],
  ]);
});

test('the window holds 14 days: the e-mails of the first count, and are gone a day later', async () => {
  const { data: last } = await health('m2', '2025-04-12');
  const { data: gone } = await health('m2', '2025-04-13');

  expect(last.window).toMatchObject(days('2025-03-30', '2025-04-13'));
  expect([last.score, gone.score]).toEqual([59, null]);
  expect(gone.records).toEqual({ spf: null, dkim: null, dmarc: null });
});

test('a mailbox that only warms up has a health, and no history of one', async () => {
  const { data } = await health('m3');

  // (4000 + 2500 + 20 × 56.67 + 850 + 500) / 100; 20 % in spam would cap at 69 from 50 placed on.
  expect(data).toMatchObject({
    day: '2025-03-30',
    score: 90,
    band: 'good',
    cap: null,
    history: [],
  });
  expect(data.mean).toBeCloseTo(89.8333, 4);
});

test('the history covers at most 90 days', async () => {
  const { range } = await health('m2', null, days('2025-01-01', '2025-04-01'));

  expect(range).toMatchObject(days('2025-01-01', '2025-04-01'));
  await expect(health('m2', null, days('2025-01-01', '2025-04-02'))).rejects.toMatchObject({
    code: 'range-too-long',
  });
});

test('warm-ups count what was planned and sent, found in spam and answered', async () => {
  const { data, totals } = answer(
    warmupEndpoints.listWarmups,
    await read((session) =>
      warmupList(session, { ...everything(tenant_id, march), compare: false }),
    ),
  );

  // m1: 5, 7 and 8 planned on its first three days of 5 to 40 in 21.
  expect(data).toMatchObject([
    { mailbox_id: 'm1', planned: 20, sent: 3, delivered: 2, spam_complaints: 1, last_planned: 8 },
    { mailbox_id: 'm3', planned: 25, sent: 25, health_score: 69, progress_percentage: 10 },
  ]);
  expect(data[0]).toMatchObject({ health_score: null, bounced: 1, ramp_days: 21 });
  expect(data[1]?.rates.placement_rate).toEqual({
    value: 0.8,
    numerator: 20,
    denominator: 25,
    n: 25,
  });
  expect(totals).toMatchObject({ matching: 2, planned: 45, sent: 28, delivered: 27 });
});

test('one warm-up has its figures in the range and over its life', async () => {
  const ask = { tenantId: tenant_id, range: days('2025-03-30', '2025-03-31'), compare: true };
  const found = await read((session) => warmupOf(session, 'm1', ask));
  const { data, previous } = answer(warmupEndpoints.getWarmup, found);

  expect(data).toMatchObject({ planned: 7, sent: 1, replied: 1, lifetime: { sent: 3 } });
  expect(previous).toMatchObject({ planned: 5, sent: 1, spam_complaints: 1 });
});

test('a series of a warm-up has plan, score and progress of each bucket, null where nothing was sent', async () => {
  const ask = { tenantId: tenant_id, range: march, interval: 'week' as const, compare: true };
  const found = await read((session) => warmupSeriesOf(session, 'm3', ask));
  const { data, totals, previous } = answer(warmupEndpoints.getWarmupSeries, found);

  expect(data).toMatchObject([
    { from: '2025-03-24', planned: 25, sent: 25, health_score: 69, progress_percentage: 10 },
    { from: '2025-03-31', planned: null, sent: 0, health_score: null, progress_percentage: null },
  ]);
  expect(totals).toMatchObject({ planned: 25, sent: 25 });
  expect(previous?.totals).toMatchObject({ planned: null, sent: 0 });
});

test.each(['theirs', 'nothing'])('a mailbox "%s" is not found anywhere', async (id) => {
  const one = { tenantId: tenant_id, range: march, compare: false };
  const series = { ...one, interval: 'day' as const };
  const asks: ((session: Session) => Promise<unknown>)[] = [
    (session) => mailboxOf(session, id, one),
    (session) => mailboxSeriesOf(session, id, series),
    (session) => mailboxHealthOf(session, { ...one, mailboxId: id, day: null }),
    (session) => mailboxHealthOf(session, { ...one, mailboxId: id, day: parseDay('2025-03-30') }),
    (session) => warmupOf(session, id, one),
    (session) => warmupSeriesOf(session, id, series),
  ];

  for (const ask of asks)
    await expect(read(ask)).rejects.toMatchObject({ kind: 'missing', code: 'not-found' });
});
