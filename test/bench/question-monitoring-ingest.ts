import type { Db } from '@rookery/db/pool';
import { take } from '@rookery/monitoring/ingest/take';
import { writers } from '@rookery/monitoring/ingest/writers';
import { seriesMinutes, type PerformanceItem } from '@rookery/monitoring/performance/write-series';
import { ratio, type Line } from './line.ts';
import { compete } from './measure.ts';
import { itemsOf } from './question-monitoring-items.ts';
import type { Watch } from './question-monitoring-place.ts';
import { bareScript } from './question-monitoring.sql.ts';

const minutes = 5;
const repeats = 12;

/** Takes items of the stream of performance metrics as the worker does, under keys that nobody has used. */
export const takeItems = async (
  ingest: Db,
  tenantId: string,
  reporter: string,
  items: readonly PerformanceItem[],
): Promise<number> => {
  const now = new Date();
  const { rows } = await take(
    { ingest, now, healed: () => undefined },
    writers['performance-metrics'],
    {
      tenantId,
      receivedAt: now,
      items: items.map((item, n) => ({ key: `${reporter} ${item.time} ${n}`, item })),
    },
  );
  return rows;
};

/** Writing 500 items through the worker against the least that writing their rows can be. */
export const ingestLines = async ({ stage, open }: Watch, from: Date): Promise<Line[]> => {
  stage.say('monitoring: ingestion');
  const ingest = open('rookery_ingest');
  const tenantId = 'reporters';
  // Each repetition has minutes of its own, so that no row is in another's way.
  let turn = 0;
  let items: PerformanceItem[] = [];
  let bare = '';
  const prepare = async (): Promise<void> => {
    const at = new Date(from.getTime() + turn * minutes * 60_000);
    items = itemsOf(at, minutes, turn);
    bare = bareScript('bare', seriesMinutes(items));
    turn += 1;
  };
  try {
    const run = await compete(stage.ground.maintenance, repeats, {
      bare: {
        prepare,
        run: () => ingest.transaction((tx) => tx.script(bare), { tenantId: 'bare' }),
      },
      first: { run: () => takeItems(ingest, tenantId, 'first', items) },
      second: { run: () => takeItems(ingest, tenantId, 'second', items) },
    });
    return [
      ratio(
        `${items.length} metric items through the worker, sketched, claimed and marked / a bare insert of their rows, wall`,
        run.first,
        run.bare,
        { most: 2 },
        'wall',
      ),
      ratio('the same, CPU', run.first, run.bare, undefined),
      ratio(
        'A second reporter of the same series and minutes, each merged / the bare insert, wall',
        run.second,
        run.bare,
        undefined,
        'wall',
      ),
      ratio('the same, CPU', run.second, run.bare, undefined),
    ];
  } finally {
    await ingest.close();
  }
};
