import { afterAll, beforeAll, expect, test } from 'vitest';
import { billingEndpoints } from '@rookery/http/endpoints/billing';
import {
  adjustmentList,
  currentPeriod,
  periodList,
  periodWithId,
  quotasOf,
} from '@rookery/warehouse/reports/period';
import { openWorld, type World } from '../world/world.ts';
import { askOne } from './ask.ts';

let world: World;
let today: string;
const stamps = { as_of: new Date().toISOString(), complete_through: null };
const { listBillingPeriods, getBillingPeriod, getCurrentBilling, listBillingAdjustments } =
  billingEndpoints;

beforeAll(async () => {
  world = await openWorld();
  ({ today } = await askOne<{ today: string }>(
    world.admin,
    `select (now() at time zone 'UTC')::date as today`,
  ));
  await world.admin.script(`
    insert into olap.billing_analytics (tenant_id, first_day, end_day, period_start, period_end, state, closed_at,
      emails_sent, mailboxes_used, domains_used, campaigns_used, leads_used, warmups_active, subscription_id)
    select 'acme', d, d + interval '1 month', d, d + interval '1 month',
      case when d < '2025-03-01' then 'closed' else 'open' end,
      case when d < '2025-03-01' then d + interval '34 days' end, e, 3, dom, 2, 50, 4, 's-1'
    from (values ('2025-01-01'::timestamp, 100, 2), ('2025-02-01', 200, null), ('2025-03-01', 300, 2)) v(d, e, dom);
    insert into olap.billing_analytics (tenant_id, first_day, end_day, period_start, period_end, emails_sent)
    values ('other', '2025-01-01', '2025-02-01', '2025-01-01', '2025-02-01', 999);
    insert into olap.billing_adjustment (tenant_id, billing_id, applied_to, emails_sent, mailboxes_used, domains_used,
      campaigns_used, leads_used, warmups_active, billable)
    select 'acme', p.id, o.id, v.e, v.m, v.dom, 0, v.l, 0, v.billable
    from olap.billing_analytics p, olap.billing_analytics o,
      (values (7, 1, 1, 5, true), (-2, 0, 0, -1, true), (40, 0, 0, 9, false)) v(e, m, dom, l, billable)
    where p.tenant_id = 'acme' and p.first_day = '2025-01-01' and o.tenant_id = 'acme' and o.first_day = '2025-03-01'
    order by v.e`);
});
afterAll(() => world.close());

const list = (ask: object = {}, tenantId = 'acme') =>
  world.api.transaction(
    (tx) => periodList(tx, { tenantId, state: null, limit: 50, after: null, ...ask }),
    { tenantId },
  );
const adjustments = (ask: object = {}, tenantId = 'acme') =>
  world.api.transaction(
    (tx) =>
      adjustmentList(tx, {
        tenantId,
        periodId: null,
        appliedTo: null,
        billable: null,
        limit: 50,
        after: null,
        ...ask,
      }),
    { tenantId },
  );
const one = (id = 0) =>
  world.api.transaction((tx) => periodWithId(tx, id, { tenantId: 'acme' }), { tenantId: 'acme' });
const current = (tenantId: string, query: Parameters<typeof quotasOf>[0] = {}) =>
  world.api.transaction((tx) => currentPeriod(tx, { tenantId, quotas: quotasOf(query) }), {
    tenantId,
  });

test('periods come the newest first, and only billable adjustments change what is charged', async () => {
  const { body, next } = await list();
  const { data } = listBillingPeriods.response.parse({ ...body, next_cursor: next, ...stamps });

  expect(data.map(({ first_day, end_day, state }) => [first_day, end_day, state])).toEqual([
    ['2025-03-01', '2025-04-01', 'open'],
    ['2025-02-01', '2025-03-01', 'closed'],
    ['2025-01-01', '2025-02-01', 'closed'],
  ]);
  const [march] = data;
  expect(march?.emails_sent).toBe(300);
  const { updated } = await askOne<{ updated: string }>(
    world.admin,
    `select updated from olap.billing_analytics where id = ${march?.period_id}`,
  );
  expect(march?.updated).toBe(new Date(updated).toISOString());
  expect(march?.adjustments.billable).toMatchObject({ count: 2, emails_sent: 5, leads_used: 4 });
  expect(march?.adjustments.unbillable).toMatchObject({ count: 1, emails_sent: 40, leads_used: 9 });
  expect(march?.adjusted).toEqual({
    emails_sent: 305,
    mailboxes_used: 4,
    domains_used: 3,
    campaigns_used: 2,
    leads_used: 54,
    warmups_active: 4,
  });
});

