import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookForChanges } from '@rookery/warehouse/changes/look';
import { emails, tenant } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const lookNow = (minute: number) =>
  lookForChanges(
    {
      source: desk.world.source,
      warehouse: desk.world.ops,
      send: async (messages) => void desk.inbox.push(...messages),
    },
    'changed',
    { job: 'poison', scheduledTime: new Date(Date.UTC(2026, 1, 1, 0, minute)) },
  );
const workAll = async () => {
  for (let message = desk.inbox.shift(); message !== undefined; message = desk.inbox.shift())
    await desk.work(message);
};

test('an e-mail stamped in 1970, 2099 or the year 57159 is named, and its tenant’s other days are done', async () => {
  await tenant(desk.world.admin, { tenant_id: 'stamps', timezone: 'UTC' });
  await emails(
    desk.world.admin,
    [
      '2025-12-10T12:00:00Z',
      '1970-01-01T00:00:01Z',
      '2099-01-01T00:00:00Z',
      '57159-05-13T00:00:00Z',
    ].map((sent_at) => ({ tenant_id: 'stamps', campaign_id: 'c', sent_at, delivered_at: null })),
  );
  await lookNow(0);
  await workAll();
  await desk.world.admin.script(
    `update source.emails set opened = '2025-12-11T00:00:00Z', updated_at = now() where tenant_id = 'stamps'`,
  );

  const found = await lookNow(1);
  await workAll();

  expect(found.problems.join('\n')).toMatch(/1970-01-01[^]*2099-01-01[^]*57159-05-13/);
  expect(await desk.rows('campaign_analytics', 'stamps', 'day, sent, opened_tracked')).toEqual([
    { day: '2025-12-10', sent: 1, opened_tracked: 1 },
  ]);
  const { differences } = await desk.reconcile('stamps');
  expect(differences).toEqual([]);
});

test('a message that names a day to come does its other days before it is refused', async () => {
  await tenant(desk.world.admin, { tenant_id: 'ahead', timezone: 'UTC' });
  await emails(desk.world.admin, [
    { tenant_id: 'ahead', campaign_id: 'c', sent_at: '2025-12-10T12:00:00Z' },
  ]);

  await expect(
    desk.work({
      kind: 'cells',
      tenant_id: 'ahead',
      days: ['2025-12-10', '2099-01-01'] as never,
      leads: [],
      reason: 'backfill',
    }),
  ).rejects.toMatchObject({ code: 'day-in-future', kind: 'invalid' });

  expect(await desk.rows('campaign_analytics', 'ahead', 'day, sent')).toEqual([
    { day: '2025-12-10', sent: 1 },
  ]);
});

test.each([
  ['a zone that only JavaScript knows', 'AET', /not an IANA time zone/],
  ['a zone nobody knows', 'Mars/Olympus', /not an IANA time zone/],
])('%s stops its own tenant and no other', async (name, timezone, problem) => {
  const [bad, good] = [`bad ${name}`, `good ${name}`];
  await tenant(desk.world.admin, { tenant_id: bad, timezone });
  await tenant(desk.world.admin, { tenant_id: good, timezone: 'UTC' });
  for (const tenant_id of [bad, good])
    await emails(desk.world.admin, [
      { tenant_id, campaign_id: 'c', sent_at: '2025-12-10T12:00:00Z' },
    ]);

  const found = await lookNow(timezone.length);
  await workAll();

  expect(found.problems.join('\n')).toMatch(problem);
  expect(await desk.rows('campaign_analytics', good, 'sent')).toEqual([{ sent: 1 }]);

  await desk.world.admin.script(
    `update source.tenants set timezone = 'Asia/Tokyo' where tenant_id = '${bad}'`,
  );
  await lookNow(20 + timezone.length);
  await workAll();
  expect(await desk.rows('campaign_analytics', bad, 'sent')).toEqual([{ sent: 1 }]);
});

test('a zone that is changed and changed back between two looks leaves no cell cut in the other', async () => {
  await tenant(desk.world.admin, { tenant_id: 'aba', timezone: 'UTC' });
  await emails(desk.world.admin, [
    { tenant_id: 'aba', campaign_id: 'c', sent_at: '2025-12-10T01:00:00Z' },
  ]);
  await desk.settle();
  const zone = (to: string) =>
    desk.world.admin.script(`update source.tenants set timezone = '${to}' where tenant_id = 'aba'`);

  await zone('America/New_York');
  await desk.work({
    kind: 'cells',
    tenant_id: 'aba',
    days: ['2025-12-10'] as never,
    leads: [],
    reason: 'changed',
  });
  await zone('UTC');
  await desk.settle();

  expect(await desk.rows('campaign_analytics', 'aba', 'day, sent')).toEqual([
    { day: '2025-12-10', sent: 1 },
  ]);
});

test('a reconciliation sees e-mails counted for the wrong campaign though the day’s sums agree', async () => {
  await tenant(desk.world.admin, { tenant_id: 'split', timezone: 'UTC' });
  await emails(
    desk.world.admin,
    ['a', 'a', 'b'].map((campaign_id) => ({
      tenant_id: 'split',
      campaign_id,
      sent_at: '2025-12-10T12:00:00Z',
    })),
  );
  await desk.settle();
  expect((await desk.reconcile('split')).differences).toEqual([]);

  await desk.world.admin.script(
    `update olap.campaign_analytics set sent = case campaign_id when 'a' then 1 else 2 end,
      delivered = case campaign_id when 'a' then 1 else 2 end where tenant_id = 'split'`,
  );

  const { differences } = await desk.reconcile('split');
  expect(differences.map(({ subject }) => subject)).toEqual(['campaign_analytics']);
});
