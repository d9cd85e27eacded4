import { countOf, merged, quantile, sketchOf, type Sketch } from '../sketch/sketch.ts';

/** An item of `performance-metrics` as its schema lets it through; values in milliseconds for latencies. */
export type PerformanceItem = {
  readonly time: string;
  readonly metric_name: string;
  readonly metric_type?: 'counter' | 'gauge' | 'histogram' | 'summary' | undefined;
  readonly endpoint?: string | undefined;
  readonly method?: string | undefined;
  readonly status_code?: number | undefined;
  readonly request_count: number;
  readonly error_count: number;
  readonly values?: readonly number[] | undefined;
  readonly sketch?: Sketch | undefined;
  readonly p50?: number | undefined;
  readonly p95?: number | undefined;
  readonly p99?: number | undefined;
  readonly mean?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly throughput?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

/** A row of tb_performance_metric before it meets the one that is there: a series in a minute. Unknown is null. */
export type SeriesMinute = {
  readonly time: string;
  readonly metric_name: string;
  readonly metric_type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly endpoint: string | null;
  readonly method: string | null;
  readonly status_code: number | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly request_count: number;
  readonly error_count: number;
  readonly throughput: number | null;
  /** How many values there are, and their sum. */
  readonly value_count: number;
  readonly value_sum: number | null;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly sketch: Sketch | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
};

const minuteMs = 60_000;

const minuteOf = (time: string): string =>
  new Date(Math.floor(Date.parse(time) / minuteMs) * minuteMs).toISOString();

const typeOf = (item: PerformanceItem, sketch: Sketch | null): SeriesMinute['metric_type'] => {
  if (item.metric_type !== undefined) return item.metric_type;
  if (sketch !== null) return 'histogram';
  if ((item.p50 ?? item.p95 ?? item.p99) !== undefined) return 'summary';
  return (item.mean ?? item.min ?? item.max) === undefined ? 'counter' : 'gauge';
};

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sorted = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).toSorted(([a], [b]) => byName(a, b)));

const percentiles = (sketch: Sketch) => ({
  p50: quantile(sketch, 0.5),
  p95: quantile(sketch, 0.95),
  p99: quantile(sketch, 0.99),
});

// A sample of what is not of requests is one value; requests of which nothing is told have values all the same.
const countIn = (item: PerformanceItem, sketch: Sketch | null): number => {
  if (sketch !== null) return countOf(sketch);
  const told = item.mean ?? item.min ?? item.max ?? item.p50 ?? item.p95 ?? item.p99;
  return Math.max(item.request_count, told === undefined ? 0 : 1);
};

// What single values say is ours to work out; what the sender worked out stands where they are not given.
const measured = (item: PerformanceItem, sketch: Sketch | null) => {
  const { values, mean } = item;
  const value_count = countIn(item, sketch);
  if (values !== undefined)
    return {
      value_count,
      value_sum: values.reduce((sum, value) => sum + value, 0),
      min: Math.min(...values),
      max: Math.max(...values),
    };
  // One value is its own least and greatest.
  const only = value_count === 1 ? (mean ?? null) : null;
  return {
    value_count,
    value_sum: mean === undefined ? null : mean * value_count,
    min: item.min ?? only,
    max: item.max ?? only,
  };
};

const meanOf = ({ value_sum, value_count }: { value_sum: number | null; value_count: number }) =>
  value_sum === null ? null : value_sum / value_count;

const rowOf = (item: PerformanceItem): SeriesMinute => {
  const sketch = item.values === undefined ? (item.sketch ?? null) : sketchOf(item.values);
  const { p50 = null, p95 = null, p99 = null } = item;
  const figures = measured(item, sketch);
  return {
    time: minuteOf(item.time),
    metric_name: item.metric_name,
    metric_type: typeOf(item, sketch),
    endpoint: item.endpoint ?? null,
    method: item.method ?? null,
    status_code: item.status_code ?? null,
    tags: sorted(item.tags ?? {}),
    request_count: item.request_count,
    error_count: item.error_count,
    throughput: item.throughput ?? null,
    ...figures,
    mean: meanOf(figures),
    sketch,
    ...(sketch === null ? { p50, p95, p99 } : percentiles(sketch)),
  };
};

const known = <V>(join: (a: V, b: V) => V, a: V | null, b: V | null): V | null =>
  a === null || b === null ? null : join(a, b);

const plus = (a: number, b: number): number => a + b;

const joinedValues = (a: SeriesMinute, b: SeriesMinute) => {
  const sketch = known((one, other) => merged([one, other]), a.sketch, b.sketch);
  const sum = {
    value_count: a.value_count + b.value_count,
    value_sum: known(plus, a.value_sum, b.value_sum),
  };
  return {
    ...sum,
    mean: meanOf(sum),
    min: known(Math.min, a.min, b.min),
    max: known(Math.max, a.max, b.max),
    sketch,
    ...(sketch === null ? { p50: null, p95: null, p99: null } : percentiles(sketch)),
  };
};

// In step with the `on conflict` of write.sql.ts, which merges with what is there: in any order the same comes out, because
// nothing is rounded on the way and what is unknown stays so.
const joined = (a: SeriesMinute, b: SeriesMinute): SeriesMinute => ({
  ...a,
  ...(a.value_count === 0 ? b : b.value_count === 0 ? a : joinedValues(a, b)),
  metric_type: a.metric_type,
  request_count: a.request_count + b.request_count,
  error_count: a.error_count + b.error_count,
  throughput: known(plus, a.throughput, b.throughput),
});

const keyOf = ({ time, metric_name, endpoint, method, status_code, tags }: SeriesMinute): string =>
  JSON.stringify([time, metric_name, endpoint, method, status_code, tags]);

/**
 * Adds the items up by series and minute, in one order for everybody. Counts, sums and sketches are added, and percentiles read
 * from the sketch. What one report does not know, a distribution, a mean, a least or a greatest value or a throughput, is
 * unknown of all of them; a report of no values takes nothing away.
 */
export const seriesMinutes = (items: readonly PerformanceItem[]): SeriesMinute[] => {
  const rows = new Map<string, SeriesMinute>();
  for (const item of items) {
    const row = rowOf(item);
    const key = keyOf(row);
    const before = rows.get(key);
    rows.set(key, before === undefined ? row : joined(before, row));
  }
  return [...rows.entries()].toSorted(([a], [b]) => byName(a, b)).map(([, row]) => row);
};
