import { days } from './data.sql.ts';
import { ratio } from './line.ts';
import { compete } from './measure.ts';
import { setStage, type Question, type Stage } from './stage.ts';
import { fill, forgetDay } from './warehouse.ts';
import { work, type Extent } from './work.ts';

const shortHistory = 9;

const oneDay = (stage: Stage, extent: Extent) => ({
  run: () => work(stage.place, stage.ofDay, extent),
  prepare: () => forgetDay(stage.place.warehouseAdmin, stage.day),
});

/** Target 3: the same day with 9 and with 90 days of history behind it, the daily volume being the same. */
export const askHistory: Question = async (long) => {
  await fill(long);
  const short = await setStage(long.ground, long.emails, long.say, days - shortHistory);
  try {
    await fill(short);
    long.say('one day at 1 × and at 10 × history');
    const run = await compete(long.ground.maintenance, long.repeats, {
      short: oneDay(short, 'threeFacts'),
      long: oneDay(long, 'threeFacts'),
      shortWhole: oneDay(short, 'everything'),
      longWhole: oneDay(long, 'everything'),
    });
    return [
      ratio('A day at 10 × history / at 1 ×, 3 facts, CPU', run.long, run.short, { most: 1.1 }),
      ratio('the same, whole unit', run.longWhole, run.shortWhole, undefined),
    ];
  } finally {
    await short.place.close();
  }
};
