import type { Source } from '../sample.ts';
import { usersOf } from './activity.sql.ts';
import { arraysOf, placed, samplesOf } from './wanted.ts';

/** How many users are active, with one statement. */
export const activity: Source = {
  name: 'activity',
  answers: (metric) => metric === 'activity.users',
  read: async (warehouse, wants) =>
    samplesOf(
      await warehouse.query(usersOf, arraysOf(placed(wants))),
      wants,
      () => ({}),
      (_, { users, activities }) => ({ value: users, samples: activities }),
    ),
};
