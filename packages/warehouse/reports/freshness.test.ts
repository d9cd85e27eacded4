import { expect, test } from 'vitest';
import { judge } from './freshness.ts';

const as_of = new Date('2025-03-10T12:00:00Z');
const pending = { days: 0, leads: 0 };
const facts = { as_of, complete_through: as_of, daysKnown: 3, drift: 0, pending };
const through = (moment: string) => ({ ...facts, complete_through: new Date(moment) });

test.each([
  ['complete an hour ago', through('2025-03-10T11:00:00.000Z'), 'current'],
  ['complete a millisecond longer ago', through('2025-03-10T10:59:59.999Z'), 'behind'],
  ['one day drifted', { ...facts, drift: 1 }, 'drifting'],
  ['late and drifting', { ...through('2025-03-01T00:00:00Z'), drift: 2 }, 'drifting'],
  ['never compared', { ...facts, drift: null }, 'current'],
  ['never complete', { ...facts, complete_through: null, drift: 1 }, 'unknown'],
  ['no day counted', { ...facts, daysKnown: 0 }, 'unknown'],
] as const)('%s: the state is told', (_, given, state) => {
  expect(judge(given).state).toBe(state);
});

test('the sentence says what there is to know', () => {
  expect(judge({ ...facts, drift: 1 }).summary).toContain('1 day that');
  expect(judge({ ...facts, drift: 2 }).summary).toContain('2 days that');
  expect(judge(facts).summary).toBe(
    'Every change before 2025-03-10T12:00:00.000Z is in the figures.',
  );
  expect(judge({ ...facts, pending: { days: 1, leads: 0 } }).summary).toBe(
    'Every change before 2025-03-10T12:00:00.000Z is in the figures; 1 day with changes still to be counted.',
  );
  expect(
    judge({ ...through('2025-03-10T10:00:00.000Z'), pending: { days: 2, leads: 1 } }),
  ).toMatchObject({
    state: 'behind',
    summary:
      'Changes since 2025-03-10T10:00:00.000Z may be missing: 2 days and 1 lead with changes not counted yet.',
  });
  expect(
    judge({ ...facts, complete_through: null, pending: { days: 4, leads: 0 } }).summary,
  ).toContain('4 days');
});