test('domains that are unknown stay unknown, and a period without adjustments is what it was', async () => {
  const { body } = await list({ state: 'closed' });
  const [february, january] = body.data;

  expect([february?.domains_used, february?.adjusted.domains_used]).toEqual([null, null]);
  expect([january?.domains_used, january?.adjusted.domains_used]).toEqual([2, 2]);
  expect([january?.emails_sent, january?.adjusted.emails_sent]).toEqual([100, 100]);
  expect(january?.closed_at).toBe('2025-02-04T00:00:00.000Z');
});

test('an unknown difference makes the adjusted figure unknown, and only that one', async () => {
  await world.admin.script(`
    insert into olap.billing_analytics (tenant_id, first_day, end_day, period_start, period_end, domains_used)
    values ('unsure', '2025-01-01', '2025-02-01', '2025-01-01', '2025-02-01', 5);
    insert into olap.billing_adjustment (tenant_id, billing_id, applied_to, emails_sent, mailboxes_used, domains_used,
      campaigns_used, leads_used, warmups_active, billable)
    select 'unsure', id, id, 1, 0, v.dom, 0, 0, 0, v.billable from olap.billing_analytics,
      (values (1, true), (null, true), (2, false)) v(dom, billable) where tenant_id = 'unsure'`);

  const [period] = (await list({}, 'unsure')).body.data;

  expect(period?.adjusted).toMatchObject({ emails_sent: 2, domains_used: null });
  expect(period?.adjustments.unbillable.domains_used).toBe(2);
});

test('pages hold every period once', async () => {
  const first = await list({ limit: 2 });
  const second = await list({ limit: 2, after: first.next });

  expect([first, second].map(({ body }) => body.data.map((row) => row.first_day))).toEqual([
    ['2025-03-01', '2025-02-01'],
    ['2025-01-01'],
  ]);
  expect([first.next, second.next]).toEqual([['2025-02-01'], null]);
  await expect(list({ after: ['x'] })).rejects.toMatchObject({ code: 'cursor-malformed' });
});

test('one period is found by its number, a foreign one is not there, and no number is malformed', async () => {
  const [mine] = (await list()).body.data;
  const [foreign] = (await list({}, 'other')).body.data;
  const { body } = await one(mine?.period_id);
  expect(getBillingPeriod.response.parse({ ...body, ...stamps }).data).toEqual(mine);
  await expect(one(foreign?.period_id)).rejects.toMatchObject({ code: 'not-found' });
  for (const period_id of ['x', '1.5', '0', '-1', '1e3', ' 1', '1234567890123456'])
    expect([period_id, getBillingPeriod.params.safeParse({ period_id }).success]).toEqual([
      period_id,
      false,
    ]);
  expect(getBillingPeriod.params.parse({ period_id: '12' })).toEqual({ period_id: 12 });
});

test('adjustments come the newest first and are filtered by period, by where they are applied and by what is charged', async () => {
  const all = await adjustments();
  const { data } = listBillingAdjustments.response.parse({
    ...all.body,
    next_cursor: all.next,
    ...stamps,
  });
  const [, , january] = (await list()).body.data;
  const [march] = (await list()).body.data;
  const sent = async (ask: object, tenantId?: string) =>
    (await adjustments(ask, tenantId)).body.data.map((row) => row.emails_sent);

  expect(data.map((row) => row.emails_sent)).toEqual([40, 7, -2]);
  expect(data[0]).toMatchObject({ period_id: january?.period_id, applied_to: march?.period_id });
  expect(await sent({ billable: true })).toEqual([7, -2]);
  expect(await sent({ billable: false })).toEqual([40]);
  expect(await sent({ periodId: january?.period_id })).toEqual([40, 7, -2]);
  expect(await sent({ periodId: march?.period_id })).toEqual([]);
  expect(await sent({ appliedTo: march?.period_id })).toEqual([40, 7, -2]);
  expect(await sent({}, 'other')).toEqual([]);
  const first = await adjustments({ limit: 2 });
  expect(await sent({ limit: 2, after: first.next })).toEqual([-2]);
});

