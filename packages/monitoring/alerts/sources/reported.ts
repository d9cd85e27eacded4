import { catalogue } from '../catalogue.ts';
import type { Labels, Sample, Source } from '../sample.ts';
import { newestMinutes } from './reported.sql.ts';
import { arraysOf, labelled, placed } from './wanted.ts';

const workedOut = new Set(catalogue.map(({ name }) => name));

// Tags are texts by their schema; what else an older row holds is not told apart by.
const tagsOf = (tags: unknown): Labels =>
  Object.fromEntries(
    Object.entries(tags ?? {}).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  );

/** Every metric that is not in the catalogue: what somebody reports under its name, with one statement. */
export const reported: Source = {
  name: 'reported',
  answers: (metric) => !workedOut.has(metric),
  read: async (warehouse, wants) => {
    const rows = await warehouse.query(newestMinutes, {
      ...arraysOf(placed(wants)),
      metrics: wants.map(({ metric }) => metric),
      lookbacks: wants.map(({ lookbackSeconds }) => lookbackSeconds),
    });
    return rows.flatMap(({ wants: places, at, tags, endpoint, method, status_code, ...rest }) => {
      const labels = { ...tagsOf(tags), ...labelled({ endpoint, method, status_code }) };
      return places.map((want): Sample => ({ want, labels, at, ...rest }));
    });
  },
};
