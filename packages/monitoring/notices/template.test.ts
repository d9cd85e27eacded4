import { expect, test } from 'vitest';
import type { Content, ToldAlert } from './content.ts';
import { plainOf, wordsOf } from './template.ts';

const alert: ToldAlert = {
  id: 'al_1',
  rule_id: 'r1',
  rule_name: 'Bounces',
  severity: 'error',
  state: 'firing',
  message: 'bounce rate is above 5 %',
  metric_name: 'mailbox.bounce_rate',
  labels: { mailbox_id: 'm1' },
  value: 0.0823,
  threshold: 0.05,
  triggered_at: '2026-11-20T10:00:00.000Z',
  resolved_at: null,
};
const content: Content = {
  kind: 'firing',
  severity: 'error',
  template: null,
  group_labels: {},
  alerts: [alert],
  more: 0,
  note: null,
};

test('a notice says what, the value with its unit, where, since when, what to do next, and where to look', () => {
  expect(plainOf(wordsOf(content, 'https://app.example/a?x=1'))).toBe(
    `Firing: Bounces: bounce rate is above 5 %
  Bounce rate of mailbox: 8.23 %, threshold 5 %
  Since: 2026-11-20 10:00 UTC
  Where: mailbox_id m1
  https://app.example/a?x=1&alert=al_1

What to do: follow the link, and acknowledge, so that nobody else is called.`,
  );
});

test('without a dashboard there is no link, and the alert is named instead', () => {
  const { items, closing } = wordsOf(content, null);

  expect(items[0]?.link).toBeNull();
  expect(closing).toEqual([
    'What to do: look at al_1, and acknowledge, so that nobody else is called.',
  ]);
});

test('each kind has a title of one line that names rule, severity and number', () => {
  const resolved = { ...alert, state: 'resolved', resolved_at: '2026-11-20T11:00:00Z' } as const;
  const titles = (
    ['firing', 'resolved', 'repeat', 'digest', 'escalation', 'reminder', 'acknowledged'] as const
  ).map((kind) => wordsOf({ ...content, kind, alerts: [alert, alert], more: 3 }, null).title);

  expect(titles).toEqual([
    '[error] Firing: Bounces (5 alerts)',
    '[error] Resolved: Bounces (5 alerts)',
    '[error] Still firing: Bounces (5 alerts)',
    '[error] Held back until now: Bounces (5 alerts)',
    '[error] Nobody has acknowledged: Bounces (5 alerts)',
    '[error] A silence ends soon: Bounces (5 alerts)',
    '[error] Acknowledged: Bounces (5 alerts)',
  ]);
  const others = [alert, { ...alert, rule_name: 'Slow\r\nBcc: x@y.z' }];
  expect(wordsOf({ ...content, alerts: others.toReversed() }, null).title).toBe(
    '[error] Firing: Slow Bcc: x@y.z and 1 more (2 alerts)',
  );
  expect(wordsOf({ ...content, kind: 'resolved', alerts: [resolved] }, null)).toMatchObject({
    items: [{ isFiring: false }],
    closing: ['Nothing is left to do.'],
  });
});

test('an alert that is over says first how it is now, and as a memory how it was', () => {
  const over = {
    ...alert,
    state: 'resolved',
    resolved_at: '2026-11-20T11:00:00Z',
    value: 0.02373,
  } as const;
  const told = (given: Partial<ToldAlert>) =>
    wordsOf({ ...content, kind: 'resolved', alerts: [{ ...over, ...given }] }, null);

  expect(plainOf(told({}))).toBe(`Resolved: Bounces: Bounce rate of mailbox m1 is 2.373 % now
  Bounce rate of mailbox: 2.373 %, threshold 5 %
  When it fired: bounce rate is above 5 %
  Since: 2026-11-20 10:00 UTC
  Until: 2026-11-20 11:00 UTC
  Where: mailbox_id m1

Nothing is left to do.`);
  expect(told({ value: null }).items[0]?.heading).toBe(
    'Resolved: Bounces: Bounce rate of mailbox m1 has no value now',
  );
});

test('templates tell less or more; one that does not exist is said to be missing, and the default is told', () => {
  const facts = (template: string | null) =>
    wordsOf({ ...content, template }, null).items[0]?.facts.map(([name]) => name);

  expect(facts('brief')).toEqual(['Bounce rate of mailbox']);
  expect(facts(null)).toEqual(['Bounce rate of mailbox', 'Since', 'Where']);
  expect(facts('detailed')).toEqual([
    'Bounce rate of mailbox',
    'Since',
    'Where',
    'Metric',
    'Severity',
    'Rule',
    'Alert',
  ]);
  expect(facts('constructor')).toEqual(facts(null));
  expect(wordsOf({ ...content, template: 'fancy' }, null).closing.at(-1)).toBe(
    'The rule asks for the template fancy, which there is not: choose one of default, brief, detailed.',
  );
});

const fact = (given: Partial<ToldAlert>) =>
  wordsOf({ ...content, alerts: [{ ...alert, ...given }] }, null).items[0]?.facts[0];

test('a value that is none, or of a metric that somebody reports, is told as it is', () => {
  expect(fact({ value: null })).toEqual(['Bounce rate of mailbox', 'no value, threshold 5 %']);
  expect(fact({ metric_name: 'request.p95', value: 512.345, threshold: 500 })?.[1]).toBe(
    '512.3 ms, threshold 500 ms',
  );
  expect(fact({ metric_name: 'service.down', value: 1, threshold: 0 })).toEqual(['State', 'down']);
  expect(fact({ metric_name: 'our.gauge', value: 1234567, threshold: 1e6 })).toEqual([
    'our.gauge',
    '1234567, threshold 1000000',
  ]);
});
