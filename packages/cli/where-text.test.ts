import { expect, test } from 'vitest';
import { plan } from '@rookery/telemetry/plan/plan';
import { whereDoesItGo } from '@rookery/telemetry/where';
import { checklistText, nextOf, whereText, type Asked } from './where-text.ts';

const text = (asked: Asked | undefined, answers: object): string => {
  const direction = whereDoesItGo(answers);
  const next = asked === undefined ? direction.next : nextOf(asked, direction);
  return whereText(asked, direction, { next, width: 100 });
};

test('an event of the plan: its place, the reason, the call to write, and its entry', () => {
  const asked = { event: 'security_login_failed', entry: plan.security_login_failed };
  const shown = text(asked, { security: true });
  expect(shown).toContain('security_login_failed: Somebody tried to log in and was refused.');
  expect(shown).toContain('goes to     siem');
  expect(shown).toContain("Call track('security_login_failed'");
  expect(shown).toContain('email, ip_address, user_agent (the security log alone sees it)');
});

test('an event that is not in the plan: where it would go, how to add it, and how to name it', () => {
  const shown = text({ event: 'panel_moved', entry: undefined }, { behaviour: true });
  expect(shown).toContain('not in the tracking plan yet');
  expect(shown.replaceAll(/\s+/g, ' ')).toContain('Its name begins with the category: email_');
  const named = text({ event: 'admin_panel_moved', entry: undefined }, { behaviour: true });
  expect(named).not.toContain('Its name begins');
});

test('an event of which an aggregate is wanted: what to do is the aggregate, the event stays where it is', () => {
  const asked = { event: 'email_opened', entry: plan.email_opened };
  const shown = text(asked, { promised: true, behaviour: true });
  expect(shown).toContain('goes to     olap-aggregate');
  expect(shown).toContain('also        posthog.');
  expect(shown).not.toContain('Call track');
});

test('the checklist fits 120 columns and names every option', () => {
  const lines = checklistText(100).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(104);
  expect(lines.filter((line) => line.startsWith('--'))).toHaveLength(9);
});
