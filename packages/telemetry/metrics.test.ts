import { expect, test } from 'vitest';
import type { Envelope } from './envelope.ts';
import { measuresOf } from './metrics.ts';
import { plan, type EventName } from './plan/plan.ts';
import { shownTo } from './route.ts';

const envelope = (event: EventName, properties: object = plan[event].example): Envelope => ({
  id: '6f2f3a0e-0000-5000-8000-000000000000',
  event,
  version: 1,
  tenant_id: 't1',
  actor: null,
  time: '2026-11-20T12:00:00.000Z',
  properties: { ...properties },
});

test('an event about the system becomes the values that its entry names, and what was not sent becomes nothing', () => {
  const { size: _, ...pool } = plan.infra_connection_pool_metrics.example;
  const labels = { service: 'api', pool: 'oltp' };
  expect(
    measuresOf(envelope('infra_connection_pool_metrics', pool)).map(({ name, value, labels }) => ({
      name,
      value,
      labels,
    })),
  ).toEqual([
    { name: 'connection_pool_active', value: 7, labels },
    { name: 'connection_pool_idle', value: 3, labels },
    { name: 'connection_pool_waiting', value: 0, labels },
  ]);
  expect(measuresOf(envelope('infra_error_rate'))).toEqual([
    {
      name: 'requests',
      unit: 'count',
      kind: 'counter',
      value: 1_200,
      errors: 3,
      labels: { service: 'api', endpoint: '/v1/campaigns' },
    },
  ]);
  expect(measuresOf(envelope('infra_latency'))).toMatchObject([
    { value: 41.5, errors: null, labels: { method: 'GET', status_code: '200' } },
  ]);
});

test('every metric comes out of a property that the schema makes a number, under a name of its own', () => {
  const names: string[] = [];
  for (const event of Object.keys(plan) as EventName[]) {
    const entry = plan[event];
    if (entry.nature !== 'operations') continue;
    const measures = measuresOf(envelope(event));
    expect(measures.map(({ name }) => name)).toEqual(entry.metrics.map(({ name }) => name));
    names.push(...measures.map(({ name }) => name));
  }
  expect(new Set(names).size).toBe(names.length);
  expect(measuresOf(envelope('email_opened'))).toEqual([]);
});

test('what is personal reaches the security log and no other sink', () => {
  const login = envelope('security_login_failed');
  expect(shownTo('siem', login)).toBe(login);
  const hidden = ['email', 'ip_address', 'user_agent'];
  for (const sink of ['posthog', 'metrics', 'console'] as const) {
    const shown = shownTo(sink, login);
    expect(Object.keys(shown.properties)).toEqual(['user_id', 'method', 'reason']);
    expect({ ...shown, properties: login.properties }).toEqual(login);
  }
  expect(Object.keys(login.properties)).toEqual(expect.arrayContaining(hidden));
});
