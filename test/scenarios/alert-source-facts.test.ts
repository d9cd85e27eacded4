import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSourceRoom, want, type SourceRoom } from './alert-source-room.ts';

const day = 1_440;
let room: SourceRoom;

beforeAll(async () => {
  room = await openSourceRoom();
});
afterAll(() => room.world.close());
beforeEach(() =>
  room.world.admin.script(
    'truncate olap.campaign_analytics, olap.mailbox_analytics, olap.tenant cascade',
  ),
);

const tenants = (zones: Record<string, string>) =>
  room.put(
    'olap.tenant',
    Object.entries(zones).map(([tenant_id, timezone]) => ({
      tenant_id,
      timezone,
      billing_anchor: 1,
      seen_at: '2025-01-01Z',
    })),
  );

const zeros = {
  delivered: 0,
  opened_tracked: 0,
  clicked_tracked: 0,
  replied: 0,
  bounced: 0,
  unsubscribed: 0,
  spam_complaints: 0,
  hard_bounced: 0,
  updated: '2025-03-10Z',
};

let made = 0;
const fact = (kind: 'campaign' | 'mailbox', rows: readonly Record<string, unknown>[]) =>
  room.put(
    `olap.${kind}_analytics`,
    rows.map((row) => ({
      id: (made += 1),
      tenant_id: 'acme',
      day: '2025-03-10',
      company_id: 'co',
      [`${kind}_id`]: 'x',
      ...zeros,
      ...row,
    })),
  );

// 200 sent: 10 bounced, 6 of them hard; 190 delivered.
const busy = {
  sent: 200,
  delivered: 190,
  opened_tracked: 95,
  clicked_tracked: 38,
  replied: 19,
  bounced: 10,
  hard_bounced: 6,
  unsubscribed: 4,
  spam_complaints: 1,
};

describe('rates of an entity are events over their base, and say how much they rest on', () => {
  const expected = {
    sent: [200, 200],
    bounce_rate: [10 / 200, 200],
    hard_bounce_rate: [6 / 200, 200],
    complaint_rate: [1 / 190, 190],
    reply_rate: [19 / 190, 190],
    open_rate: [95 / 190, 190],
    click_rate: [38 / 190, 190],
    unsubscribe_rate: [4 / 190, 190],
  };
  test.each(Object.entries(expected))('%s', async (measure, [value, samples]) => {
    await tenants({ acme: 'UTC' });
    await fact('campaign', [{ ...busy, campaign_id: 'c1' }]);
    await fact('mailbox', [{ ...busy, mailbox_id: 'm1' }]);
    const told = async (entity: string) =>
      room.tell(want(`${entity}.${measure}`, '2025-03-10T12:00:00Z', { windowMinutes: day }));

    expect(await told('campaign')).toEqual([[{ campaign_id: 'c1' }, value, samples]]);
    expect(await told('mailbox')).toEqual([[{ mailbox_id: 'm1' }, value, samples]]);
    expect(await told('tenant')).toEqual([[{}, value, samples]]);
  });
});

test('opens by people count where the source tells them, all opens where it does not', async () => {
  await fact('campaign', [
    { ...busy, campaign_id: 'told', opened_human: 19 },
    { ...busy, campaign_id: 'untold', opened_human: null },
  ]);

  expect(
    await room.tell(want('campaign.open_rate', '2025-03-10T12:00:00Z', { windowMinutes: day })),
  ).toEqual([
    [{ campaign_id: 'told' }, 0.1, 190],
    [{ campaign_id: 'untold' }, 0.5, 190],
  ]);
});

test('a rate without a base is no sample, and a tenant that sent nothing has sent 0', async () => {
  await tenants({ acme: 'UTC' });
  await fact('campaign', [{ campaign_id: 'c1', sent: 3 }]);
  const at = (metric: string, slot: string) =>
    room.tell(want(metric, slot, { windowMinutes: day }));

  expect(await at('campaign.reply_rate', '2025-03-10T12:00:00Z')).toEqual([]);
  expect(await at('tenant.sent', '2025-03-11T12:00:00Z')).toEqual([[{}, 0, 0]]);
  expect(await at('tenant.bounce_rate', '2025-03-11T12:00:00Z')).toEqual([]);
  expect(
    await room.tell({ ...want('tenant.sent', '2025-03-11T12:00:00Z'), tenantId: 'nobody' }),
  ).toEqual([]);
});

