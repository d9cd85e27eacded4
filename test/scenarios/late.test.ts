import { afterAll, beforeAll, expect, test } from 'vitest';
import { mend, reconcile } from '@rookery/warehouse/reconcile/reconcile';
import { emails, tenant, warmup, warmupMessages } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { ask } from './ask.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(() => new Date('2026-02-10T12:00:00Z'));
});
afterAll(() => desk.close());

const day = (n: number): string => `2025-12-${String(n).padStart(2, '0')}`;
const noon = (n: number): string => `${day(n)}T12:00:00Z`;

// Every test has a tenant of its own, with three e-mails of two campaigns on two days, aggregated once.
const begin = async (tenantId: string) => {
  const of = { tenant_id: tenantId, step_id: 's', mailbox_id: 'm' };
  await tenant(desk.world.admin, { tenant_id: tenantId, timezone: 'America/New_York' });
  await emails(desk.world.admin, [
    { ...of, email_id: `${tenantId}-1`, campaign_id: 'c1', lead_id: 'l1', sent_at: noon(10) },
    { ...of, email_id: `${tenantId}-2`, campaign_id: 'c2', lead_id: 'l2', sent_at: noon(10) },
    { ...of, email_id: `${tenantId}-3`, campaign_id: 'c1', lead_id: 'l1', sent_at: noon(12) },
  ]);
  await desk.settle();
};
const change = (tenantId: string, n: number, set: string) =>
  desk.world.admin.script(
    `update source.emails set ${set}, updated_at = now() where email_id = '${tenantId}-${n}'`,
  );
const campaigns = (tenantId: string, columns = 'day, campaign_id, sent') =>
  desk.rows('campaign_analytics', tenantId, columns);
const differences = async (tenantId: string) => (await desk.reconcile(tenantId)).differences;

test('a late open, click and answer are counted on the day of the e-mail, once, by the fast layer', async () => {
  await begin('late-open');

  await change('late-open', 1, `opened = '${noon(20)}', open_kind = 'human'`);
  await desk.settle();
  await change('late-open', 1, `clicked = '${noon(21)}', replied = '${noon(22)}'`);
  await desk.settle();
  await desk.settle();

  const columns = 'day, campaign_id, opened_tracked, opened_human, clicked_tracked, replied';
  expect((await campaigns('late-open', columns))[0]).toEqual({
    day: day(10),
    campaign_id: 'c1',
    opened_tracked: 1,
    opened_human: 1,
    clicked_tracked: 1,
    replied: 1,
  });
  expect(await desk.rows('lead_analytics', 'late-open', 'lead_id, sent, opened_tracked')).toEqual([
    { lead_id: 'l1', sent: 2, opened_tracked: 1 },
    { lead_id: 'l2', sent: 1, opened_tracked: 0 },
  ]);
  expect(await differences('late-open')).toEqual([]);
});

test('a late bounce takes the delivery back', async () => {
  await begin('late-bounce');

  await change('late-bounce', 1, `bounce_type = 'hard', delivered_at = null`);
  await desk.settle();

  const columns = 'day, campaign_id, sent, delivered, bounced, hard_bounced';
  expect((await campaigns('late-bounce', columns))[0]).toEqual({
    day: day(10),
    campaign_id: 'c1',
    sent: 1,
    delivered: 0,
    bounced: 1,
    hard_bounced: 1,
  });
  expect(await differences('late-bounce')).toEqual([]);
});

test('an e-mail that moves to another campaign leaves no row behind, and a tombstone of its lead', async () => {
  await begin('moved-campaign');

  await change('moved-campaign', 2, `campaign_id = 'c9'`);
  await desk.settle();

  expect(await campaigns('moved-campaign')).toEqual([
    { day: day(10), campaign_id: 'c1', sent: 1 },
    { day: day(10), campaign_id: 'c9', sent: 1 },
    { day: day(12), campaign_id: 'c1', sent: 1 },
  ]);
  expect(
    await desk.rows('lead_analytics', 'moved-campaign', 'campaign_id, lead_id, sent, last_day'),
  ).toEqual([
    { campaign_id: 'c1', lead_id: 'l1', sent: 2, last_day: day(12) },
    { campaign_id: 'c2', lead_id: 'l2', sent: 0, last_day: null },
    { campaign_id: 'c9', lead_id: 'l2', sent: 1, last_day: day(10) },
  ]);
  expect(await differences('moved-campaign')).toEqual([]);
});

