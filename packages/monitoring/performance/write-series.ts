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

// What single values say is ours to work out; what the sender worked out stands where they are not given.
const measured = ({ values, ...item }: PerformanceItem) => {
  if (values !== undefined)
    return {
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      min: Math.min(...values),
      max: Math.max(...values),
    };
  const { mean = null, min = null, max = null } = item;
  return { mean, min, max };
};

const rowOf = (item: PerformanceItem): SeriesMinute => {
  const sketch = item.values === undefined ? (item.sketch ?? null) : sketchOf(item.values);
  const { p50 = null, p95 = null, p99 = null } = item;
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
    ...measured(item),
    sketch,
    ...(sketch === null ? { p50, p95, p99 } : percentiles(sketch)),
  };
};

// The mean of two reports: weighted by their values, or by their requests where neither tells its values.
const jointMean = (a: SeriesMinute, b: SeriesMinute): number | null => {
  if (a.mean === null || b.mean === null || (a.sketch === null) !== (b.sketch === null))
    return null;
  const ofA = a.sketch === null ? a.request_count : countOf(a.sketch);
  const ofB = b.sketch === null ? b.request_count : countOf(b.sketch);
  return ofA + ofB === 0 ? null : (a.mean * ofA + b.mean * ofB) / (ofA + ofB);
};

const known = (pick: (...values: number[]) => number, a: number | null, b: number | null) =>
  a === null ? b : b === null ? a : pick(a, b);

// In step with the `on conflict` of write.sql.ts, which merges with what is there: in any order the same comes out.
const joined = (a: SeriesMinute, b: SeriesMinute): SeriesMinute => {
  const sketches = [a.sketch, b.sketch].filter((sketch) => sketch !== null);
  const sketch = sketches.length === 0 ? null : merged(sketches);
  return {
    ...a,
    request_count: a.request_count + b.request_count,
    error_count: a.error_count + b.error_count,
    throughput: a.throughput === null || b.throughput === null ? null : a.throughput + b.throughput,
    mean: jointMean(a, b),
    min: known(Math.min, a.min, b.min),
    max: known(Math.max, a.max, b.max),
    sketch,
    ...(sketch === null ? { p50: null, p95: null, p99: null } : percentiles(sketch)),
  };
};

const keyOf = ({ time, metric_name, endpoint, method, status_code, tags }: SeriesMinute): string =>
  JSON.stringify([time, metric_name, endpoint, method, status_code, tags]);

/**
 * Adds the items up by series and minute, in one order for everybody. Counts and sketches are added and percentiles read
 * from the sum. Where one report knows no distribution, the percentiles are those of the others; between reports that know
 * none, percentiles cannot be merged and are null; so are a throughput and a mean that one report does not know.
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
