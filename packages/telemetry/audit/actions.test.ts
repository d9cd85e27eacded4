import { expect, test } from 'vitest';
import type { Action, Kept } from './action.ts';
import { actions, ownActions } from './actions.ts';
import { categories, classes } from './keeping.ts';
import { payloadField } from './payload.ts';

const all: readonly (readonly [string, Kept])[] = Object.entries({ ...actions, ...ownActions });
const promoted: readonly (readonly [string, Action])[] = Object.entries(actions);

test('a deed on a thing tells of one action at most, unless the event names it', () => {
  const owners = new Map<string, string[]>();
  for (const [name, { deeds, things, named }] of promoted)
    for (const deed of named ? [] : deeds)
      for (const thing of things)
        owners.set(`${deed} ${thing}`, [...(owners.get(`${deed} ${thing}`) ?? []), name]);

  expect([...owners].filter(([, names]) => names.length > 1)).toEqual([]);
});

test('every action has a class and a category that fit their columns, and a name of two words', () => {
  for (const [name, { class: kept, category }] of all) {
    expect(name).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(kept in classes && category in categories && category.length <= 20).toBe(true);
  }
});

test('the list is of the kinds that compliance needs, and of no others', () => {
  expect(all.map(([name]) => name.split('.')[0])).not.toContain('email');
  expect(new Set(all.map(([, { category }]) => category))).toEqual(
    new Set(['security', 'billing', 'configuration', 'data_access', 'audit_access', 'records']),
  );
});

test('what explains the other entries is kept as long as they are', () => {
  expect(categories[ownActions['audit_log.erased'].category].keepDays).toBeNull();
  expect(ownActions['audit_log.erased'].class).toBe('restricted');
});

test.each(['request', 'Response-Body', 'rawHtml', 'attachments', 'query_duration_ms', 'page_url'])(
  'a field named %s is found at any depth',
  (name) => {
    expect(payloadField({ a: [{ b: { [name]: 1 } }] })).toBe(name);
  },
);

test.each(['request_id', 'content_type', 'role', 'permissions', 'subject_id', 'seats'])(
  'a field named %s is none of a payload',
  (name) => {
    expect(payloadField({ [name]: 'body' })).toBeNull();
  },
);

test('a document that is nested 50,000 deep is looked through without running out of stack', () => {
  let deep: unknown = { html: 1 };
  for (let n = 0; n < 50_000; n += 1) deep = [deep];
  expect(payloadField(deep)).toBe('html');
});