// A period of ten days around today, complete through a moment, with e-mails on its days by their place from the first.
const running = async (
  tenantId: string,
  { begun, through, sent }: { begun: number; through: string; sent: readonly number[] },
) => {
  const rows = sent.map((n, i) => `('${today}'::date - ${begun} + ${i}, ${n})`).join(', ');
  const used = sent.reduce((sum, n) => sum + n, 0);
  await world.admin.script(`
    select olap.ensure_partitions('${today}'::date - 31, '${today}'::date + 31);
    insert into olap.tenant (tenant_id, timezone) values ('${tenantId}', 'UTC') on conflict (tenant_id) do nothing;
    insert into olap.source (system_identifier, seen_xmax, complete_through)
    values ('1', '1', ${through}) on conflict (source_id) do update set complete_through = excluded.complete_through;
    insert into olap.billing_analytics (tenant_id, first_day, end_day, period_start, period_end, emails_sent, domains_used)
    values ('${tenantId}', '${today}'::date - ${begun}, '${today}'::date - ${begun} + 10, '${today}'::date - ${begun},
      '${today}'::date - ${begun} + 10, ${used}, null);
    insert into olap.campaign_analytics (tenant_id, day, campaign_id, company_id, sent)
    select '${tenantId}', day, 'c' || n, 'x', n from (values ${rows}) v(day, n) where n > 0`);
};
const daysFrom = async (count: number): Promise<string> =>
  (await askOne<{ day: string }>(world.admin, `select '${today}'::date + ${count} as day`)).day;

test('a running period is projected from the days that are full, and today is not one of them', async () => {
  // Three full days of 10, 20 and 30, and 7 today: 20 a day, 200 in ten days.
  await running('runs', { begun: 3, through: 'now()', sent: [10, 20, 30, 7] });

  const { body } = await current('runs', { quota_emails: 160, quota_domains: 4 });
  const { data } = getCurrentBilling.response.parse({ ...body, ...stamps });

  expect(data.projection).toEqual({ full_days: 3, full_days_sent: 60, emails_sent: 200 });
  expect(data.elapsed_share).toBeGreaterThanOrEqual(0.3);
  expect(data.elapsed_share).toBeLessThanOrEqual(0.4);
  expect(data.quotas).toEqual({
    emails_sent: {
      quota: 160,
      used: 67,
      share: 0.4188,
      projected_share: 1.25,
      reached: false,
      // 20 a day: the 160th is sent on the eighth day.
      reached_on: await daysFrom(4),
    },
    mailboxes_used: null,
    domains_used: { quota: 4, used: null, share: null },
    campaigns_used: null,
    leads_used: null,
    warmups_active: null,
  });
});

const quota = async (quota_emails: number) => {
  const { body } = await current('quota', { quota_emails });
  const { reached, reached_on, share } = body.data.quotas.emails_sent ?? {};
  return [reached, reached_on, share];
};

test('a quota is reached by the e-mail that fills it and not by the one before', async () => {
  await running('quota', { begun: 3, through: 'now()', sent: [10, 20, 30, 7] });

  expect(await quota(30)).toEqual([true, await daysFrom(-2), 2.2333]);
  expect(await quota(31)).toEqual([true, await daysFrom(-1), 2.1613]);
  expect(await quota(67)).toEqual([true, today, 1]);
  expect(await quota(68)).toEqual([false, today, 0.9853]);
  expect(await quota(200)).toEqual([false, await daysFrom(6), 0.335]);
  expect(await quota(201)).toEqual([false, null, 0.3333]);
});

test('days that are over and not complete are not projected from', async () => {
  await running('late', {
    begun: 3,
    through: `'${today}'::timestamp at time zone 'UTC' - interval '1 day'`,
    sent: [10, 20, 2, 0],
  });

  const { body } = await current('late');

  expect(body.data.projection).toEqual({ full_days: 2, full_days_sent: 30, emails_sent: 150 });
});

test('on its first day a period is not projected, nor before anything is complete', async () => {
  await running('first', { begun: 0, through: 'now()', sent: [12] });
  const first = (await current('first', { quota_emails: 100 })).body.data;
  await running('never', { begun: 3, through: 'null', sent: [10, 20, 30] });
  const never = (await current('never')).body.data;

  expect(first.projection).toEqual({ full_days: 0, full_days_sent: 0, emails_sent: null });
  expect(first.elapsed_share).toBeLessThanOrEqual(0.1);
  expect(first.quotas.emails_sent).toMatchObject({ projected_share: null, reached_on: null });
  expect(never.projection.emails_sent).toBeNull();
});

test('without an open period that holds today nothing runs', async () => {
  await expect(current('acme')).rejects.toMatchObject({ code: 'not-found' });
  // The day after its last is outside.
  await running('ended', { begun: 10, through: 'now()', sent: [1] });
  await expect(current('ended')).rejects.toMatchObject({ code: 'not-found' });
  await running('last-day', { begun: 9, through: 'now()', sent: [1] });
  expect((await current('last-day')).body.data.today).toBe(today);
});
