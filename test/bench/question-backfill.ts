import { floorOfAll } from './floor.sql.ts';
import { ratio } from './line.ts';
import { compete } from './measure.ts';
import type { Question } from './stage.ts';
import { empty, noteFilled } from './warehouse.ts';
import { work } from './work.ts';

/** Target 2, first half: every cell of 90 days into an empty warehouse, against three bare GROUP BYs over everything. */
export const askBackfill: Question = async (stage) => {
  const { place, all, ground } = stage;
  const prepare = () => empty(place.warehouseAdmin);
  // Ten million take minutes each time.
  const repeats = stage.emails > 2_000_000 ? 1 : stage.repeats;
  stage.say(`backfill of ${all.length} messages: floor, three facts`);
  const run = await compete(ground.maintenance, repeats, {
    floor: { run: () => floorOfAll(place.sourceAdmin) },
    three: { run: () => work(place, all, 'threeFacts'), prepare },
  });
  stage.say('backfill: whole unit');
  const { whole } = await compete(ground.maintenance, 1, {
    whole: { run: () => work(place, all, 'everything'), prepare },
  });
  await noteFilled(stage);
  return [
    ratio('90-day backfill, 3 facts / three bare GROUP BYs over everything, CPU', run.three, run.floor, { most: 1.6 }),
    ratio('the same, wall', run.three, run.floor, undefined, 'wall'),
    ratio('90-day backfill, whole unit / three bare GROUP BYs over everything, CPU', whole, run.floor, undefined),
  ];
};
