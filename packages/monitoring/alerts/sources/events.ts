import type { Source } from '../sample.ts';
import { rejectionsIn } from './events.sql.ts';
import { arraysOf, placed, samplesOf } from './wanted.ts';

/** How many events the tracking plan refused, and why, with one statement. */
export const events: Source = {
  name: 'events',
  answers: (metric) => metric === 'event.rejected',
  read: async (warehouse, wants) =>
    samplesOf(
      await warehouse.query(rejectionsIn, arraysOf(placed(wants))),
      wants,
      ({ code }) => ({ code }),
      (_, { rejections }) => ({ value: rejections, samples: rejections }),
    ),
};
