import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { email, emails, rowsOf, tenant, warmupMessages } from '../world/builders.ts';
import { depth } from '../world/depth.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { ask } from './ask.ts';
import { heldFacts } from './held.ts';
import { recount } from './recount.ts';

const runs = depth(12, 60);
const zones = [
  'UTC',
  'America/Havana',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Pacific/Chatham',
  'Africa/Casablanca',
];

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(() => new Date('2026-02-10T12:00:00Z'));
});
afterAll(() => desk.close());

const from = Date.parse('2025-02-20T00:00:00Z');
const of = (name: string, count: number) =>
  fc.integer({ min: 0, max: count - 1 }).map((n) => `${name}${n}`);
// Fifty days across the changes of spring, or as many across those of autumn, to the second.
const moment = fc
  .tuple(fc.integer({ min: 0, max: 50 * 86_400 }), fc.constantFrom(0, 220 * 86_400))
  .map(([seconds, half]) => new Date(from + (seconds + half) * 1_000).toISOString());
const later = fc.option(fc.integer({ min: 0, max: 30 * 86_400 }), { nil: null, freq: 1 });

const sending = fc.record({
  sent_at: fc.option(moment, { nil: null, freq: 20 }),
  delivered: later,
  opened: later,
  clicked: later,
  replied: later,
  unsubscribed: later,
  complaint: later,
  bounce_type: fc.constantFrom('hard' as const, 'soft' as const, null, null, null),
  company_id: of('co', 2),
  campaign_id: of('c', 4),
  step_id: of('s', 3),
  mailbox_id: of('m', 3),
  lead_id: of('l', 30),
  open_kind: fc.constantFrom('human' as const, 'machine' as const, null),
  reply_kind: fc.constantFrom('human' as const, 'automatic' as const, null),
});
// Null: the source has lost the step, though e-mails name it.
const steps = fc.tuple(
  ...[0, 1, 2, 3].flatMap((campaign) =>
    [0, 1, 2].map((step) =>
      fc.option(
        fc.record({
          campaign_id: fc.constant(`c${campaign}`),
          step_id: fc.constant(`s${step}`),
          position: fc.integer({ min: 1, max: 9 }),
          variant: fc.constantFrom('A', 'B', null, null),
        }),
        { nil: null, freq: 4 },
      ),
    ),
  ),
);
const world = fc.record({
  timezone: fc.constantFrom(...zones),
  anchor: fc.integer({ min: 1, max: 31 }),
  sendings: fc.array(sending, { maxLength: depth(150, 400), size: 'max' }),
  warmings: fc.array(sending, { maxLength: 40, size: 'max' }),
  steps,
});

type Sending = typeof sending extends fc.Arbitrary<infer T> ? T : never;
const eventsOf = ({
  sent_at,
  delivered,
  opened,
  clicked,
  replied,
  unsubscribed,
  ...rest
}: Sending) => {
  const after = (seconds: number | null) =>
    sent_at === null || seconds === null
      ? null
      : new Date(Date.parse(sent_at) + seconds * 1_000).toISOString();
  return {
    ...rest,
    sent_at,
    delivered_at: after(delivered),
    opened: after(opened),
    clicked: after(clicked),
    replied: after(replied),
    unsubscribed: after(unsubscribed),
    after,
  };
};

let cases = 0;

test(
  `an independent recount in plain TypeScript over ${runs} random worlds equals every fact and the billing usage`,
  async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ timezone, anchor, sendings, warmings, steps: some }) => {
        cases += 1;
        const tenant_id = `p${cases}`;
        const { admin } = desk.world;
        await tenant(admin, { tenant_id, timezone, billing_anchor: anchor });
        const sent = await emails(
          admin,
          sendings.map((each) => {
            const { after, complaint, ...row } = eventsOf(each);
            return email({ ...row, complaint: after(complaint), tenant_id });
          }),
        );
        const warmed = await warmupMessages(
          admin,
          warmings.map((each) => {
            const {
              after,
              complaint,
              campaign_id: _,
              step_id: __,
              lead_id: ___,
              open_kind: ____,
              reply_kind: _____,
              ...row
            } = eventsOf(each);
            return { ...row, found_in_spam: after(complaint), tenant_id };
          }),
        );

        const known = some.filter((step) => step !== null);
        await admin.script(`delete from source.sequence_steps where tenant_id = '${tenant_id}'`);
        await rowsOf(
          admin,
          'sequence_steps',
          known.map((step) => ({ ...step, tenant_id })),
        );

        await desk.settle();

        expect(await heldFacts(admin, tenant_id)).toEqual(
          recount({ timezone, anchor }, sent, warmed, known),
        );
        expect((await desk.reconcile(tenant_id)).differences).toEqual([]);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  },
  depth(120_000, 500_000),
);

test('domains are counted once a period, and are unknown when a mailbox has none', async () => {
  await emails(desk.world.admin, [
    { tenant_id: 'dom', mailbox_id: 'a' },
    { tenant_id: 'dom', mailbox_id: 'b' },
    { tenant_id: 'nodom', mailbox_id: 'a' },
  ]);
  await desk.world.admin.script(`delete from source.mailboxes where tenant_id = 'nodom'`);

  await desk.settle();

  expect(
    await ask(
      desk.world.admin,
      `select tenant_id, domains_used, mailboxes_used from olap.billing_analytics
        where tenant_id in ('dom', 'nodom') and first_day < '2026-01-01' order by 1`,
    ),
  ).toEqual([
    { tenant_id: 'dom', domains_used: 1, mailboxes_used: 2 },
    { tenant_id: 'nodom', domains_used: null, mailboxes_used: 1 },
  ]);
});
