import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { changed } from './change.ts';

test('a field that came, went or differs in depth is a change; one that is equal is none', () => {
  const before = { same: { a: [1, { b: null }] }, other: { a: [1] }, gone: 1, null: null };
  const after = { same: { a: [1, { b: null }] }, other: { a: [2] }, new: false, null: null };
  expect(changed(before, after)).toEqual({
    other: { before: { a: [1] }, after: { a: [2] } },
    gone: { before: 1, after: null },
    new: { before: null, after: false },
  });
});

test('without a record on both sides nothing changed', () => {
  for (const [before, after] of [
    [null, {}],
    [{}, undefined],
    [[1], [2]],
    ['a', 'b'],
    [{}, {}],
  ])
    expect(changed(before, after)).toBeNull();
});

test('names that JavaScript keeps for itself are names like others', () => {
  const before: unknown = JSON.parse('{"__proto__":1,"constructor":2}');
  expect(JSON.stringify(changed(before, {}))).toBe(
    '{"__proto__":{"before":1,"after":null},"constructor":{"before":2,"after":null}}',
  );
});

test('the changes of any two records are their differing fields, and none of the others', () => {
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.jsonValue({ maxDepth: 2 }));
  fc.assert(
    fc.property(record, record, (before, after) => {
      const named = Object.keys(changed(before, after) ?? {});
      const differing = ['a', 'b', 'c', 'd'].filter(
        (name) =>
          JSON.stringify(sorted(before[name] ?? null)) !==
          JSON.stringify(sorted(after[name] ?? null)),
      );
      expect(named.toSorted()).toEqual(differing);
    }),
  );
});

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null)
    return Object.is(value, -0) ? 'minus zero' : value;
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { record: fields.map(([name, field]) => [name, sorted(field)]) };
};
