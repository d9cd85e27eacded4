import type { Source } from '../sample.ts';
import { errorsOf } from './errors.sql.ts';
import { arraysOf, placed, samplesOf, searchesOf } from './wanted.ts';

/** How many errors there were, and of which message, with one statement. */
export const errors: Source = {
  name: 'errors',
  answers: (metric) => metric === 'error.count' || metric === 'error.message',
  read: async (warehouse, wants) => {
    const asked = placed(wants);
    return samplesOf(
      await warehouse.query(errorsOf, { ...arraysOf(asked), ...searchesOf(asked) }),
      wants,
      ({ environment, error_type }) => ({ environment, error_type }),
      ({ metric }, { occurrences, matching }) => ({
        value: metric === 'error.message' ? matching : occurrences,
        samples: occurrences,
      }),
    );
  },
};
