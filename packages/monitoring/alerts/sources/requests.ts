import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import type { Source } from '../sample.ts';
import { requestMinutes, requestRollups, type RequestsWanted } from './requests.sql.ts';
import {
  arraysOf,
  figure,
  labelled,
  placed,
  samplesOf,
  type Figure,
  type Placed,
} from './wanted.ts';

type Row = RowOf<typeof requestMinutes.columns>;

const ratio = (numerator: number | null, denominator: number, samples: number): Figure | null =>
  numerator === null || denominator === 0 ? null : { value: numerator / denominator, samples };

const figures = {
  'request.p50': (row) => figure(row.p50, row.value_count),
  'request.p95': (row) => figure(row.p95, row.value_count),
  'request.p99': (row) => figure(row.p99, row.value_count),
  'request.mean': (row) => ratio(row.value_sum, row.value_count, row.value_count),
  'request.error_rate': (row) => ratio(100 * row.errors, row.requests, row.requests),
  'request.throughput': (row) => ratio(row.requests, row.seconds, row.requests),
  'request.count': (row) => figure(row.requests, row.requests),
} as const satisfies Record<string, (row: Row) => Figure | null>;

type Name = keyof typeof figures;
const isName = (metric: string): metric is Name => Object.hasOwn(figures, metric);

// Minutes of 100 endpoints over an hour are 6,000 sketches; a day of them would be 144,000.
const longestOfMinutes = 60;

const wanted = (wants: readonly Placed[]): RequestsWanted => ({
  ...arraysOf(wants),
  percentiles: wants.map(({ metric }) => metric.startsWith('request.p')),
});

const read = async (warehouse: Session, wants: readonly Placed[]): Promise<readonly Row[]> => {
  const short = wants.filter(({ windowMinutes }) => windowMinutes <= longestOfMinutes);
  const long = wants.filter(({ windowMinutes }) => windowMinutes > longestOfMinutes);
  return [
    ...(short.length === 0 ? [] : await warehouse.query(requestMinutes, wanted(short))),
    ...(long.length === 0 ? [] : await warehouse.query(requestRollups, wanted(long))),
  ];
};

/**
 * Latency, failures and volume of requests by endpoint, with two statements: minutes for short windows, rollups for long.
 */
export const requests: Source = {
  name: 'requests',
  answers: isName,
  read: async (warehouse, wants) =>
    samplesOf(
      await read(warehouse, placed(wants)),
      wants,
      ({ endpoint, method }) => labelled({ endpoint, method }),
      ({ metric }, row) => (isName(metric) ? figures[metric](row) : null),
    ),
};
