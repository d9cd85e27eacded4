import { Failure } from '@rookery/kernel/failure';

/**
 * How many values lie in each log bucket: the key k, as text, counts those in (1.02^(k-1), 1.02^k], and the key `zero`
 * those that are 0 or less. Any value read from it is within 1 % of the true one, before it is rounded.
 */
export type Sketch = { readonly [bucket: string]: number };

/** The ratio of two neighbouring bucket bounds (DESIGN D16); no value is further than (gamma - 1) / (gamma + 1) off. */
export const gamma = 1.02;

/** The key of the values that have no logarithm: 0 and less. */
const zeroBucket = 'zero';

const bucketOf = (value: number): string => {
  if (!Number.isFinite(value))
    throw new Failure('invalid', 'value-not-finite', `${value} is no value of a metric`);
  if (value <= 0) return zeroBucket;
  return String(Math.ceil(Math.log(value) / Math.log(gamma)));
};

const valueOf = (bucket: string): number =>
  bucket === zeroBucket ? 0 : (2 * gamma ** Number(bucket)) / (1 + gamma);

/** The sketch of some values in any unit; a value that is no finite number is a Failure `invalid`. */
export const sketchOf = (values: readonly number[]): Sketch => {
  const counts: Record<string, number> = {};
  for (const value of values) {
    const bucket = bucketOf(value);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
};

/** The sketch of all values of some sketches: merging is exact, in any order and grouping. */
export const merged = (sketches: readonly Sketch[]): Sketch => {
  const counts: Record<string, number> = {};
  for (const sketch of sketches)
    for (const [bucket, count] of Object.entries(sketch))
      counts[bucket] = (counts[bucket] ?? 0) + count;
  return counts;
};

/** How many values a sketch has. */
export const countOf = (sketch: Sketch): number =>
  Object.values(sketch).reduce((sum, count) => sum + count, 0);

const millionths = 1_000_000;

/** The rank, from 1, of the quantile q (0 to 1, to a millionth) of n values: ceil(q·n), and at least 1. */
export const rankOf = (q: number, n: number): number =>
  // In whole numbers, because 0.07 * 100 is more than 7.
  Math.max(1, Math.ceil((Math.round(q * millionths) * n) / millionths));

const place = (bucket: string): number => (bucket === zeroBucket ? -Infinity : Number(bucket));

/**
 * The quantile q (0 to 1) of a sketch in the unit of its values, rounded to two decimals as the columns p50, p95 and p99
 * are: below 0.5 the rounding is more than the error of the sketch. Null when the sketch is empty.
 */
export const quantile = (sketch: Sketch, q: number): number | null => {
  const rank = rankOf(q, countOf(sketch));
  let seen = 0;
  for (const bucket of Object.keys(sketch).toSorted((a, b) => place(a) - place(b))) {
    seen += sketch[bucket] ?? 0;
    if (seen >= rank) return Math.round(valueOf(bucket) * 100) / 100;
  }
  return null;
};