test('a tombstone is removed after a week and not before', async () => {
  await begin('tomb');
  await change('tomb', 2, `campaign_id = 'c9'`);
  await desk.settle();
  const books = { source: desk.world.source, warehouse: desk.world.etl, send: async () => {} };
  const age = (text: string) =>
    desk.world.admin.script(
      `update olap.lead_analytics set updated = now() - interval '${text}' where tenant_id = 'tomb'`,
    );

  await age('6 days 23 hours');
  await reconcile(books, 'tomb', new Date('2026-01-10T00:00:00Z'));
  const kept = await desk.rows('lead_analytics', 'tomb', 'campaign_id');
  await age('7 days 1 minute');
  await reconcile(books, 'tomb', new Date('2026-01-11T00:00:00Z'));

  expect(kept).toHaveLength(3);
  expect(await desk.rows('lead_analytics', 'tomb', 'campaign_id, lead_id')).toEqual([
    { campaign_id: 'c1', lead_id: 'l1' },
    { campaign_id: 'c9', lead_id: 'l2' },
  ]);
});

test('an e-mail that moves to another lead: the old lead is recounted although nothing names it any more', async () => {
  await begin('moved-lead');

  await change('moved-lead', 2, `lead_id = 'l9'`);
  await desk.settle();

  expect(await desk.rows('lead_analytics', 'moved-lead', 'lead_id, sent')).toEqual([
    { lead_id: 'l1', sent: 2 },
    { lead_id: 'l2', sent: 0 },
    { lead_id: 'l9', sent: 1 },
  ]);
  expect(await differences('moved-lead')).toEqual([]);
});

test('a deleted e-mail is invisible to polling, and gone after the nightly recompute, leads and billing too', async () => {
  await begin('deleted');
  // Past the overlap of the fast layer, or it would find the day by its other e-mail.
  await desk.world.admin.script(
    `update source.emails set updated_at = now() - interval '1 hour' where tenant_id = 'deleted'`,
  );
  await desk.world.admin.script(`delete from source.emails where email_id = 'deleted-2'`);

  await desk.settle('changed');
  const before = await differences('deleted');
  await desk.settle('nightly');

  expect(before.map(({ subject }) => subject)).toContain('campaign_analytics');
  expect(await campaigns('deleted')).toEqual([
    { day: day(10), campaign_id: 'c1', sent: 1 },
    { day: day(12), campaign_id: 'c1', sent: 1 },
  ]);
  expect(
    await desk.rows(
      'billing_analytics',
      'deleted',
      'first_day, emails_sent, campaigns_used, leads_used',
    ),
  ).toContainEqual({
    first_day: day(1),
    emails_sent: 2,
    campaigns_used: 1,
    leads_used: 1,
  });
  expect(await differences('deleted')).toEqual([]);
});

test('a day of which every e-mail was deleted keeps no fact, and is not asked for again', async () => {
  await begin('emptied');
  await desk.world.admin.script(`delete from source.emails where email_id = 'emptied-3'`);

  await desk.settle('nightly');
  await desk.look('nightly');
  const again = desk.inbox.splice(0).filter((message) => message.tenant_id === 'emptied');

  for (const table of ['campaign_analytics', 'mailbox_analytics', 'sequence_step_analytics'])
    expect(await desk.rows(table, 'emptied', 'distinct day')).toEqual([{ day: day(10) }]);
  expect(again.flatMap((message) => message.days)).toEqual([day(10)]);
  expect(await differences('emptied')).toEqual([]);
});

test('an e-mail that moves to another day: the new day at once, the old one by the nightly recompute', async () => {
  await begin('moved-day');

  await change('moved-day', 2, `sent_at = '${noon(14)}', delivered_at = '${noon(14)}'`);
  await desk.settle('changed');
  const found = (await campaigns('moved-day')).at(-1);
  await desk.settle('nightly');

  expect(found).toEqual({ day: day(14), campaign_id: 'c2', sent: 1 });
  expect(await campaigns('moved-day')).toEqual([
    { day: day(10), campaign_id: 'c1', sent: 1 },
    { day: day(12), campaign_id: 'c1', sent: 1 },
    { day: day(14), campaign_id: 'c2', sent: 1 },
  ]);
  expect(await differences('moved-day')).toEqual([]);
});

