import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leadEndpoints } from '@rookery/http/endpoints/leads';
import { lastContact, leadList, leadOf } from '@rookery/warehouse/reports/lead';
import { listLeads, type Engagement, type LeadListAsk } from '@rookery/warehouse/reports/lead.sql';
import { parseDay as day } from '@rookery/kernel/day';
import { emails, tenant } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { ask } from './ask.ts';

const at = (day: number): string => `2025-03-${String(day).padStart(2, '0')}T12:00:00Z`;
const of = (campaign: string, lead: string, day: number) => ({
  tenant_id: 'acme',
  campaign_id: campaign,
  lead_id: lead,
  sent_at: at(day),
});

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(() => new Date('2025-04-10T12:00:00Z'));
  await tenant(desk.world.admin, { tenant_id: 'acme', timezone: 'Europe/Berlin' });
  await emails(desk.world.admin, [
    { ...of('c1', 'ann', 1), opened: at(2), replied: at(2) },
    { ...of('c1', 'ann', 3), opened: at(4), open_kind: 'machine', clicked: at(4) },
    of('c1', 'bob', 3),
    { ...of('c1', 'cat', 5), bounce_type: 'hard' },
    { ...of('c2', 'ann', 5), bounce_type: 'soft' },
    { ...of('c2', 'ann', 7), replied: at(8), reply_kind: 'automatic' },
    { ...of('c2', 'bob', 7), opened: at(7), unsubscribed: at(8), complaint: at(8) },
    { ...of('c2', 'dan', 9), email_id: 'moves' },
    { tenant_id: 'other', campaign_id: 'c1', lead_id: 'eve', sent_at: at(5) },
  ]);
  await desk.settle();
  // The row of (c2, dan) becomes a tombstone.
  await desk.world.admin.script(
    `update source.emails set campaign_id = 'c3', updated_at = now() where email_id = 'moves'`,
  );
  await desk.settle();
});
afterAll(() => desk.close());

const everything: LeadListAsk = { ...listLeads.example, totals: false };
type Wanted = Partial<LeadListAsk>;
const list = (wanted: Wanted = {}, tenantId = 'acme') =>
  desk.world.api.transaction((tx) => leadList(tx, { ...everything, ...wanted, tenantId }), {
    tenantId,
  });
type List = Awaited<ReturnType<typeof list>>;
const names = ({ body }: List) => body.data.map((row) => `${row.campaign_id} ${row.lead_id}`);
const page = (sort?: string, limit = 50, after: LeadListAsk['page']['after'] = null) => ({
  page: { sort, limit, after },
});
// The answer as the API gives it, parsed by the contract.
const whole = ({ body, range, fresh, next }: List) =>
  leadEndpoints.listLeads.response.parse({
    ...body,
    range,
    next_cursor: next === null ? null : 'more',
    as_of: fresh.as_of.toISOString(),
    complete_through: fresh.complete_through?.toISOString() ?? null,
  });

test('leads are listed by campaign and lead with the figures of their life, and no tombstone is among them', async () => {
  const tombstones = await ask(
    desk.world.admin,
    `select campaign_id, lead_id from olap.lead_analytics where sent = 0`,
  );

  const found = await list();

  expect(tombstones).toEqual([{ campaign_id: 'c2', lead_id: 'dan' }]);
  expect(names(found)).toEqual(['c1 ann', 'c1 bob', 'c1 cat', 'c2 ann', 'c2 bob', 'c3 dan']);
  const answer = whole(found);
  expect(answer.data[0]).toMatchObject({
    status: 'contacted',
    first_day: '2025-03-01',
    last_day: '2025-03-03',
    sent: 2,
    delivered: 2,
    opened_tracked: 2,
    opened_human: 1,
    clicked_tracked: 1,
    replied: 1,
    replied_human: 1,
    bounced: 0,
    rates: {
      open_rate: { value: 0.5, numerator: 1, denominator: 2, n: 2 },
      reply_rate: { value: 0.5, numerator: 1, denominator: 2, n: 2 },
    },
  });
  expect(answer.totals).toBeNull();
  expect(answer.next_cursor).toBeNull();
  expect(answer.range.from).toBe('2025-03-03');
  expect(answer.range.timezone).toBe('Europe/Berlin');
});

test('totals count all that match and each lead once, whatever the page', async () => {
  const { totals } = whole(await list({ totals: true, ...page('-sent', 1) }));

  expect(totals).toMatchObject({
    matching: 6,
    leads: 4,
    sent: 8,
    delivered: 6,
    opened_tracked: 3,
    opened_human: 2,
    clicked_tracked: 1,
    replied: 2,
    replied_human: 1,
    bounced: 2,
    hard_bounced: 1,
    unsubscribed: 1,
    spam_complaints: 1,
  });
});

