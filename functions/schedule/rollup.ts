import { Failure } from '@rookery/kernel/failure';
import { database } from '@rookery/lambda/database';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { rollUp } from '@rookery/monitoring/rollup/rollup';

// A turn is measured by the one before to some ten seconds; the first of a run may be the longest: half an hour of 20,000 series
// takes 50 seconds.
const reserveMs = 60_000;

/** Every five minutes: recomputes the rollups of what was written since, of every tenant; what it leaves stays marked. */
export const handler = scheduleFunction({
  jobs: ['rollup'],
  run: async ({ remainingMs }) => {
    const rolled = await rollUp(database('ops'), () => remainingMs() < reserveMs);
    const [first] = rolled.problems;
    if (first !== undefined)
      throw new Failure('unavailable', 'rollup-incomplete', rolled.problems.join('; '));
    return { unit: 'rollup', ...rolled };
  },
});
