import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, daysBetween, parseDay, type Day } from '@rookery/kernel/day';
import { mailboxHealth, windowDays } from '@rookery/warehouse/health/mailbox';
import { scoreMailboxes, scoreWarmups } from '@rookery/warehouse/health/score.sql';
import { depth } from '../world/depth.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { ask } from './ask.ts';

let desk: Desk;
const start = parseDay('2025-01-01');
const span = 40;
beforeAll(async () => {
  desk = await openDesk();
  await desk.world.admin.script(
    `select olap.ensure_partitions('${start}', '${addDays(start, span)}')`,
  );
});
afterAll(() => desk.close());

const counter = (most: number) => fc.integer({ min: 0, max: most });
const mailboxDay = fc
  .record({
    n: counter(span - 1),
    sent: fc.oneof(counter(30), counter(300)),
    failed: fc.double({ min: 0, max: 0.15, noNaN: true }),
    delivered: fc.double({ min: 0.8, max: 1, noNaN: true }),
    hard: fc.double({ min: 0, max: 0.12, noNaN: true }),
    complaints: fc.double({ min: 0, max: 0.008, noNaN: true }),
    replied: fc.double({ min: 0, max: 0.1, noNaN: true }),
    unsubscribed: fc.double({ min: 0, max: 0.06, noNaN: true }),
    spf: fc.option(fc.boolean(), { freq: 2, nil: null }),
    dkim: fc.constantFrom(true, true, true, false, null),
    dmarc: fc.constantFrom(true, true, false, null),
  })
  .map((d) => ({
    day: addDays(start, d.n),
    sent: d.sent,
    delivered: Math.floor(d.sent * d.delivered),
    hard_bounced: Math.floor(d.sent * d.hard),
    spam_complaints: Math.round(d.sent * d.complaints),
    replied: Math.floor(d.sent * d.replied),
    unsubscribed: Math.floor(d.sent * d.unsubscribed),
    spf: d.spf !== false || d.n % 5 > 0 ? (d.spf === null ? null : true) : false,
    dkim: d.dkim,
    dmarc: d.dmarc,
  }));
const warmupDay = fc
  .record({
    n: counter(span - 1),
    sent: counter(40),
    placed: fc.double({ min: 0.7, max: 1, noNaN: true }),
    spam: fc.double({ min: 0, max: 0.5, noNaN: true }),
    bounced: fc.double({ min: 0, max: 0.1, noNaN: true }),
    replied: fc.double({ min: 0, max: 0.5, noNaN: true }),
    planned: fc.option(counter(45), { nil: null, freq: 8 }),
  })
  .map((d) => ({
    day: addDays(start, d.n),
    sent: d.sent,
    delivered: Math.floor(d.sent * d.placed),
    spam_complaints: Math.floor(d.sent * d.placed * d.spam),
    bounced: Math.floor(d.sent * d.bounced),
    replied: Math.floor(d.sent * d.replied),
    planned: d.planned,
    ramp_days: 10,
  }));
const oneADay = <T extends { readonly day: Day }>(rows: readonly T[]): T[] =>
  [...new Map(rows.map((row) => [row.day, row])).values()].sort((a, b) => (a.day < b.day ? -1 : 1));

type MailboxDay = typeof mailboxDay extends fc.Arbitrary<infer T> ? T : never;
type WarmupDay = typeof warmupDay extends fc.Arbitrary<infer T> ? T : never;

const put = (table: string, tenantId: string, rows: readonly (MailboxDay | WarmupDay)[]) =>
  desk.world.admin.script(
    rows
      .map((row) => {
        const whole = { ...row, tenant_id: tenantId, mailbox_id: 'm', company_id: 'c' };
        const bounced = 'hard_bounced' in row ? { bounced: row.hard_bounced } : {};
        const json = JSON.stringify({ ...whole, ...bounced });
        const columns = [...Object.keys(whole), ...Object.keys(bounced)].join(', ');
        return `insert into olap.${table} (${columns})
          select ${columns} from jsonb_populate_record(null::olap.${table}, '${json}');`;
      })
      .join('\n') || 'select 1',
  );

const score = (tenantId: string) =>
  desk.world.etl.transaction(
    async (tx) => {
      const days = Array.from({ length: span }, (_, n) => addDays(start, n));
      await tx.query(scoreWarmups, { tenantId, days });
      await tx.query(scoreMailboxes, { tenantId, days });
    },
    { tenantId },
  );

const recent = <T extends { readonly day: Day }>(rows: readonly T[], day: Day): T[] =>
  rows.filter((row) => {
    const age = daysBetween(row.day, day);
    return age >= 0 && age < windowDays;
  });
