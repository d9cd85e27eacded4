import type { Source } from '../sample.ts';
import { usersOf } from './activity.sql.ts';
import { arraysOf, placed } from './wanted.ts';

/** How many users are active, with one statement. */
export const activity: Source = {
  name: 'activity',
  answers: (metric) => metric === 'activity.users',
  read: async (warehouse, wants) => {
    const rows = await warehouse.query(usersOf, arraysOf(placed(wants)));
    return rows.flatMap(({ place, users, activities }) => {
      const at = wants[place]?.slot;
      return at === undefined
        ? []
        : [{ want: place, labels: {}, at, value: users, samples: activities }];
    });
  },
};
