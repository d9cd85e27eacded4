import type { Rule } from '@rookery/monitoring/alerts/rule';
import { step, type Standing } from '@rookery/monitoring/alerts/step';
import { plain, time, type Line } from './line.ts';
import { start, type Weighed } from './question-alerts-place.ts';

const floorRule: Rule = {
  tenantId: 'floor',
  id: 'floor',
  metric: 'floor',
  operator: 'gt',
  threshold: 5,
  recoveryThreshold: null,
  minSamples: 0,
  noData: 'ok',
  forSeconds: 0,
  keepFiringSeconds: 0,
  intervalSeconds: 60,
  lookbackSeconds: 300,
  windowMinutes: null,
  scope: {},
  isShadow: false,
  revision: 0,
};

// Where 10,000 series stand is kept in a map; nothing is read, compared by labels, or kept for longer.
const floorMs = (): number => {
  const standings = new Map<string, Standing | null>();
  let least = Infinity;
  for (let turn = 0; turn < 20; turn += 1) {
    const slot = new Date(start + turn * 60_000);
    const began = performance.now();
    for (let n = 0; n < 10_000; n += 1) {
      const key = `mailbox-${n}`;
      const stepped = step(floorRule, standings.get(key) ?? null, { slot, value: 9, noData: 'ok' });
      standings.set(key, stepped.standing);
    }
    least = Math.min(least, performance.now() - began);
  }
  return least;
};

/** What 10,000 steps cost in memory, and how many times that an evaluation of 100 × 100 is. */
export const floorLine = (steady: Weighed<unknown>): Line => {
  const floor = floorMs();
  return plain(
    '100 × 100, all fire on / the bare steps of 10,000 series in a map, wall',
    steady.wall / floor,
    '×',
    undefined,
    `${time(steady.wall)} / ${time(floor)}`,
  );
};
