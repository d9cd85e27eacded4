import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcile } from '@rookery/warehouse/reconcile/reconcile';
import { emails, tenant } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { ask } from './ask.ts';
import { firstDayOfPeriod } from './recount.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(() => new Date('2026-02-10T12:00:00Z'));
});
afterAll(() => desk.close());

const send = (tenant_id: string, ...moments: string[]) =>
  emails(
    desk.world.admin,
    moments.map((sent_at) => ({
      tenant_id,
      campaign_id: 'c',
      mailbox_id: 'm',
      lead_id: sent_at,
      sent_at,
    })),
  );
// The period that holds today, in February 2026, is always there: what came late is billed in it.
const periods = (tenantId: string, columns = 'first_day, end_day') =>
  ask(
    desk.world.admin,
    `select ${columns} from olap.billing_analytics
      where tenant_id = '${tenantId}' and first_day < '2026-01-01' order by first_day`,
  );
const adjustments = (tenantId: string, columns = 'id, emails_sent, leads_used, billable') =>
  desk.rows('billing_adjustment', tenantId, columns);
/** Reconciles as the daily job does at a moment; returns how many periods it closed. */
const closeAt = async (tenantId: string, moment: string): Promise<number> => {
  const books = { source: desk.world.source, warehouse: desk.world.etl, send: async () => {} };
  return (await reconcile(books, tenantId, new Date(moment))).closed;
};

test('an anchor on the 31st falls on the last day of shorter months, in a leap year too, and comes back', async () => {
  await tenant(desk.world.admin, { tenant_id: 'a31', billing_anchor: 31 });
  await send(
    'a31',
    ...['2024-01-31', '2024-02-28', '2024-02-29', '2024-03-30', '2024-03-31', '2024-04-30'].map(
      (day) => `${day}T12:00:00Z`,
    ),
  );

  await desk.settle();

  expect(await periods('a31', 'first_day, end_day, emails_sent')).toEqual([
    { first_day: '2024-01-31', end_day: '2024-02-29', emails_sent: 2 },
    { first_day: '2024-02-29', end_day: '2024-03-31', emails_sent: 2 },
    { first_day: '2024-03-31', end_day: '2024-04-30', emails_sent: 1 },
    { first_day: '2024-04-30', end_day: '2024-05-31', emails_sent: 1 },
  ]);
  expect(firstDayOfPeriod('2024-03-30', 31)).toBe('2024-02-29');
});

test('a period begins and ends at local midnight, across a change of the clock', async () => {
  await tenant(desk.world.admin, {
    tenant_id: 'dst',
    timezone: 'Europe/Berlin',
    billing_anchor: 15,
  });
  await send(
    'dst',
    '2025-03-14T22:59:59Z',
    '2025-03-14T23:00:00Z',
    '2025-04-14T21:59:59Z',
    '2025-04-14T22:00:00Z',
  );

  await desk.settle();

  expect(await periods('dst', 'first_day, period_start, period_end, emails_sent')).toEqual([
    {
      first_day: '2025-02-15',
      period_start: '2025-02-14T23:00:00+00:00',
      period_end: '2025-03-14T23:00:00+00:00',
      emails_sent: 1,
    },
    {
      first_day: '2025-03-15',
      period_start: '2025-03-14T23:00:00+00:00',
      period_end: '2025-04-14T22:00:00+00:00',
      emails_sent: 2,
    },
    {
      first_day: '2025-04-15',
      period_start: '2025-04-14T22:00:00+00:00',
      period_end: '2025-05-14T22:00:00+00:00',
      emails_sent: 1,
    },
  ]);
});

test('a period closes 72 hours after its end and not a second before, and only once', async () => {
  await tenant(desk.world.admin, { tenant_id: 'grace' });
  await send('grace', '2025-03-10T12:00:00Z', '2025-04-02T12:00:00Z');
  await desk.settle();

  const early = await closeAt('grace', '2025-04-03T23:59:59Z');
  const due = await closeAt('grace', '2025-04-04T00:00:00Z');
  const again = await closeAt('grace', '2025-04-04T00:00:00Z');

  expect([early, due, again]).toEqual([0, 1, 0]);
  expect(await periods('grace', 'first_day, state, closed_at')).toEqual([
    { first_day: '2025-03-01', state: 'closed', closed_at: '2025-04-04T00:00:00+00:00' },
    { first_day: '2025-04-01', state: 'open', closed_at: null },
  ]);
});

