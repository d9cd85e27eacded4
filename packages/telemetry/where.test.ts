import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { answers, whereDoesItGo, type Answer, type Answers } from './where.ts';

test.each([
  ['audit', 'admin-audit-log'],
  ['billing', 'olap-aggregate'],
  ['contract', 'olap-aggregate'],
  ['promised', 'olap-aggregate'],
  ['configuration', 'configuration'],
  ['notification', 'notifications'],
  ['security', 'siem'],
  ['operations', 'metrics'],
  ['behaviour', 'posthog'],
] as const satisfies readonly (readonly [Answer, string])[])(
  'the design rules (S2 §5): %s alone goes to %s, with a reason and what to do',
  (answer, place) => {
    const direction = whereDoesItGo({ [answer]: true });
    expect(direction).toMatchObject({ place, also: [] });
    expect(direction.why).toMatch(/^It goes to .*, because .*\.$/);
    expect(direction.next.length).toBeGreaterThan(20);
  },
);

test('what nobody needs goes nowhere, also when every question was answered with no', () => {
  const no = Object.fromEntries(answers.map((answer) => [answer, false]));
  expect(whereDoesItGo({}).place).toBe('nowhere');
  expect(whereDoesItGo(no)).toEqual(whereDoesItGo({}));
});

test('billing that is also behaviour is counted into olap, and its events go to product analytics on their own', () => {
  const direction = whereDoesItGo({ behaviour: true, billing: true });
  expect(direction.place).toBe('olap-aggregate');
  expect(direction.why).toContain('This wins over posthog.');
  expect(direction.also).toEqual([
    { place: 'posthog', why: expect.stringContaining('on its own, because it is behaviour') },
  ]);
});

const given = fc.record(Object.fromEntries(answers.map((answer) => [answer, fc.boolean()])), {
  requiredKeys: [],
});

test('of any answers the first in the documented order wins, and no place is told twice', () => {
  fc.assert(
    fc.property(given, (asked: Answers) => {
      const yes = answers.filter((answer) => asked[answer] === true);
      const direction = whereDoesItGo(asked);
      const alone = yes.map((answer) => whereDoesItGo({ [answer]: true }).place);
      expect(direction.place).toBe(alone[0] ?? 'nowhere');
      expect(direction.also.map(({ place }) => place)).toEqual([...new Set(alone)].slice(1));
    }),
    { numRuns: 1_000 },
  );
});