const sentAt = async (slot: string, days: number) =>
  (await room.tell(want('campaign.sent', slot, { windowMinutes: days * day })))[0]?.[1];

test('a window is whole local days up to that of the slot, both sides of midnight by a second', async () => {
  await tenants({ acme: 'America/New_York' });
  await fact('campaign', [
    { campaign_id: 'c1', day: '2025-03-08', sent: 1 },
    { campaign_id: 'c1', day: '2025-03-09', sent: 10 },
    { campaign_id: 'c1', day: '2025-03-10', sent: 100 },
  ]);

  // The clock went forward on the 9th: it began at 05:00Z and, 23 hours long, ended at 04:00Z.
  expect(await sentAt('2025-03-09T04:59:59Z', 1)).toBe(1);
  expect(await sentAt('2025-03-09T05:00:00Z', 1)).toBe(10);
  expect(await sentAt('2025-03-10T03:59:59Z', 1)).toBe(10);
  expect(await sentAt('2025-03-10T04:00:00Z', 1)).toBe(100);
  expect(await sentAt('2025-03-10T04:00:00Z', 2)).toBe(110);
  expect(await sentAt('2025-03-10T04:00:00Z', 3)).toBe(111);
});

const scored = (health_score: number | null, sent: number) => ({
  health_score,
  health_components: health_score === null ? null : { sent },
});

const scoresOver = (days: number) =>
  room.tell(want('mailbox.health_score', '2025-03-10T00:00:00Z', { windowMinutes: days * day }));

test('the score of a mailbox is that of its last day with e-mails; an unknown one is no sample', async () => {
  await fact('mailbox', [
    { mailbox_id: 'm1', day: '2025-03-08', ...scored(91, 400) },
    { mailbox_id: 'm1', day: '2025-03-09', ...scored(57, 420) },
    { mailbox_id: 'm2', day: '2025-03-08', ...scored(88, 100) },
    { mailbox_id: 'm2', day: '2025-03-09', ...scored(null, 0) },
    { mailbox_id: 'm3', day: '2025-03-03', ...scored(40, 60) },
  ]);

  expect(await scoresOver(7)).toEqual([[{ mailbox_id: 'm1' }, 57, 420]]);
  expect(await scoresOver(8)).toEqual([
    [{ mailbox_id: 'm1' }, 57, 420],
    [{ mailbox_id: 'm3' }, 40, 60],
  ]);
});

test('many wants are answered each by its own tenant and window, with two statements', async () => {
  await tenants({ acme: 'UTC', other: 'UTC' });
  await fact('campaign', [
    { campaign_id: 'c1', sent: 7 },
    { campaign_id: 'c1', sent: 5, tenant_id: 'other' },
    { campaign_id: 'c1', sent: 3, day: '2025-03-09' },
  ]);
  await fact('mailbox', [{ mailbox_id: 'm1', sent: 11 }]);
  const slot = '2025-03-10T12:00:00Z';
  const wants = [
    want('campaign.sent', slot, { windowMinutes: day }),
    want('campaign.sent', slot, { windowMinutes: day, tenantId: 'other' }),
    want('campaign.sent', slot, { windowMinutes: 2 * day }),
    want('mailbox.sent', slot, { windowMinutes: day }),
    want('tenant.sent', slot, { windowMinutes: 2 * day }),
    want('tenant.sent', slot, { windowMinutes: day, tenantId: 'nobody' }),
  ];

  const samples = await room.read(wants);

  const values = wants.map((_, at) =>
    samples.filter((sample) => sample.want === at).map(({ value }) => value),
  );
  expect(values).toEqual([[7], [5], [10], [11], [10], []]);
});
