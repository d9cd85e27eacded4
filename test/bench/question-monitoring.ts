import type { Session } from '@rookery/db/pool';
import { addDays, dayAt, type Day } from '@rookery/kernel/day';
import { activeUserCounts } from '@rookery/monitoring/reports/activity';
import { busiest, trend } from '@rookery/monitoring/reports/performance';
import { dropPartitions } from '@rookery/monitoring/retention/look';
import { cost, plain, ratio, type Line } from './line.ts';
import { compete } from './measure.ts';
import { ingestLines } from './question-monitoring-ingest.ts';
import { openWatch, type Watch } from './question-monitoring-place.ts';
import { errorLines, tickLines } from './question-monitoring-rollup.ts';
import { fillScripts, partitionOf, tenantId } from './question-monitoring.sql.ts';
import type { Question } from './stage.ts';

// Two days that are alike in all but the way their rows go; that of the second is to come, so that retention leaves it alone.
const retentionLines = async ({ stage }: Watch): Promise<Line[]> => {
  stage.say('monitoring: retention');
  const { place, ground, repeats } = stage;
  const { warehouseAdmin: admin } = place;
  const today = dayAt(new Date(), 'UTC');
  const [dropped, deleted] = [addDays(today, -10), addDays(today, 3)];
  const slot = new Date();
  // What else is past goes now, and the marks of other questions with it.
  await admin.script('truncate monitoring.performance_metric_5min_dirty');
  await dropPartitions(place.ops, slot);
  const fill = async (day: Day): Promise<void> => {
    for (const script of fillScripts(day)) await admin.script(script);
  };
  let turn = 0;
  const run = await compete(ground.maintenance, repeats, {
    drop: {
      prepare: () => fill(dropped),
      run: () => dropPartitions(place.ops, new Date(slot.getTime() + (turn += 1))),
    },
    remove: {
      prepare: () => fill(deleted),
      run: async () => {
        await admin.script(`delete from monitoring.${partitionOf(deleted)}`);
        await admin.script(`vacuum monitoring.${partitionOf(deleted)}`);
        return 0;
      },
    },
  });
  const rows = run.drop.result.reduce((sum, one) => sum + (one.rows ?? 0), 0);
  return [
    ratio(
      `A day of metrics, ${rows.toLocaleString('en')} rows: dropped by retention / DELETE and VACUUM, CPU`,
      run.drop,
      run.remove,
      { most: 0.1 },
    ),
    ratio('the same, wall', run.drop, run.remove, undefined, 'wall'),
    {
      name: 'the same, WAL',
      measured: `${Math.round(run.drop.wal / 1024)} KiB / ${Math.round(run.remove.wal / 1024)} KiB`,
      value: run.drop.wal / run.remove.wal,
      unit: '×',
      bound: undefined,
    },
  ];
};

type Ask = (session: Session) => Promise<unknown>;

// The minutes and their rollups end with yesterday, the activities with now.
const asks = (midnight: Date): Readonly<Record<'q3' | 'q5' | 'q16', Ask>> => ({
  q3: (tx) => busiest(tx, { tenantId, now: midnight, query: { hours: 24, limit: 20 } }),
  q5: (tx) =>
    trend(tx, { tenantId, now: midnight, query: { days: 7, endpoint: '/v1/endpoint/7' } }),
  q16: (tx) => activeUserCounts(tx, { tenantId, now: new Date() }),
});

const names = {
  q3: 'Q3, API performance of 24 hours, 20 of 100 endpoints, 1,000,000 rows at either level, wall',
  q5: 'Q5, trend of an endpoint over 7 days, 1,000,000 hours, wall',
  q16: 'Q16, active users of 1 h, 24 h, 7 and 30 days, 1,000,000 activities in the day, wall',
} as const;

const readLines = async ({ stage, open }: Watch, midnight: Date): Promise<Line[]> => {
  stage.say('monitoring: reads');
  const api = open('rookery_api');
  const { q3, q5, q16 } = asks(midnight);
  const asked = (ask: Ask) => ({ run: () => api.transaction(ask, { tenantId }) });
  try {
    const run = await compete(stage.ground.maintenance, 7, {
      q3: asked(q3),
      q5: asked(q5),
      q16: asked(q16),
    });
    return (['q3', 'q5', 'q16'] as const).map((name) =>
      plain(names[name], run[name].wall, 'ms', undefined, cost(run[name])),
    );
  } finally {
    await api.close();
  }
};

/** Target 5, and what else the monitoring tier costs: ingestion, retention, three of the reads. */
export const askMonitoring: Question = async (stage) => {
  const watch = await openWatch(stage);
  const midnight = new Date(dayAt(new Date(), 'UTC'));
  const hoursBefore = (hours: number): Date => new Date(midnight.getTime() - hours * 3_600_000);
  return [
    ...(await tickLines(watch)),
    ...(await readLines(watch, midnight)),
    ...(await errorLines(watch, hoursBefore(14))),
    ...(await ingestLines(watch, hoursBefore(38))),
    ...(await retentionLines(watch)),
  ];
};