test('what happened beyond the 35 days of the nightly recompute is found and mended by reconciliation', async () => {
  const of = { tenant_id: 'old', campaign_id: 'c', step_id: 's', mailbox_id: 'm' };
  await emails(desk.world.admin, [
    { ...of, email_id: 'old-1', lead_id: 'l1', sent_at: '2025-03-01T12:00:00Z' },
    { ...of, email_id: 'old-2', lead_id: 'l2', sent_at: '2025-03-02T12:00:00Z' },
  ]);
  await desk.settle();
  await desk.world.admin.script(`delete from source.emails where email_id = 'old-2'`);

  await desk.settle('nightly');
  const found = await desk.reconcile('old');
  const books = { source: desk.world.source, warehouse: desk.world.etl };
  for (const message of await mend(books, found)) await desk.work(message);

  expect(found.drift).toBeGreaterThan(0);
  expect(await differences('old')).toEqual([]);
  expect(await campaigns('old')).toEqual([{ day: '2025-03-01', campaign_id: 'c', sent: 1 }]);
});

test('a late bounce lowers the health of its day and the 13 days after it, and of no other day', async () => {
  const sent = Array.from({ length: 20 }, (_, n) =>
    Array.from({ length: 60 }, (__, i) => ({
      tenant_id: 'health',
      mailbox_id: 'm',
      campaign_id: 'c',
      email_id: `health-${n + 1}-${i}`,
      lead_id: `l${i}`,
      sent_at: noon(n + 1),
    })),
  );
  await emails(desk.world.admin, sent.flat());
  await desk.settle();
  const scores = async () =>
    (await desk.rows('mailbox_analytics', 'health', 'day, health_score')) as {
      day: string;
      health_score: number;
    }[];
  const before = await scores();

  await desk.world.admin
    .script(`update source.emails set bounce_type = 'hard', delivered_at = null, updated_at = now()
    where email_id like 'health-3-%' and right(email_id, 1) in ('1', '2', '3', '4')`);
  await desk.settle();

  const after = await scores();
  expect(before).toHaveLength(20);
  const lowered = after.filter(({ health_score }, i) => health_score < before[i]!.health_score);
  const others = after.filter(({ health_score }, i) => health_score === before[i]!.health_score);
  expect(lowered.map((row) => row.day)).toEqual(Array.from({ length: 14 }, (_, i) => day(i + 3)));
  expect(lowered.length + others.length).toBe(20);
});

const messages = (n: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    tenant_id: 'warm',
    message_id: `warm-${n}-${i}`,
    sent_at: noon(n),
    replied: i % 3 === 0 ? noon(n) : null,
  }));

test('warm-up messages that arrive, move and vanish late are followed, progress included', async () => {
  await warmup(desk.world.admin, { tenant_id: 'warm', started_at: '2025-12-01T00:00:00Z' });
  await warmupMessages(
    desk.world.admin,
    [1, 2, 3].flatMap((n) => messages(n, 30)),
  );
  await desk.settle();
  const rows = () =>
    desk.rows('warmup_analytics', 'warm', 'day, sent, spam_complaints, progress_percentage');
  const before = await rows();

  await desk.world.admin
    .script(`update source.warmup_messages set found_in_spam = sent_at, updated_at = now()
    where message_id like 'warm-1-%'`);
  await desk.settle();
  const spammed = await rows();
  await desk.world.admin.script(
    `delete from source.warmup_messages where message_id like 'warm-2-%'`,
  );
  await desk.settle('nightly');

  expect(before.map((row) => (row as { progress_percentage: number }).progress_percentage)).toEqual(
    [4, 9, 14],
  );
  expect(spammed).toMatchObject([{ spam_complaints: 30, progress_percentage: 0 }, {}, {}]);
  expect(await rows()).toMatchObject([
    { day: day(1), sent: 30 },
    { day: day(3), sent: 30 },
  ]);
  expect(await differences('warm')).toEqual([]);
});

test('nothing the warehouse holds is left without its source', async () => {
  const orphans = await ask(
    desk.world.admin,
    `select tenant_id, campaign_id, lead_id from olap.lead_analytics l where sent > 0 and not exists (
      select from source.emails e where (e.tenant_id, e.campaign_id, e.lead_id) = (l.tenant_id, l.campaign_id, l.lead_id))`,
  );

  expect(orphans).toEqual([]);
});