test('totals keep to the filters', async () => {
  const found = await list({ totals: true, leadIds: ['ann', 'cat'], campaignIds: ['c1'] });

  expect(names(found)).toEqual(['c1 ann', 'c1 cat']);
  expect(found.body.totals).toMatchObject({ matching: 2, leads: 2, sent: 3, bounced: 1 });
});

test('the days asked for are of the last contact, half-open, and cut no figure', async () => {
  const found = await list({ range: { from: day('2025-03-03'), to: day('2025-03-07') } });
  const one = await list({ range: { from: day('2025-03-07'), to: day('2025-03-08') } });
  const since = await list({ range: { from: day('2025-03-07'), to: null } });
  const until = await list({ range: { from: null, to: day('2025-03-05') } });

  expect(names(found)).toEqual(['c1 ann', 'c1 bob', 'c1 cat']);
  expect(found.body.data[0]!.sent).toBe(2);
  expect(found.range).toMatchObject({ from: '2025-03-03', to: '2025-03-07' });
  expect(names(one)).toEqual(['c2 ann', 'c2 bob']);
  expect(names(since)).toEqual(['c2 ann', 'c2 bob', 'c3 dan']);
  expect(names(until)).toEqual(['c1 ann', 'c1 bob']);
  expect(until.range).toMatchObject({ from: '2025-03-03', to: '2025-03-05' });
});

test('the range that is filled in leaves no lead out, and is one of days also where there are no leads', async () => {
  const all = await list();
  const again = await list({ range: all.range });
  const none = await list({}, 'nobody');

  expect(names(again)).toEqual(names(all));
  expect(none.body.data).toEqual([]);
  expect(none.range.from < none.range.to).toBe(true);
});

test('an end that is not after the start is refused', () => {
  expect(() => lastContact({ from: day('2025-03-02'), to: day('2025-03-02') })).toThrow(
    expect.objectContaining({ kind: 'invalid', code: 'range-empty' }),
  );
  expect(lastContact({ from: day('2000-01-01'), to: day('2025-03-03') }).from).toBe('2000-01-01');
});

test('a status filters', async () => {
  await desk.world.admin.script(
    `update olap.lead_analytics set status = 'won' where tenant_id = 'acme' and (campaign_id, lead_id) = ('c2', 'bob')`,
  );

  expect(names(await list({ statuses: ['won', 'lost'] }))).toEqual(['c2 bob']);
  expect(names(await list({ statuses: ['lost'] }))).toEqual([]);
});

const conditions: Readonly<Record<Engagement, string>> = {
  contacted: 'true',
  delivered: 'delivered_at is not null',
  opened: 'opened is not null',
  opened_human: `opened is not null and open_kind = 'human'`,
  clicked: 'clicked is not null',
  replied: 'replied is not null',
  replied_human: `replied is not null and reply_kind = 'human'`,
  bounced: 'bounce_type is not null',
  hard_bounced: `bounce_type = 'hard'`,
  unsubscribed: 'unsubscribed is not null',
  complained: 'complaint is not null',
  not_opened: 'opened is null',
  not_replied: 'replied is null',
};

describe.each(Object.entries(conditions))('engagement %s', (name, condition) => {
  test('is what a recount of the e-mails finds', async () => {
    // A lead of whom none was: every e-mail fulfils the condition; else at least one does.
    const enough = name.startsWith('not_') ? 'bool_and' : 'bool_or';
    const recount = await ask<{ name: string }>(
      desk.world.admin,
      `select campaign_id || ' ' || lead_id as name from source.emails where tenant_id = 'acme'
       group by campaign_id, lead_id having ${enough}(${condition}) order by 1`,
    );
    const { engagement } = leadEndpoints.listLeads.query.parse({ engagement: name });

    const found = await list({ engagement: engagement ?? null, totals: true });

    expect(recount.length).toBeGreaterThan(0);
    expect(names(found)).toEqual(recount.map((row) => row.name));
    expect(found.body.totals?.matching).toBe(recount.length);
  });
});

test.each([['opened'], ['replied']] as const)(
  '%s and its opposite part the contacted',
  async (engagement) => {
    const done = names(await list({ engagement }));
    const not = names(await list({ engagement: `not_${engagement}` }));

    expect([...done, ...not].toSorted()).toEqual(names(await list()));
  },
);

const orders = ['id', 'sent', 'opened_tracked', 'replied', 'last_day'].flatMap((name) => [
  name,
  `-${name}`,
]);

