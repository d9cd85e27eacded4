import type { Source } from '../sample.ts';
import { callsLeft, callsOf } from './integrations.sql.ts';
import { arraysOf, placed, samplesOf, searchesOf } from './wanted.ts';

const ofCalls = ['integration.success_rate', 'integration.status'];
const left = 'integration.rate_limit_left';

const readCalls: Source['read'] = async (warehouse, wants) => {
  const asked = placed(wants).filter(({ metric }) => ofCalls.includes(metric));
  if (asked.length === 0) return [];
  const rows = await warehouse.query(callsOf, { ...arraysOf(asked), ...searchesOf(asked) });
  return samplesOf(
    rows,
    wants,
    ({ integration_id, integration_type }) => ({ integration_id, integration_type }),
    ({ metric }, { calls, good, matching }) => ({
      value: metric === 'integration.status' ? matching : (100 * good) / calls,
      samples: calls,
    }),
  );
};

const readLeft: Source['read'] = async (warehouse, wants) => {
  const asked = placed(wants).filter(({ metric }) => metric === left);
  if (asked.length === 0) return [];
  const rows = await warehouse.query(callsLeft, arraysOf(asked));
  return rows.flatMap(({ place, calls_left, ...labels }) => {
    const at = wants[place]?.slot;
    return at === undefined ? [] : [{ want: place, labels, at, value: calls_left, samples: 1 }];
  });
};

/** How services of somebody else do, with two statements. */
export const integrations: Source = {
  name: 'integrations',
  answers: (metric) => metric === left || ofCalls.includes(metric),
  read: async (warehouse, wants) => [
    ...(await readCalls(warehouse, wants)),
    ...(await readLeft(warehouse, wants)),
  ],
};
