import { DDSketch } from '@datadog/sketches-js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf, merged, quantile, rankOf, sketchOf } from './sketch.ts';

const relativeAccuracy = 0.02 / 2.02;
const quantiles = [0.5, 0.95, 0.99] as const;

// Latencies in ms, from a hundredth to nearly three hours; below half a ms two decimals are coarser than the sketch.
const latency = fc.double({ min: Math.log(0.5), max: Math.log(1e7), noNaN: true }).map(Math.exp);
const parts = fc.array(fc.array(latency, { minLength: 1, maxLength: 60 }), {
  minLength: 1,
  maxLength: 12,
});

const exact = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[rankOf(q, values.length) - 1] ?? NaN;

// The oracle counts ranks from 0 and spreads them over n - 1; half a rank more keeps floats away from the next value.
const oracle = (values: readonly number[], q: number): number => {
  const sketch = new DDSketch({ relativeAccuracy });
  for (const value of values) sketch.accept(value);
  const spread = Math.max(1, values.length - 1);
  return sketch.getValueAtQuantile(Math.min(1, (rankOf(q, values.length) - 0.5) / spread));
};

const twoDecimals = (value: number): number => Math.round(value * 100) / 100;

test('by hand: 1 is in bucket 0, 100 in 233, and what is not above 0 in zero', () => {
  expect(sketchOf([1, 1, 100, 0, -3])).toEqual({ '0': 2, '233': 1, zero: 2 });
  // ln 100 / ln 1.02 = 232.55; 2 * 1.02^233 / 2.02 = 99.89.
  expect(quantile({ '233': 1 }, 0.5)).toBe(99.89);
  expect(quantile({ '0': 2, '233': 1, zero: 2 }, 0.4)).toBe(0);
  expect(quantile({ '0': 2, '233': 1, zero: 2 }, 0.5)).toBe(0.99);
  expect(quantile({ '0': 2, '233': 1, zero: 2 }, 0.99)).toBe(99.89);
});

test('buckets below one come before those above, however their names sort', () => {
  expect(quantile({ '100': 1, '9': 1, '-20': 1, '-3': 1 }, 0.25)).toBe(0.67);
  expect(quantile({ '100': 1, '9': 1, '-20': 1, '-3': 1 }, 0.75)).toBe(1.18);
});

test('nothing is no quantile, and what is no number is refused', () => {
  expect(quantile({}, 0.5)).toBeNull();
  expect(merged([])).toEqual({});
  expect(() => sketchOf([1, NaN])).toThrow(/NaN is no value/);
  expect(() => sketchOf([Infinity])).toThrow(/Infinity is no value/);
});

test('ranks are whole numbers, where floats would be one too many', () => {
  expect(Math.ceil(0.07 * 100)).toBe(8);
  expect(rankOf(0.07, 100)).toBe(7);
  expect([rankOf(0, 9), rankOf(0.5, 1), rankOf(0.95, 20), rankOf(1, 9)]).toEqual([1, 1, 19, 9]);
});

test('property: merged quantiles are within 1 % of the exact order statistic and equal the oracle', () => {
  fc.assert(
    fc.property(parts, (some) => {
      const sketch = merged(some.map(sketchOf));
      const values = some.flat();
      expect(countOf(sketch)).toBe(values.length);
      for (const q of quantiles) {
        const found = quantile(sketch, q) ?? NaN;
        const truth = exact(values, q);
        expect(Math.abs(found - truth)).toBeLessThanOrEqual(0.01 * truth + 0.005);
        expect(found).toBe(twoDecimals(oracle(values, q)));
      }
    }),
    { numRuns: 500 },
  );
});

test('property: merging gives the same in any order and grouping, and loses no value', () => {
  fc.assert(
    fc.property(parts, (some) => {
      const all = some.map(sketchOf);
      const halves = [merged(all.slice(0, 3)), merged(all.slice(3))];
      expect(merged(halves.toReversed())).toEqual(sketchOf(some.flat()));
    }),
  );
});