describe.each(orders)('paging by %s', (sort) => {
  test('three at a time gives each lead once while others come in between', async () => {
    const tenantId = `pages-${sort}`;
    const put = (leads: readonly number[]) =>
      desk.world.admin.script(`
        insert into olap.lead_analytics (tenant_id, campaign_id, lead_id, sent, delivered, opened_tracked, replied,
          first_day, last_day, sent_days, source_epoch, source_xmax, source_in_progress)
        select '${tenantId}', 'c' || n % 3, 'l' || n, 1 + n % 4, 1, n % 2, (n % 5 = 0)::int,
          d, d, array[d], 1, '1', 0
        from unnest(array[${leads.join(', ')}]) n, lateral (select date '2025-03-01' + n % 6 as d) x`);
    const begun = Array.from({ length: 23 }, (_, n) => n * 10);
    await put(begun);

    const seen: string[] = [];
    let after: LeadListAsk['page']['after'] = null;
    let range = everything.range;
    let pages = 0;
    do {
      const found: List = await list({ range, ...page(sort, 3, after) }, tenantId);
      seen.push(...found.body.data.map((row) => row.lead_id));
      after = found.next;
      range = found.range;
      pages += 1;
      await put([1000 + pages, 2000 - pages]);
    } while (after !== null && pages < 100);

    const atStart = seen.filter((lead) => Number(lead.slice(1)) < 1000);
    expect(atStart.toSorted()).toEqual(begun.map((n) => `l${n}`).toSorted());
    expect(new Set(seen).size).toBe(seen.length);
    expect(pages).toBeLessThan(100);
  });
});

const putOne = (lead: string) =>
  desk.world.admin.script(`
    insert into olap.lead_analytics (tenant_id, campaign_id, lead_id, sent, first_day, last_day, sent_days,
      source_epoch, source_xmax, source_in_progress)
    values ('offset', 'c', '${lead}', 1, '2025-03-01', '2025-03-01', '{2025-03-01}', 1, '1', 0)`);
const byOffset = (offset: number) =>
  ask<{ lead_id: string }>(
    desk.world.admin,
    `select lead_id from olap.lead_analytics where tenant_id = 'offset'
     order by campaign_id, lead_id offset ${offset} limit 1`,
  );

test('paging by offset, the control, gives a lead twice when one comes in between', async () => {
  await putOne('b');
  await putOne('c');

  const first = await byOffset(0);
  await putOne('a');

  expect(await byOffset(1)).toEqual(first);
});

test.each([
  ['id', ['2025-03-01', 'c', 'l']],
  ['sent', ['many', 'c', 'l']],
  ['sent', [1, 'c', 'l']],
  ['last_day', ['2025-02-30', 'c', 'l']],
  ['last_day', ['2025-03-01', 'c']],
])('by %s the keys %j are refused', async (sort, keys) => {
  await expect(list(page(sort, 3, keys))).rejects.toMatchObject({ code: 'cursor-malformed' });
});

const one = (leadId: string, tenantId = 'acme') =>
  desk.world.api.transaction((tx) => leadOf(tx, tenantId, leadId), { tenantId });

test('one lead is all of its campaigns, the latest first, with totals over them', async () => {
  const { body, fresh } = await one('ann');

  const { data } = leadEndpoints.getLead.response.parse({
    ...body,
    as_of: fresh.as_of.toISOString(),
    complete_through: fresh.complete_through?.toISOString() ?? null,
  });
  expect(data).toMatchObject({ lead_id: 'ann', first_day: '2025-03-01', last_day: '2025-03-07' });
  expect(data.campaigns.map(({ campaign_id, sent }) => [campaign_id, sent])).toEqual([
    ['c2', 2],
    ['c1', 2],
  ]);
  expect(data.totals).toMatchObject({
    sent: 4,
    delivered: 3,
    opened_tracked: 2,
    opened_human: 1,
    replied: 2,
    replied_human: 1,
    bounced: 1,
    hard_bounced: 0,
  });
});

test('a lead that moved is in its new campaign alone; one that was never written to is not found', async () => {
  const { body } = await one('dan');

  expect(body.data.campaigns.map(({ campaign_id }) => campaign_id)).toEqual(['c3']);
  await expect(one('nobody')).rejects.toMatchObject({ kind: 'missing', code: 'not-found' });
});

test('a lead of another tenant is neither listed nor found', async () => {
  expect(names(await list({ leadIds: ['eve'] }))).toEqual([]);
  await expect(one('eve')).rejects.toMatchObject({ kind: 'missing', code: 'not-found' });
  expect(names(await list({}, 'other'))).toEqual(['c1 eve']);
});
