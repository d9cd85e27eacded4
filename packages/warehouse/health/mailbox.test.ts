import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOf } from './band.ts';
import { at } from './curve.ts';
import { explainHealth, mailboxHealth, type Window } from './mailbox.ts';

/** A clean mailbox of a thousand e-mails; a test names what is wrong with it. */
const window = (wrong: Partial<Window> = {}): Window => ({
  sent: 1_000,
  delivered: 1_000,
  hard_bounced: 0,
  spam_complaints: 0,
  replied: 30,
  unsubscribed: 0,
  placed: 100,
  in_spam: 0,
  spf: true,
  dkim: true,
  dmarc: true,
  ...wrong,
});

// The simulated numbers of guide/requirements.md §6.3.
test.each([
  ['clean', {}, 99],
  ['without warm-up data', { placed: 0 }, 98],
  ['no replies', { sent: 2_000, delivered: 2_000, replied: 0 }, 93],
  ['2 % hard bounces', { hard_bounced: 20 }, 93],
  ['3 % hard bounces', { hard_bounced: 30 }, 88],
  ['5 % hard bounces', { hard_bounced: 50 }, 59],
  ['11 % hard bounces', { hard_bounced: 110 }, 25],
  ['0.2 % complaints', { spam_complaints: 2 }, 59],
  ['0.35 % complaints', { sent: 2_000, delivered: 2_000, spam_complaints: 7 }, 39],
  ['30 % of the warm-up in spam', { in_spam: 30 }, 45],
  ['DKIM failing', { dkim: false }, 50],
  ['no DMARC', { dmarc: false }, 79],
  ['ten sent and no warm-up', { sent: 10, delivered: 10, placed: 0 }, null],
])('%s scores %j: %s', (_, wrong, score) => {
  expect(mailboxHealth(window(wrong))).toBe(score);
});

test('one bounce of ten e-mails is no panic', () => {
  const score = mailboxHealth(window({ sent: 10, delivered: 9, hard_bounced: 1, replied: 0 }));

  expect(score).toBeGreaterThanOrEqual(90);
});

test.each([
  [{ sent: 49, placed: 19 }, false],
  [{ sent: 50, placed: 19 }, true],
  [{ sent: 49, placed: 20 }, true],
])('%j is enough for a score: %s', (few, isEnough) => {
  expect(mailboxHealth(window(few)) !== null).toBe(isEnough);
});

test.each([
  [{ sent: 199, hard_bounced: 10 }, false],
  [{ sent: 200, delivered: 190, hard_bounced: 9 }, false],
  [{ sent: 200, delivered: 190, hard_bounced: 10 }, true],
])('the cap of hard bounces on %j: %s', (bounced, isCapped) => {
  const score = mailboxHealth(window({ delivered: bounced.sent, ...bounced })) ?? 0;

  expect(score <= 59).toBe(isCapped);
});

test('unknown records of a domain cap nothing', () => {
  expect(mailboxHealth(window({ spf: null, dkim: null, dmarc: null }))).toBe(
    mailboxHealth(window()),
  );
});

test('a curve is flat before its first point and after its last, and straight between', () => {
  const curve = [
    [1, 100],
    [3, 50],
  ] as const;

  expect([0, 1, 2, 3, 9].map((x) => at(curve, x))).toEqual([100, 100, 75, 50, 50]);
});

const share = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000);
const record = fc.constantFrom(true, false, null);
const windows = fc
  .record({
    sent: fc.integer({ min: 0, max: 5_000 }),
    placed: fc.integer({ min: 0, max: 300 }),
    shares: fc.array(share, { minLength: 6, maxLength: 6 }),
    records: fc.record({ spf: record, dkim: record, dmarc: record }),
  })
  .map(({ sent, placed, shares: [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0], records }): Window => {
    const delivered = Math.floor(sent * a);
    return {
      sent,
      delivered,
      hard_bounced: sent - delivered,
      spam_complaints: Math.floor(delivered * b * 0.01),
      replied: Math.floor(delivered * c),
      unsubscribed: Math.floor(delivered * d * e),
      placed,
      in_spam: Math.floor(placed * f),
      ...records,
    };
  });

test('an explanation adds up: the contributions are the mean, and the mean under the cap is the score', () => {
  fc.assert(
    fc.property(windows, (any) => {
      const { score, mean, cap, components, caps } = explainHealth(any);
      const counted = components.filter((c) => c.points !== null);

      expect(score).toBe(mailboxHealth(any));
      expect(score === null).toBe(any.sent < 50 && any.placed < 20);
      expect(counted.length).toBe(score === null ? 0 : any.placed < 20 ? 4 : 5);
      if (score === null || mean === null) return;
      expect(counted.reduce((sum, c) => sum + c.effective_weight, 0)).toBeCloseTo(100, 9);
      expect(components.reduce((sum, c) => sum + c.contribution, 0)).toBeCloseTo(mean, 9);
      expect(score).toBe(Math.min(Math.floor(mean + 0.5), cap ?? 100));
      const applied = [...caps.rates, ...caps.records].filter((c) => c.applies).map((c) => c.at);
      expect(cap).toBe(applied.length === 0 ? null : Math.min(...applied));
    }),
  );
});

test.each([
  [100, 'good'],
  [80, 'good'],
  [79, 'fair'],
  [60, 'fair'],
  [59, 'poor'],
  [40, 'poor'],
  [39, 'critical'],
  [0, 'critical'],
  [null, 'unknown'],
])('a score of %s is %s', (score, band) => {
  expect(bandOf(score)).toBe(band);
});
