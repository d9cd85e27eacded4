import { afterAll, beforeAll, expect, test } from 'vitest';
import { emails, tenant } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { ask } from './ask.ts';

// [zone, local day, its first instant, the first instant of the next day, its hours]: written down from the tz database.
const days = [
  ['UTC', '2025-03-30', '2025-03-30T00:00:00Z', '2025-03-31T00:00:00Z', 24],
  ['Europe/Berlin', '2025-03-30', '2025-03-29T23:00:00Z', '2025-03-30T22:00:00Z', 23],
  ['Europe/Berlin', '2025-10-26', '2025-10-25T22:00:00Z', '2025-10-26T23:00:00Z', 25],
  ['America/New_York', '2025-03-09', '2025-03-09T05:00:00Z', '2025-03-10T04:00:00Z', 23],
  ['America/New_York', '2025-11-02', '2025-11-02T04:00:00Z', '2025-11-03T05:00:00Z', 25],
  ['Australia/Lord_Howe', '2025-04-06', '2025-04-05T13:00:00Z', '2025-04-06T13:30:00Z', 24.5],
  ['Australia/Lord_Howe', '2025-10-05', '2025-10-04T13:30:00Z', '2025-10-05T13:00:00Z', 23.5],
  ['Asia/Kolkata', '2025-03-30', '2025-03-29T18:30:00Z', '2025-03-30T18:30:00Z', 24],
  ['Pacific/Apia', '2025-03-30', '2025-03-29T11:00:00Z', '2025-03-30T11:00:00Z', 24],
  // Midnight itself does not exist on this day: it begins at one o'clock.
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z', 23],
  ['America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00:00Z', '2018-02-18T03:00:00Z', 25],
  // Midnight happens twice on these, and the day begins with the first.
  ['America/Havana', '2025-11-02', '2025-11-02T04:00:00Z', '2025-11-03T05:00:00Z', 25],
  ['Atlantic/Azores', '2025-10-26', '2025-10-26T00:00:00Z', '2025-10-27T01:00:00Z', 25],
] as const;

const second = 1_000;
const shifted = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  for (const [index, [timezone, , first, end]] of days.entries()) {
    const tenant_id = `d${index}`;
    await tenant(desk.world.admin, { tenant_id, timezone });
    await emails(
      desk.world.admin,
      [
        shifted(first, -second),
        first,
        shifted(first, second),
        shifted(end, -second),
        end,
        shifted(end, second),
      ].map((sent_at) => ({ tenant_id, sent_at })),
    );
  }
  await desk.settle();
});
afterAll(() => desk.close());

test.each(days.map((day, index) => [...day, index] as const))(
  'in %s the day %s runs from %s to %s (%s h): e-mails one second either side land on their own days',
  async (_zone, day, first, end, hours, index) => {
    const tenantId = `d${index}`;
    const rows = await desk.rows('campaign_analytics', tenantId, 'day, sent');

    expect(Date.parse(end) - Date.parse(first)).toBe(hours * 3_600 * second);
    const neighbour = (step: number) =>
      new Date(Date.parse(`${day}T00:00:00Z`) + step * 86_400 * second).toISOString().slice(0, 10);
    expect(rows).toEqual([
      { day: neighbour(-1), sent: 1 },
      { day, sent: 3 },
      { day: neighbour(1), sent: 2 },
    ]);
    expect((await desk.reconcile(tenantId)).differences).toEqual([]);
  },
);

test('control: date(sent_at) in the zone of the session counts other days, and other ones in every session', async () => {
  const naive = (zone: string) =>
    desk.world.admin.transaction(async (tx) => {
      await tx.script(`set local timezone = '${zone}'`);
      return ask<{ tenant_id: string; day: string; sent: number }>(
        tx,
        'select tenant_id, date(sent_at) as day, count(*) as sent from source.emails group by 1, 2 order by 1, 2',
      );
    });
  const ours = await ask(
    desk.world.admin,
    'select tenant_id, day, sum(sent) as sent from olap.campaign_analytics group by 1, 2 order by 1, 2',
  );

  const inUtc = await naive('UTC');
  const inBerlin = await naive('Europe/Berlin');

  expect(inUtc).not.toEqual(ours);
  expect(inBerlin).not.toEqual(ours);
  expect(inBerlin).not.toEqual(inUtc);
});

test('a tenant that moves to another time zone has all its days counted anew, and back again', async () => {
  const { admin } = desk.world;
  const hours = Array.from({ length: 72 }, (_, hour) =>
    shifted('2025-06-01T00:30:00Z', hour * 3_600 * second),
  );
  await tenant(admin, { tenant_id: 'moving', timezone: 'UTC' });
  await emails(
    admin,
    hours.map((sent_at) => ({ tenant_id: 'moving', campaign_id: 'c', lead_id: 'l', sent_at })),
  );
  await desk.settle();
  const atFirst = await desk.rows('campaign_analytics', 'moving', 'day, sent');

  await tenant(admin, { tenant_id: 'moving', timezone: 'Pacific/Apia' });
  await desk.settle();
  const inApia = await desk.rows('campaign_analytics', 'moving', 'day, sent');
  const drift = (await desk.reconcile('moving')).differences;
  const leads = await desk.rows('lead_analytics', 'moving', 'sent, first_day, last_day');
  await tenant(admin, { tenant_id: 'moving', timezone: 'UTC' });
  await desk.settle();

  expect(atFirst).toEqual([1, 2, 3].map((n) => ({ day: `2025-06-0${n}`, sent: 24 })));
  expect(inApia).toEqual([
    { day: '2025-06-01', sent: 11 },
    { day: '2025-06-02', sent: 24 },
    { day: '2025-06-03', sent: 24 },
    { day: '2025-06-04', sent: 13 },
  ]);
  expect(drift).toEqual([]);
  expect(leads).toEqual([{ sent: 72, first_day: '2025-06-01', last_day: '2025-06-04' }]);
  expect(await desk.rows('campaign_analytics', 'moving', 'day, sent')).toEqual(atFirst);
  expect((await desk.reconcile('moving')).differences).toEqual([]);
});