const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

const expectedMailbox = (
  day: MailboxDay,
  mailboxes: readonly MailboxDay[],
  warmups: readonly WarmupDay[],
): number | null => {
  const rows = recent(mailboxes, day.day);
  const warm = recent(warmups, day.day);
  return mailboxHealth({
    sent: sum(rows, (r) => r.sent),
    delivered: sum(rows, (r) => r.delivered),
    hard_bounced: sum(rows, (r) => r.hard_bounced),
    spam_complaints: sum(rows, (r) => r.spam_complaints),
    replied: sum(rows, (r) => r.replied),
    unsubscribed: sum(rows, (r) => r.unsubscribed),
    placed: sum(warm, (r) => r.delivered),
    in_spam: sum(warm, (r) => r.spam_complaints),
    spf: day.spf,
    dkim: day.dkim,
    dmarc: day.dmarc,
  });
};

// guide/requirements.md §6.4, written a second time.
const expectedWarmup = (day: Day, warmups: readonly WarmupDay[]): number | null => {
  const rows = recent(warmups, day);
  const placed = sum(rows, (r) => r.delivered);
  if (placed < 20) return null;
  const inSpam = sum(rows, (r) => r.spam_complaints);
  const cap = inSpam >= 0.3 * placed ? 45 : inSpam >= 0.15 * placed ? 69 : 100;
  const inbox = 1 - (inSpam + 0.05 * 20) / (placed + 20);
  const bounces = sum(rows, (r) => r.bounced) / sum(rows, (r) => r.sent);
  const replies = sum(rows, (r) => r.replied) / placed;
  return Math.floor(
    Math.min(
      cap,
      80 * Math.max(0, (inbox - 0.5) / 0.48) +
        10 * Math.max(0, 1 - bounces / 0.05) +
        10 * Math.min(1, replies / 0.25),
    ),
  );
};

const expectedProgress = (warmups: readonly WarmupDay[]): (number | null)[] => {
  let qualified = 0;
  let sent = 0;
  return warmups.map((row) => {
    const health = expectedWarmup(row.day, warmups);
    sent += row.sent;
    if (row.planned !== null && row.sent >= 0.8 * row.planned && health !== null && health >= 60)
      qualified += 1;
    if (row.planned === null) return null;
    const done = Math.floor(100 * Math.min(1, qualified / row.ramp_days));
    return done >= 100 && !(sent >= 200 && health !== null && health >= 90) ? 99 : done;
  });
};

let cases = 0;
test(
  'the SQL scores mailboxes and warm-ups as the formulas written in TypeScript do, on every day of random histories',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(mailboxDay, { maxLength: span, size: 'max' }).map(oneADay),
        fc.array(warmupDay, { maxLength: span, size: 'max' }).map(oneADay),
        async (mailboxes, warmups) => {
          cases += 1;
          const tenantId = `h${cases}`;
          await put('mailbox_analytics', tenantId, mailboxes);
          await put('warmup_analytics', tenantId, warmups);

          await score(tenantId);

          const scored = await ask<{ day: Day; health_score: number | null; volume: number }>(
            desk.world.admin,
            `select day, health_score, current_volume as volume from olap.mailbox_analytics
              where tenant_id = '${tenantId}' order by day`,
          );
          expect(scored).toEqual(
            mailboxes.map((row) => ({
              day: row.day,
              health_score: expectedMailbox(row, mailboxes, warmups),
              volume: row.sent + (warmups.find(({ day }) => day === row.day)?.sent ?? 0),
            })),
          );
          const warmed = await ask<{ health_score: number | null; done: number | null }>(
            desk.world.admin,
            `select health_score, progress_percentage as done from olap.warmup_analytics
              where tenant_id = '${tenantId}' order by day`,
          );
          const progress = expectedProgress(warmups);
          expect(warmed).toEqual(
            warmups.map((row, n) => ({
              health_score: expectedWarmup(row.day, warmups),
              done: progress[n],
            })),
          );
        },
      ),
      { numRuns: depth(30, 300), endOnFailure: true },
    );
  },
  depth(60_000, 200_000),
);

test('a score is published with its version and the points of each component', async () => {
  const [row] = await ask<{ components: object }>(
    desk.world.admin,
    `select health_components as components from olap.mailbox_analytics where health_score is not null limit 1`,
  );

  expect(row?.components).toMatchObject({
    version: 1,
    points: { hard_bounces: expect.any(Number), complaints: expect.any(Number) },
  });
});
