import { floorOfAll } from './floor.sql.ts';
import { ratio } from './line.ts';
import { compete } from './measure.ts';
import type { Question } from './stage.ts';
import { empty, noteFilled } from './warehouse.ts';
import { work } from './work.ts';

/** Target 2, first half: every cell of 90 days into an empty warehouse, against three bare GROUP BYs over everything. */
export const askBackfill: Question = async (stage) => {
  const { place, all, ground } = stage;
  // With leads, ten million take a quarter of an hour: there only the three facts are measured, and once.
  const prepare = () => empty(place.warehouseAdmin);
  const isLong = stage.emails > 2_000_000;
  stage.say(`backfill of ${all.length} messages: floor, three facts`);
  const run = await compete(ground.maintenance, isLong ? 1 : stage.repeats, {
    floor: { run: () => floorOfAll(place.sourceAdmin) },
    three: { run: () => work(place, all, 'threeFacts'), prepare },
  });
  const lines = [
    ratio(
      '90-day backfill, 3 facts / three bare GROUP BYs over everything, CPU',
      run.three,
      run.floor,
      { most: 1.6 },
    ),
    ratio('the same, wall', run.three, run.floor, undefined, 'wall'),
  ];
  if (!isLong) {
    stage.say('backfill: whole unit');
    const { whole } = await compete(ground.maintenance, 1, {
      whole: { run: () => work(place, all, 'everything'), prepare },
    });
    lines.push(
      ratio(
        '90-day backfill, whole unit / three bare GROUP BYs over everything, CPU',
        whole,
        run.floor,
        undefined,
      ),
    );
  }
  await noteFilled(stage);
  return lines;
};
