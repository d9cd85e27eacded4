import { expect, test } from 'vitest';
import { bucketsAfter } from './rollup.ts';

const after = (buckets: number, parts: number): number =>
  bucketsAfter('performance_metric_5min', { buckets, parts });

test('a turn takes as many buckets as 100,000 rows of sketches are, one at least and 24 at most', () => {
  expect(after(6, 60_000)).toBe(10);
  expect(after(10, 100_000)).toBe(10);
  expect(after(10, 100_001)).toBe(9);
  expect(after(6, 600_001)).toBe(1);
  expect(after(1, 5_000_000)).toBe(1);
  expect(after(6, 25_000)).toBe(24);
  expect(after(6, 0)).toBe(24);
});
