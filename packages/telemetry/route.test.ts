import { expect, test } from 'vitest';
import type { Envelope } from './envelope.ts';
import type { Entry } from './plan/entry.ts';
import { plan } from './plan/plan.ts';
import { directionOf, shownTo, sinksOf } from './route.ts';

const login: Envelope = {
  id: '6f2f3a0e-0000-5000-8000-000000000000',
  event: 'security_login_failed',
  version: 1,
  tenant_id: 't1',
  actor: null,
  time: '2026-11-20T12:00:00.000Z',
  properties: plan.security_login_failed.example,
};

test('an event goes where the design rules send its nature, or to the log: there is no other table', () => {
  for (const entry of Object.values<Entry>(plan)) {
    const { place } = directionOf(entry);
    expect([place, 'console']).toEqual(expect.arrayContaining([...sinksOf(entry)]));
    expect(sinksOf(entry)).toContain(place);
  }
});

test('what is personal reaches the security log and no other sink', () => {
  expect(shownTo('siem', login)).toBe(login);
  for (const sink of ['posthog', 'metrics', 'console'] as const) {
    const shown = shownTo(sink, login);
    expect(shown.properties).toEqual({
      user_id: 'usr_41',
      method: 'password',
      reason: 'wrong-password',
    });
    expect({ ...shown, properties: login.properties }).toEqual(login);
  }
});

test('an event that the plan no longer has is shown to no sink but the security log', () => {
  const gone = { ...login, event: 'security_login_forgotten' };
  expect(shownTo('siem', gone)).toBe(gone);
  expect(shownTo('console', gone).properties).toEqual({});
  expect(shownTo('console', { ...login, event: 'constructor' }).properties).toEqual({});
});
