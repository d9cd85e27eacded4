import { expect, test } from 'vitest';
import { sinksOf } from '../route.ts';
import { categories, categoryOf } from './category.ts';
import type { Entry } from './entry.ts';
import { plan } from './plan.ts';

const entries: [string, Entry][] = Object.entries(plan);

test('the plan holds every event of the seeds (S2 §2.1, §6.3), the wildcard spelled out, and our two', () => {
  const seeded = {
    email: 'sent delivered opened clicked bounced replied unsubscribed complained',
    security: 'login_succeeded login_failed login_locked suspicious_activity data_access',
    infra: 'connection_pool_metrics error_rate latency',
    business: 'signup upgrade churn',
    admin: 'ui_viewed button_clicked',
  };
  const names = Object.entries(seeded).flatMap(([category, events]) =>
    events.split(' ').map((event) => `${category}_${event}`),
  );
  expect(entries.map(([name]) => name)).toEqual(names);
});

test('no category begins like another, so that an event is of one', () => {
  const prefixes = categories.map(({ prefix }) => prefix);
  for (const prefix of prefixes)
    expect(prefixes.filter((other) => other.startsWith(prefix))).toEqual([prefix]);
});

test.each(entries)(
  '%s is whole: named after a category, with a place that its nature may have',
  (name, entry) => {
    expect(categoryOf(name)).toBeDefined();
    expect(name).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(entry.description).toMatch(/^[A-Z].*\.$/);
    expect(entry.version).toBeGreaterThanOrEqual(1);
    // Nothing is named that its nature may not have: the types say so, and what asks at run time says the same.
    expect(sinksOf(entry)).toEqual(entry.sinks);
    expect(new Set(entry.sinks).size).toBe(entry.sinks.length);
  },
);

test.each(entries)(
  '%s has properties in snake_case, none of an envelope, and an example that shows what is personal',
  (_, entry) => {
    const names = Object.keys(entry.properties.shape);
    for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    const taken = ['tenant_id', 'actor', 'event', 'time', 'version', 'sample_rate', 'distinct_id'];
    expect(names.filter((name) => taken.includes(name))).toEqual([]);
    expect(entry.properties.parse(entry.example)).toEqual(entry.example);
    if (entry.nature !== 'behaviour') return;
    expect(entry.sample ?? 1).toBeGreaterThan(0);
    expect(entry.sample ?? 1).toBeLessThanOrEqual(1);
  },
);

test('every metric comes out of a property that is a number, under a name of its own, told apart by properties', () => {
  const operations = entries.flatMap(([, entry]) => (entry.nature === 'operations' ? [entry] : []));
  expect(operations.length).toBeGreaterThan(0);
  for (const { example, metrics, labels } of operations) {
    const told: Readonly<Record<string, unknown>> = example;
    const fields = metrics.flatMap(({ field, errors = field }) => [field, errors]);
    for (const field of fields) expect(typeof told[field]).toBe('number');
    expect(Object.keys(told)).toEqual(expect.arrayContaining([...labels]));
  }
  const names = operations.flatMap(({ metrics }) => metrics.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});

test('what names, addresses or quotes a person is held back from every sink but the security log', () => {
  const personal = /^(email|name|ip_address|user_agent|link_url|diagnostic|details|company)$/;
  for (const [name, entry] of entries) {
    const pii: readonly string[] = entry.pii;
    const names = Object.keys(entry.properties.shape).filter((field) => personal.test(field));
    expect([name, ...pii].toSorted()).toEqual([name, ...names].toSorted());
  }
});
