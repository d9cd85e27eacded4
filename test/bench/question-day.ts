import { floorOfDay } from './floor.sql.ts';
import { plain, ratio } from './line.ts';
import { compete } from './measure.ts';
import { seedsDay, seedsTable } from './seeds-way.sql.ts';
import type { Question, Stage } from './stage.ts';
import { forgetDay, fill } from './warehouse.ts';
import { work } from './work.ts';

const forget = (stage: Stage) => () => forgetDay(stage.place.warehouseAdmin, stage.day);

/** Target 1: one day of all tenants against the bare GROUP BYs, and against the seeds' row-by-row way. */
export const askDay: Question = async (stage) => {
  const { place, ofDay, day, tenants, ground, repeats } = stage;
  await fill(stage);
  await place.warehouseAdmin.script(`drop table if exists seeds_campaign_analytics; ${seedsTable}`);
  stage.say("one day: floor, three facts, whole unit, the seeds' way");
  const run = await compete(ground.maintenance, repeats, {
    floor: { run: () => floorOfDay(place.sourceAdmin, day) },
    three: { run: () => work(place, ofDay, 'threeFacts'), prepare: forget(stage) },
    whole: { run: () => work(place, ofDay, 'everything'), prepare: forget(stage) },
    seeds: { run: () => seedsDay(place.sourceAdmin, place.warehouseAdmin, tenants, day) },
  });
  return [
    ratio('One day of all tenants, 3 facts / three bare GROUP BYs, CPU', run.three, run.floor, {
      most: 1.5,
    }),
    ratio('the same, wall', run.three, run.floor, undefined, 'wall'),
    ratio(
      'One day, whole unit (4 facts, leads, scores, billing) / three bare GROUP BYs, CPU',
      run.whole,
      run.floor,
      undefined,
    ),
    ratio(
      "The seeds' row-by-row way (campaign fact only) / one day, 3 facts, wall",
      run.seeds,
      run.three,
      stage.emails >= 10_000_000 ? { least: 40 } : undefined,
      'wall',
    ),
    ratio('the same, CPU', run.seeds, run.three, undefined),
    plain('Fact rows written by that day', run.three.result.written, 'rows', undefined),
  ];
};

/** Target 3: the same day once more, nothing having changed. */
export const askAgain: Question = async (stage) => {
  const { place, ofDay, ground, repeats, tenants } = stage;
  await fill(stage);
  stage.say('one day again, unchanged');
  const run = await compete(ground.maintenance, repeats, {
    first: { run: () => work(place, ofDay, 'threeFacts'), prepare: forget(stage) },
    again: { run: () => work(place, ofDay, 'threeFacts') },
    whole: { run: () => work(place, ofDay, 'everything') },
  });
  return [
    plain(
      'Unchanged re-run of a day: fact rows written and deleted',
      run.again.result.written + run.again.result.deleted,
      'rows',
      { most: 0 },
    ),
    {
      name: 'Unchanged re-run / first run, WAL',
      measured: `${Math.round(run.again.wal / 1024)} KiB / ${Math.round(run.first.wal / 1024)} KiB`,
      value: run.again.wal / run.first.wal,
      unit: '×',
      bound: { most: 0.2 },
    },
    ratio('Unchanged re-run / first run, CPU', run.again, run.first, undefined),
    plain(
      'Statements per tenant and run, 3 facts',
      run.again.statements / tenants.length,
      'statements',
      { most: 3 },
    ),
    plain(
      'Statements per tenant and run, whole unit',
      run.whole.statements / tenants.length,
      'statements',
      undefined,
    ),
  ];
};
