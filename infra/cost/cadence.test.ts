import { Cron } from 'croner';
import { expect, test } from 'vitest';
import { schedules, type Cadence, type ScheduleSpec } from '../topology.ts';
import { blueprint, wakes } from './blueprint.ts';
import { awakeHours, firingsOfMonth, firingsOfWeek } from './cadence.ts';
import { wakesOf } from './runs.ts';
import { kinds, usual, type DeployedKind } from './stages.ts';

const dayMinutes = 1_440;
const weekMinutes = 7 * dayMinutes;
const awakeMinutes = 6;

test('a cadence fires as often in a week as it says', () => {
  expect(firingsOfWeek('off')).toEqual([]);
  expect(firingsOfWeek({ everyMinutes: 5 })).toHaveLength(2_016);
  expect(firingsOfWeek({ everyMinutes: 60 }).slice(0, 3)).toEqual([0, 60, 120]);
  expect(firingsOfWeek({ cron: '10 2 * * *' }).slice(0, 2)).toEqual([130, 1_570]);
  expect(firingsOfWeek({ cron: '0 6 * * 1' })).toEqual([dayMinutes + 360]);
  expect(firingsOfWeek({ cron: '0 6 * * 7' })).toEqual(firingsOfWeek({ cron: '0 6 * * 0' }));
});

test('a month of 730 hours has 43,800 minutes and 30.4 nights', () => {
  expect(firingsOfMonth({ everyMinutes: 1 })).toBeCloseTo(43_800, 6);
  expect(firingsOfMonth({ cron: '10 2 * * *' })).toBeCloseTo(730 / 24, 6);
});

test('a cadence by months is refused instead of being counted wrong', () => {
  expect(() => firingsOfWeek({ cron: '0 6 1 * *' })).toThrow(/cannot price 0 6 1 \* \*/);
});

const share = (everyMinutes: number) => awakeHours(firingsOfWeek({ everyMinutes })) / 730;

test('a database is awake for six minutes of each firing, and those that overlap count once', () => {
  expect(awakeHours([])).toBe(0);
  expect([share(1), share(5), share(6)]).toEqual([1, 1, 1]);
  expect(share(10)).toBeCloseTo(6 / 10, 9);
  expect(share(30)).toBeCloseTo(6 / 30, 9);
  expect(awakeHours([100, 104])).toBeCloseTo(((4 + 6) / weekMinutes) * 730, 9);
  // The last minutes of a week reach into the next.
  expect(awakeHours([weekMinutes - 2, 1])).toBeCloseTo(((3 + 6) / weekMinutes) * 730, 9);
});

const cronOf = (cadence: Cadence): string => {
  if ('cron' in cadence) return cadence.cron;
  const { everyMinutes } = cadence;
  return everyMinutes < 60 ? `*/${everyMinutes} * * * *` : `0 */${everyMinutes / 60} * * *`;
};

// Walks through eight days minute by minute and looks at the last seven: nothing of the model is used.
const walked = (kind: DeployedKind): number => {
  const begin = Date.parse('2026-11-07T00:00:00Z');
  const awake = new Set<number>();
  for (const { cadence, timezone } of Object.values<ScheduleSpec>(schedules)) {
    const own = cadence[kind];
    if (own === 'off') continue;
    const cron = new Cron(cronOf(own), { timezone, paused: true });
    for (let at = 0; at < weekMinutes + dayMinutes; at += 1)
      if (cron.match(new Date(begin + at * 60_000)))
        for (let more = 0; more < awakeMinutes; more += 1) awake.add(at + more);
  }
  const week = [...awake].filter((at) => at >= dayMinutes && at < dayMinutes + weekMinutes);
  return (week.length / weekMinutes) * 730;
};

test.each(kinds)(
  'the hours that %s is awake are those of a walk through a week, minute by minute',
  (kind) => {
    const modelled = awakeHours(wakesOf({ plan: blueprint, usage: { kind, ...usual[kind] } }));

    expect(modelled).toBeCloseTo(walked(kind), 6);
  },
);

test('production never sleeps, staging for most of the time, a preview but for 36 minutes a day', () => {
  const [production, staging, preview] = kinds.map((kind) =>
    awakeHours(wakesOf({ plan: blueprint, usage: { kind, ...usual[kind] } })),
  );

  expect(production).toBe(730);
  // 48 half hours, and seven daily jobs beside them: (48 + 7) × 6 minutes a day.
  expect(staging).toBeCloseTo((330 / 1_440) * 730, 6);
  expect(preview).toBeCloseTo((36 / 1_440) * 730, 6);
});

test('a function wakes the database by itself or by the queue it sends to, and does not when neither asks it', () => {
  expect(wakes(blueprint, 'look')).toBe(true);
  expect(wakes(blueprint, 'reconciliation')).toBe(true);
  expect(wakes(blueprint, 'migrate')).toBe(true);
  expect(wakes(blueprint, 'fallback')).toBe(false);
  expect(wakes(blueprint, 'unheard-of')).toBe(false);
});
