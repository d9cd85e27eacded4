import { expect, test } from 'vitest';
import { busRules, type BusRule } from './bus-rules.ts';
import { plan } from './plan/plan.ts';

const rules = busRules();

// As EventBridge reads the patterns that we write.
const matches = ({ pattern }: BusRule, name: string): boolean =>
  pattern['detail-type'].some((wanted) =>
    'prefix' in wanted
      ? name.startsWith(wanted.prefix)
      : !wanted['anything-but'].prefix.some((prefix) => name.startsWith(prefix)),
  );
const queuesOf = (name: string): string[] =>
  rules.filter((rule) => matches(rule, name)).map(({ queue }) => queue);

test('a rule for every sink of a category, one for what has none, one for the audit', () => {
  expect(rules.map(({ name }) => name)).toEqual([
    'email-posthog',
    'security-siem',
    'security-console',
    'infra-metrics',
    'infra-console',
    'business-posthog',
    'admin-ui-posthog',
    'unplanned',
    'audit',
  ]);
});

test('every event of the plan comes straight to each of its sinks, and never to the router', () => {
  for (const [event, { sinks }] of Object.entries(plan)) {
    expect(queuesOf(event)).toEqual(expect.arrayContaining([...sinks]));
    expect(queuesOf(event)).not.toContain('events');
  }
});

test('no name falls between the rules: what is not planned has a queue, too', () => {
  expect(queuesOf('email_forwarded')).toEqual(['posthog']);
  expect(queuesOf('page_viewed')).toEqual(['events']);
  expect(queuesOf('')).toEqual(['events']);
  expect(queuesOf('audit_event')).toEqual(['ingest']);
  expect(queuesOf('audit_eventually')).toEqual(['ingest']);
  expect(queuesOf('audit')).toEqual(['events']);
});

test('an event of the plan with a new sink gets the rule that it needs', () => {
  const { email_opened } = plan;
  const more = busRules({
    ...plan,
    email_opened: { ...email_opened, sinks: ['posthog', 'console'] },
  });
  expect(more.map(({ name }) => name)).toContain('email-console');
});