test('a period does not close while anything differs from the source', async () => {
  await send('unclean', '2025-03-10T12:00:00Z');
  await desk.settle();
  await send('unclean', '2025-03-11T12:00:00Z');

  const withDrift = await closeAt('unclean', '2025-05-01T00:00:00Z');
  await desk.settle();
  const clean = await closeAt('unclean', '2025-05-01T00:00:00Z');

  expect([withDrift, clean]).toEqual([0, 1]);
});

test('twice: a change after closing leaves the closed figures and becomes one adjustment of the open period', async () => {
  await send('late', '2025-03-10T12:00:00Z', '2025-03-11T12:00:00Z', '2025-04-10T12:00:00Z');
  await desk.settle();
  await closeAt('late', new Date(Date.now() - 35 * 86_400_000 + 60_000).toISOString());
  await desk.world.admin.script(
    `update olap.billing_analytics set state = 'open', closed_at = null where tenant_id = 'late' and first_day = '2025-04-01'`,
  );

  await send('late', '2025-03-12T12:00:00Z', '2025-03-13T12:00:00Z');
  await desk.settle();
  const once = await adjustments('late', 'emails_sent, leads_used, campaigns_used, billable');
  await desk.settle('nightly');
  const leads = ['2025-03-12T12:00:00Z'];
  await desk.work({ kind: 'cells', tenant_id: 'late', days: [], leads, reason: 'reconcile' });
  await desk.work({ kind: 'cells', tenant_id: 'late', days: [], leads, reason: 'reconcile' });

  expect(once).toEqual([{ emails_sent: 2, leads_used: 2, campaigns_used: 0, billable: true }]);
  expect(await adjustments('late')).toHaveLength(1);
  expect(await periods('late', 'first_day, state, emails_sent')).toEqual([
    { first_day: '2025-03-01', state: 'closed', emails_sent: 2 },
    { first_day: '2025-04-01', state: 'open', emails_sent: 1 },
  ]);
});

test('what an adjustment added and the source took back is subtracted by later rows, never by changing the first', async () => {
  await send('back', '2025-03-10T12:00:00Z');
  await desk.settle();
  await closeAt('back', '2025-05-01T00:00:00Z');
  const [extra] = await send('back', '2025-03-12T12:00:00Z');
  await desk.settle();

  await desk.world.admin.script(
    `delete from source.emails where email_id = '${extra!.email_id}';
     update source.emails set updated_at = now() where tenant_id = 'back'`,
  );
  const { differences } = await desk.reconcile('back');
  await desk.work({
    kind: 'cells',
    tenant_id: 'back',
    days: differences.flatMap(({ day }) => (day === null ? [] : [day])),
    leads: [],
    reason: 'reconcile',
  });
  await desk.settle();

  const rows = (await adjustments('back', 'id, emails_sent, leads_used')) as {
    emails_sent: number;
    leads_used: number;
  }[];
  const sum = (of: 'emails_sent' | 'leads_used') => rows.reduce((total, row) => total + row[of], 0);
  expect(rows[0]).toMatchObject({ emails_sent: 1, leads_used: 1 });
  expect([sum('emails_sent'), sum('leads_used')]).toEqual([0, 0]);
});

test.each([
  ['34 days and 23 hours', 35 * 24 - 1, true],
  ['35 days and one hour', 35 * 24 + 1, false],
])('a change %s after closing: billable is decided by 35 days', async (name, hours, billable) => {
  const tenantId = `billable-${hours}`;
  await send(tenantId, '2025-03-10T12:00:00Z');
  await desk.settle();
  expect(name).not.toBe('');
  await closeAt(tenantId, new Date(Date.now() - hours * 3_600_000).toISOString());

  await send(tenantId, '2025-03-12T12:00:00Z');
  await desk.settle();

  expect(await adjustments(tenantId, 'emails_sent, billable')).toEqual([
    { emails_sent: 1, billable },
  ]);
});

