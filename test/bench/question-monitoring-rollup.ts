import type { Db } from '@rookery/db/pool';
import type { PerformanceItem } from '@rookery/monitoring/performance/write-series';
import { rollTurn, rollUp } from '@rookery/monitoring/rollup/rollup';
import { rankOf } from '@rookery/monitoring/sketch/sketch';
import { addDays, dayAt } from '@rookery/kernel/day';
import { cost, plain, type Line } from './line.ts';
import { compete } from './measure.ts';
import { takeItems } from './question-monitoring-ingest.ts';
import { itemsOf } from './question-monitoring-items.ts';
import type { Watch } from './question-monitoring-place.ts';
import {
  forgetScripts,
  markScript,
  storedPercentiles,
  tenantId,
} from './question-monitoring.sql.ts';

const fiveMs = 300_000;
const repeats = 20;
const tick = 'performance_metric_5min';

/** The tick: five minutes of 100 endpoints rolled up for the first time, and the hour that follows. */
export const tickLines = async ({ stage, open, history }: Watch): Promise<Line[]> => {
  stage.say('monitoring: the tick');
  const { place, ground } = stage;
  const day = addDays(dayAt(new Date(), 'UTC'), -3);
  for (const script of forgetScripts(day)) await place.warehouseAdmin.script(script);
  let turn = 0;
  // Each repetition has a bucket of its own: rows that were deleted a moment ago would be in the way.
  const next = async (): Promise<void> => {
    const bucket = new Date(Date.parse(day) + turn * fiveMs);
    turn += 1;
    await place.warehouseAdmin.script(markScript(bucket));
  };
  let fresh: Db = open('rookery_ops');
  const reconnect = async (): Promise<void> => {
    await fresh.close();
    await next();
    fresh = open('rookery_ops');
    await fresh.script('select 1');
  };
  try {
    const run = await compete(ground.maintenance, repeats, {
      warm: { prepare: next, run: () => rollTurn(place.ops, tick, tenantId) },
      cold: { prepare: reconnect, run: () => rollTurn(fresh, tick, tenantId) },
      whole: { prepare: next, run: () => rollUp(place.ops, () => false) },
    });
    const told = `${run.warm.result.written} rows of 500 minutes`;
    return [
      plain(
        'A tick of five minutes, 100 endpoints, plans known, CPU',
        run.warm.cpu,
        'ms',
        { most: 20 },
        `${cost(run.warm)}; ${told}; ${history}`,
      ),
      plain(
        'the same on a new connection, which plans anew, CPU',
        run.cold.cpu,
        'ms',
        { most: 20 },
        cost(run.cold),
      ),
      plain(
        'The whole run of the schedule: the tick and its hour so far, all rollups looked at, CPU',
        run.whole.cpu,
        'ms',
        undefined,
        cost(run.whole),
      ),
    ];
  } finally {
    await fresh.close();
  }
};

const levels = { minute: 60_000, '5min': fiveMs, hourly: 3_600_000 } as const;
const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

const keyOf = (level: string, width: number, endpoint: string, time: number): string =>
  `${level} ${endpoint} ${Math.floor(time / width) * width}`;

// The values behind every row of every level, in order.
const truths = (items: readonly PerformanceItem[]): Map<string, number[]> => {
  const all = new Map<string, number[]>();
  for (const { endpoint = '', time, values = [] } of items)
    for (const [level, width] of Object.entries(levels)) {
      const key = keyOf(level, width, endpoint, Date.parse(time));
      all.set(key, [...(all.get(key) ?? []), ...values]);
    }
  for (const values of all.values()) values.sort((a, b) => a - b);
  return all;
};

/** How far stored percentiles are from the exact order statistics, at worst, of an hour written and rolled up as always. */
export const errorLines = async ({ stage, open }: Watch, hour: Date): Promise<Line[]> => {
  stage.say('monitoring: errors of percentiles');
  const { place } = stage;
  const ingest = open('rookery_ingest');
  const items = itemsOf(hour, 60, 1);
  try {
    for (let at = 0; at < items.length; at += 500)
      await takeItems(ingest, 'truth', 'only', items.slice(at, at + 500));
  } finally {
    await ingest.close();
  }
  await rollUp(place.ops, () => false);
  const exact = truths(items);
  const worst: Record<string, number> = { minute: 0, '5min': 0, hourly: 0 };
  const rows = await place.ops.query(storedPercentiles, { tenant: 'truth' });
  for (const row of rows) {
    const values = exact.get(`${row.level} ${row.endpoint} ${row.at.getTime()}`) ?? [];
    for (const name of ['p50', 'p95', 'p99'] as const) {
      const truth = values[rankOf(quantiles[name], values.length) - 1] ?? Number.NaN;
      // Math.max keeps what is no number, and so does the line.
      worst[row.level] = Math.max(worst[row.level] ?? 0, Math.abs(row[name] - truth) / truth);
    }
  }
  const rowsOf = (level: string): number => rows.filter((row) => row.level === level).length;
  return Object.entries(worst).map(([level, error]) =>
    plain(
      `Error of p50, p95 and p99 at worst, level ${level}`,
      100 * error,
      '%',
      { most: 1 },
      `${rowsOf(level).toLocaleString('en')} rows`,
    ),
  );
};
