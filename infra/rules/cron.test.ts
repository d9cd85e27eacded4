import { Cron } from 'croner';
import { describe, expect, test } from 'vitest';
import { awsCron } from '../aws/cron.ts';
import { cronOf } from '../local/schedule.ts';
import type { Cadence } from '../topology.ts';
import { firings, parseAwsCron } from './cron.ts';
import { driftOf } from './schedules.ts';

const dividers = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1_440];
const crons = [
  '10 2 * * *',
  '0 0 1 * *',
  '59 23 31 * *',
  '30 12 29 2 *',
  '0 9 * * 1',
  '5 5 * 6 0',
  '* 3 * * *',
];
const cadences: readonly Cadence[] = [
  ...dividers.map((everyMinutes) => ({ everyMinutes })),
  ...crons.map((cron) => ({ cron })),
];

// Their clocks never change.
const steady = ['UTC', 'Asia/Kolkata', 'America/Phoenix'];

describe.each(cadences)('the cadence %o', (cadence) => {
  test.each(steady)('fires alike in the cloud and on a laptop, by the clocks of %s', (timezone) => {
    expect(driftOf(awsCron(cadence), { cron: cronOf(cadence), timezone })).toBeUndefined();
  });
});

const slots = (expression: string, timezone: string, from: string, count: number) => {
  const times = parseAwsCron(expression);
  if (typeof times === 'string') throw new Error(times);
  return firings(times, timezone, new Date(from), count);
};

test('a time that the clocks skip in spring does not come, and one that they show twice in autumn comes once', () => {
  expect(slots('cron(30 2 * * ? *)', 'Europe/Berlin', '2028-03-25T12:00:00Z', 2)).toEqual([
    '2028-03-27T00:30:00.000Z',
    '2028-03-28T00:30:00.000Z',
  ]);
  expect(slots('cron(30 2 * * ? *)', 'Europe/Berlin', '2028-10-28T12:00:00Z', 2)).toEqual([
    '2028-10-29T00:30:00.000Z',
    '2028-10-30T01:30:00.000Z',
  ]);
});

test('a laptop makes up for a time that is skipped, so that a cadence there is refused', () => {
  const local = { cron: '30 2 * * *', timezone: 'Europe/Berlin' };
  const [first] = new Cron(local.cron, local).nextRuns(1, new Date('2028-03-25T12:00:00Z'));

  expect(first?.toISOString()).toBe('2028-03-26T01:00:00.000Z');
  expect(driftOf('cron(30 2 * * ? *)', local)).toContain('where a laptop fires at 2028-03-26');
  expect(driftOf('cron(30 4 * * ? *)', { ...local, cron: '30 4 * * *' })).toBeUndefined();
});

test('lists, spans and steps are read as EventBridge reads them', () => {
  expect(slots('cron(5,10-12,50/5 8 ? 1 2-6 *)', 'UTC', '2028-01-01T00:00:00Z', 7)).toEqual(
    ['08:05', '08:10', '08:11', '08:12', '08:50', '08:55']
      .map((at) => `2028-01-03T${at}:00.000Z`)
      .concat('2028-01-04T08:05:00.000Z'),
  );
});

test('29 February comes every fourth year', () => {
  expect(slots('cron(0 0 29 2 ? *)', 'UTC', '2027-01-01T00:00:00Z', 2)).toEqual([
    '2028-02-29T00:00:00.000Z',
    '2032-02-29T00:00:00.000Z',
  ]);
});

test.each([
  ['five fields', '10 2 * * *'],
  ['five fields in brackets', 'cron(10 2 * * *)'],
  ['no kind of day left open', 'cron(10 2 * * * *)'],
  ['both kinds of day left open', 'cron(10 2 ? * ? *)'],
  ['a sixtieth minute', 'cron(60 2 * * ? *)'],
  ['a twenty-fourth hour', 'cron(0 24 * * ? *)'],
  ['a day before the first', 'cron(0 0 0 * ? *)'],
  ['a weekday before Sunday', 'cron(0 0 ? * 0 *)'],
  ['a step of nothing', 'cron(0/0 * * * ? *)'],
  ['a span that ends before it begins', 'cron(5-1 * * * ? *)'],
  ['a year', 'cron(0 0 * * ? 2028)'],
  ['a rate', 'rate(5 minutes)'],
])('%s is refused: %s', (_, expression) => {
  expect(parseAwsCron(expression)).toContain('is none that EventBridge Scheduler knows');
});

test('a cadence that does not divide the hour or the day, or names two days, is refused where it is written', () => {
  const wrong: readonly Cadence[] = [
    { everyMinutes: 7 },
    { everyMinutes: 0 },
    { everyMinutes: 90 },
    { everyMinutes: 300 },
    { cron: '10 2 * * MON-FRI' },
    { cron: '*/5 * * * *' },
    { cron: '10 2 1 * 1' },
    { cron: '10 2 * *' },
  ];
  for (const cadence of wrong)
    expect(() => awsCron(cadence)).toThrow(/drift|five plain|names both/);
});
