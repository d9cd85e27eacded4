import type { Source } from '../sample.ts';
import { oldestMarks } from './rollups.sql.ts';
import { arraysOf, placed } from './wanted.ts';

/** How far behind the rollups are, with one statement. */
export const rollups: Source = {
  name: 'rollups',
  answers: (metric) => metric === 'rollup.lag',
  read: async (warehouse, wants) => {
    const rows = await warehouse.query(oldestMarks, arraysOf(placed(wants)));
    return rows.flatMap(({ place, rollup, lag }) => {
      const at = wants[place]?.slot;
      return at === undefined
        ? []
        : [{ want: place, labels: { rollup }, at, value: lag, samples: 1 }];
    });
  },
};