test('two periods of a tenant that overlap are refused by the database', async () => {
  await send('overlap', '2025-03-10T12:00:00Z');
  await desk.settle();

  const overlapping = desk.world.admin.script(`
    insert into olap.billing_analytics (tenant_id, first_day, end_day, period_start, period_end)
    values ('overlap', '2025-03-20', '2025-04-20', '2025-03-20Z', '2025-04-20Z')`);

  await expect(overlapping).rejects.toMatchObject({ code: '23P01' });
});

test.each([
  ['west', 'America/Los_Angeles'],
  ['east', 'Pacific/Kiritimati'],
])(
  'a tenant that moves %s: the closed period stays, its open neighbours follow and never overlap it',
  async (name, timezone) => {
    const tenantId = `move-${name}`;
    await tenant(desk.world.admin, { tenant_id: tenantId });
    await send(tenantId, '2025-03-10T12:00:00Z', '2025-04-10T12:00:00Z', '2025-05-10T12:00:00Z');
    await desk.settle();
    await closeAt(tenantId, '2025-04-20T00:00:00Z');

    await tenant(desk.world.admin, { tenant_id: tenantId, timezone });
    await send(tenantId, '2025-02-10T12:00:00Z');
    await desk.settle();

    const rows = (await periods(
      tenantId,
      'first_day, state, period_start, period_end, emails_sent',
    )) as { first_day: string; state: string; period_start: string; period_end: string }[];
    expect(rows.map(({ first_day, state }) => [first_day, state])).toEqual([
      ['2025-02-01', 'open'],
      ['2025-03-01', 'closed'],
      ['2025-04-01', 'open'],
      ['2025-05-01', 'open'],
    ]);
    expect(rows[1]).toMatchObject({
      period_start: '2025-03-01T00:00:00+00:00',
      period_end: '2025-04-01T00:00:00+00:00',
      emails_sent: 1,
    });
    for (const [n, row] of rows.slice(1).entries())
      expect(Date.parse(row.period_start)).toBeGreaterThanOrEqual(Date.parse(rows[n]!.period_end));
    expect((await desk.reconcile(tenantId)).differences).toEqual([]);
  },
);

test('a zone that differs in summer only moves the shared edge of two open periods', async () => {
  await tenant(desk.world.admin, {
    tenant_id: 'summer',
    timezone: 'Europe/London',
    billing_anchor: 15,
  });
  await send('summer', '2025-10-01T12:00:00Z', '2025-11-01T12:00:00Z');
  await desk.settle();

  await tenant(desk.world.admin, { tenant_id: 'summer', timezone: 'UTC', billing_anchor: 15 });
  await desk.settle();

  expect(await periods('summer', 'first_day, period_start, period_end')).toEqual([
    {
      first_day: '2025-09-15',
      period_start: '2025-09-15T00:00:00+00:00',
      period_end: '2025-10-15T00:00:00+00:00',
    },
    {
      first_day: '2025-10-15',
      period_start: '2025-10-15T00:00:00+00:00',
      period_end: '2025-11-15T00:00:00+00:00',
    },
  ]);
});

test('a new anchor cuts new periods between the ones that exist, and every day is in exactly one', async () => {
  await tenant(desk.world.admin, { tenant_id: 'anchor', billing_anchor: 1 });
  await send('anchor', '2025-03-10T12:00:00Z');
  await desk.settle();

  await tenant(desk.world.admin, { tenant_id: 'anchor', billing_anchor: 15 });
  await send(
    'anchor',
    '2025-02-10T12:00:00Z',
    '2025-02-20T12:00:00Z',
    '2025-04-10T12:00:00Z',
    '2025-04-20T12:00:00Z',
  );
  await desk.settle();

  expect(await periods('anchor', 'first_day, end_day, emails_sent')).toEqual([
    { first_day: '2025-01-15', end_day: '2025-02-15', emails_sent: 1 },
    { first_day: '2025-02-15', end_day: '2025-03-01', emails_sent: 1 },
    { first_day: '2025-03-01', end_day: '2025-04-01', emails_sent: 1 },
    { first_day: '2025-04-01', end_day: '2025-04-15', emails_sent: 1 },
    { first_day: '2025-04-15', end_day: '2025-05-15', emails_sent: 1 },
  ]);
});
