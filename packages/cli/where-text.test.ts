import { expect, test } from 'vitest';
import { plan } from '@rookery/telemetry/plan/plan';
import type { Answers } from '@rookery/telemetry/where';
import { checklistText, directed, whereText, type Asked } from './where-text.ts';

const text = (asked: Asked | undefined, answers: Answers): string =>
  whereText(asked, directed(asked, answers), 100);

test('an event of the plan: its place, the reason, the call to write, and its entry', () => {
  const asked = { event: 'security_login_failed', entry: plan.security_login_failed };
  const shown = text(asked, {});
  expect(shown).toContain('security_login_failed: Somebody tried to log in and was refused.');
  expect(shown).toContain('goes to     siem');
  expect(shown).toContain("Call track('security_login_failed'");
  expect(shown).toContain('email, ip_address, user_agent (the security log alone sees it)');
});

test('an event that is not in the plan: where it would go, how to add it, and how to name it', () => {
  const shown = text({ event: 'panel_moved', entry: undefined }, { behaviour: true });
  expect(shown).toContain('not in the tracking plan yet');
  expect(shown.replaceAll(/\s+/g, ' ')).toContain('Its name begins with its category: email_');
  const named = text({ event: 'admin_panel_moved', entry: undefined }, { behaviour: true });
  expect(named).not.toContain('Its name begins');
});

test('an event of which an aggregate is wanted stays where it is, and the aggregate has a place of its own', () => {
  const asked = { event: 'email_opened', entry: plan.email_opened };
  const [own = '', besides = ''] = text(asked, { promised: true, behaviour: true }).split(
    'For what was said of it besides',
  );
  expect(own).toContain('goes to     posthog');
  expect(own).toContain("Call track('email_opened'");
  expect(besides).toContain('goes to     olap-aggregate');
  expect(text(asked, { behaviour: true })).not.toContain('besides');
});

test('the checklist names every option and fits a narrow screen', () => {
  const lines = checklistText(80).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.filter((line) => line.startsWith('  --'))).toHaveLength(9);
});
