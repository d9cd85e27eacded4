import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, daysIn, parseDay, type Day } from '@rookery/kernel/day';
import { scoreMailboxes } from '@rookery/warehouse/health/score.sql';
import { mailboxHealthOf } from '@rookery/warehouse/reports/health';
import { depth } from '../world/depth.ts';
import { openDesk, type Desk } from '../world/desk.ts';

const start = parseDay('2025-01-01');
const span = 30;
const all = daysIn(start, addDays(start, span));
const range = { from: start, to: addDays(start, span) };

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.world.admin.script(`select olap.ensure_partitions('${range.from}', '${range.to}')`);
});
afterAll(() => desk.close());

const counter = (most: number) => fc.integer({ min: 0, max: most });
const known = fc.constantFrom(true, true, true, false, null);
const day = fc.constantFrom<Day>(...all);
const part = (whole: number, thousandths: number) => Math.floor((whole * thousandths) / 1_000);

const mailboxDays = fc.uniqueArray(
  fc
    .record({
      day,
      sent: counter(300),
      wrong: counter(120),
      few: counter(8),
      answered: counter(90),
    })
    .chain((d) => fc.record({ spf: known, dkim: known, dmarc: known }).map((r) => ({ ...d, ...r })))
    .map(({ sent, wrong, few, answered, ...rest }) => ({
      ...rest,
      sent,
      delivered: sent - part(sent, wrong),
      bounced: part(sent, wrong),
      hard_bounced: part(sent, wrong),
      spam_complaints: part(sent, few),
      replied: part(sent, answered),
      unsubscribed: part(sent, wrong / 3),
    })),
  { selector: (row) => row.day, minLength: 1, maxLength: span },
);
const warmupDays = fc.uniqueArray(
  fc.record({ day, sent: counter(40), spam: counter(400) }).map(({ spam, ...rest }) => ({
    ...rest,
    delivered: rest.sent,
    spam_complaints: part(rest.sent, spam),
  })),
  { selector: (row) => row.day, maxLength: span },
);

const put = (table: string, tenantId: string, rows: readonly object[]) => {
  const whole = rows.map((row) => ({
    tenant_id: tenantId,
    mailbox_id: 'm',
    company_id: 'c',
    ...row,
  }));
  const names = Object.keys(whole[0] ?? { tenant_id: '' }).join(', ');
  return desk.world.admin.script(`insert into olap.${table} (${names}) select ${names}
    from jsonb_populate_recordset(null::olap.${table}, '${JSON.stringify(whole)}')`);
};

let cases = 0;
let scored = 0;
let capped = 0;
test(
  'the explanation of a score adds up to the score that is stored, on every day of random histories',
  async () => {
    await fc.assert(
      fc.asyncProperty(mailboxDays, warmupDays, async (mailboxes, warmups) => {
        cases += 1;
        const tenantId = `e${cases}`;
        await put('mailbox_analytics', tenantId, mailboxes);
        await put('warmup_analytics', tenantId, warmups);
        await desk.world.etl.transaction(
          (session) => session.query(scoreMailboxes, { tenantId, days: all }),
          { tenantId },
        );

        const explained = await desk.world.api.transaction(
          async (session) => {
            const found = [];
            for (const row of mailboxes)
              found.push(
                await mailboxHealthOf(session, { tenantId, mailboxId: 'm', day: row.day, range }),
              );
            return found.map(({ body }) => body.data);
          },
          { tenantId },
        );

        for (const { day: of, score, mean, cap, components, history } of explained) {
          const sum = components.reduce((total, each) => total + each.contribution, 0);
          expect(sum).toBeCloseTo(mean ?? 0, 9);
          expect(score).toBe(mean === null ? null : Math.min(cap ?? 100, Math.floor(mean + 0.5)));
          const stored = history.find((point) => point.day === of);
          expect(stored).toMatchObject({ score, cap: score === null ? null : cap });
          scored += score === null ? 0 : 1;
          capped += score !== null && score === cap ? 1 : 0;
        }
      }),
      { numRuns: depth(25, 250), endOnFailure: true },
    );

    // Histories without scores or caps would prove nothing.
    expect(scored).toBeGreaterThan(50);
    expect(capped).toBeGreaterThan(20);
  },
  depth(60_000, 200_000),
);
