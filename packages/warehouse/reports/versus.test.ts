import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thresholds, verdictOf, versus } from './versus.ts';

const of = (successes: number, trials: number) => ({ successes, trials });
const bests = (...all: Parameters<typeof versus>[0][number][]) =>
  versus(all).map((each) => each.probability_best);

// Gauss-Legendre with 60 points on panels of half a deviation, over SciPy 1's incomplete beta; quantiles by its inverse.
const references = [
  {
    trials: [of(30, 1000), of(45, 1000)],
    best: [0.039377102, 0.960622898],
    loss: [0.015106568, 0.000136508],
    low: [0.021136939, 0.033837464],
    high: [0.042509169, 0.059693602],
  },
  {
    trials: [of(0, 10), of(0, 100_000), of(10, 10), of(0, 0)],
    best: [7.4e-7, 0, 0.916665989, 0.083333272],
    loss: [0.839743621, 0.923066954, 0.006410287, 0.423076954],
    low: [0.002298972, 2.53e-7, 0.715085847, 0.025],
    high: [0.284914153, 3.6888e-5, 0.997701028, 0.975],
  },
  {
    trials: [of(3, 210), of(9, 260), of(7, 230)],
    best: [0.045771105, 0.565382048, 0.388846847],
    loss: [0.024573713, 0.005273699, 0.008958879],
    low: [0.005188803, 0.018523448, 0.015068069],
    high: [0.04098657, 0.064447566, 0.061436482],
  },
  {
    trials: [of(120, 4000), of(1400, 50_000), of(2, 60), of(33, 1000)],
    best: [0.082293207, 0.008924997, 0.640175613, 0.268606183],
    loss: [0.022634575, 0.024850579, 0.004482361, 0.018937322],
    low: [0.025156418, 0.026590395, 0.010259315, 0.023634899],
    high: [0.035757829, 0.029483123, 0.113472167, 0.045988305],
  },
  {
    trials: Array.from({ length: 10 }, (_, successes) => of(successes, 300)),
    best: [
      4.501e-5, 0.000434627, 0.00217252, 0.007518624, 0.020336635, 0.046006688, 0.090921886,
      0.161782033, 0.264926194, 0.405855783,
    ],
    loss: [
      0.036485928, 0.03317467, 0.029863411, 0.026552153, 0.023240895, 0.019929637, 0.016618378,
      0.01330712, 0.009995862, 0.006684604,
    ],
    low: [
      8.4109e-5, 0.000805697, 0.002060124, 0.003632367, 0.005415083, 0.007349548, 0.0094,
      0.01154286, 0.013761645, 0.016044304,
    ],
    high: [
      0.012180622, 0.018370483, 0.023794872, 0.028849272, 0.033673821, 0.038337379, 0.04287984,
      0.047326774, 0.05169574, 0.055999423,
    ],
  },
];

test.each(references)(
  'agrees with an independent calculation: $trials.length variants',
  (given) => {
    const standings = versus(given.trials);
    const differences = standings.flatMap((each, at) => [
      Math.abs(each.probability_best - given.best[at]!),
      Math.abs(each.expected_loss - given.loss[at]!),
      Math.abs(each.low - given.low[at]!),
      Math.abs(each.high - given.high[at]!),
    ]);

    expect(Math.max(...differences)).toBeLessThan(1e-5);
  },
);

const logFactorials = [0];
for (let n = 1; n < 10_000; n += 1) logFactorials.push(logFactorials[n - 1]! + Math.log(n));
// ln B(a, b) for whole a and b.
const logBeta = (a: number, b: number) =>
  logFactorials[a - 1]! + logFactorials[b - 1]! - logFactorials[a + b - 1]!;
// P(second > first) of two betas with whole parameters is a finite sum.
const exactly = (first: ReturnType<typeof of>, second: ReturnType<typeof of>): number => {
  const [a, b] = [1 + first.successes, 1 + first.trials - first.successes];
  const [c, d] = [1 + second.successes, 1 + second.trials - second.successes];
  return Array.from({ length: c }, (_, i) =>
    Math.exp(logBeta(a + i, b + d) - Math.log(d + i) - logBeta(1 + i, d) - logBeta(a, b)),
  ).reduce((sum, each) => sum + each, 0);
};

const trial = fc
  .tuple(fc.nat({ max: 4000 }), fc.nat({ max: 1000 }))
  .map(([n, permille]) => of(Math.round((n * permille) / 1000), n));
const several = fc.array(trial, { minLength: 2, maxLength: 10 });

describe('for any variants', () => {
  test('of two the probability is that of the finite sum', () => {
    fc.assert(
      fc.property(trial, trial, (first, second) => {
        expect(Math.abs(bests(first, second)[1]! - exactly(first, second))).toBeLessThan(1e-5);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test('the finite sum of the test is right: it gives one half for equals and 2/3 after one success', () => {
    expect(exactly(of(7, 90), of(7, 90))).toBeCloseTo(0.5, 9);
    expect(exactly(of(0, 0), of(1, 1))).toBeCloseTo(2 / 3, 9);
  });

  test('one of them is the best, intervals hold their rates, and no loss is negative', () => {
    fc.assert(
      fc.property(several, (all) => {
        const standings = versus(all);
        const sum = standings.reduce((whole, each) => whole + each.probability_best, 0);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-5);
        for (const [at, { low, high, expected_loss }] of standings.entries()) {
          const { successes, trials } = all[at]!;
          const mean = (1 + successes) / (2 + trials);
          expect(low).toBeGreaterThan(0);
          expect(low).toBeLessThan(mean);
          expect(high).toBeGreaterThan(mean);
          expect(high).toBeLessThan(1);
          expect(expected_loss).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('one more success makes a variant likelier to be the best and cheaper to choose, and others less likely', () => {
    fc.assert(
      fc.property(several, (all) => {
        const [first, ...rest] = all;
        fc.pre(first!.successes < first!.trials);
        const better = [of(first!.successes + 1, first!.trials), ...rest];
        const before = versus(all);
        const after = versus(better);
        const slack = 1e-5;
        expect(after[0]!.probability_best).toBeGreaterThan(before[0]!.probability_best - slack);
        expect(after[0]!.expected_loss).toBeLessThan(before[0]!.expected_loss + slack);
        expect(after[0]!.low).toBeGreaterThan(before[0]!.low - slack);
        expect(after[1]!.probability_best).toBeLessThan(before[1]!.probability_best + slack);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('the order does not matter, and asking again gives the same to the last bit', () => {
    fc.assert(
      fc.property(several, (all) => {
        const standings = versus(all);
        expect(versus(all)).toEqual(standings);
        const turned = versus(all.toReversed()).toReversed();
        for (const [at, each] of standings.entries()) {
          expect(turned[at]!.probability_best).toBeCloseTo(each.probability_best, 9);
          expect(turned[at]!.low).toBeCloseTo(each.low, 9);
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

test.each([2, 3, 10])('%i equals share the probability', (count) => {
  const each = bests(...Array.from({ length: count }, () => of(12, 400)));

  for (const probability of each) expect(probability).toBeCloseTo(1 / count, 5);
});

test('a rate of which nothing is known lies between 2.5 % and 97.5 %', () => {
  const [{ low, high, probability_best, expected_loss } = { low: 0, high: 0 }] = versus([of(0, 0)]);

  expect([low, high]).toEqual([expect.closeTo(0.025, 6), expect.closeTo(0.975, 6)]);
  expect([probability_best, expected_loss]).toEqual([expect.closeTo(1, 9), 0]);
});

test('a hundred million trials are no trouble', () => {
  const [first, second] = versus([of(3_000_000, 100_000_000), of(3_010_000, 100_000_000)]);

  // The normal approximation: the difference is 4.15 deviations.
  expect(second!.probability_best).toBeCloseTo(0.99998, 4);
  expect(first!.high - first!.low).toBeCloseTo(2 * 1.95996 * Math.sqrt((0.03 * 0.97) / 1e8), 8);
});

const verdict = (...all: ReturnType<typeof of>[]) => verdictOf(all, versus(all));

describe('a verdict', () => {
  test('comes with 200 trials of every variant and not with 199', () => {
    expect(verdict(of(0, 199), of(100, 5000))).toEqual({ verdict: 'too_early', winner: null });
    expect(verdict(of(0, 200), of(100, 5000))).toEqual({ verdict: 'winner', winner: 1 });
  });

  test('names the winner at 95 % and not below', () => {
    expect(bests(of(30, 1000), of(43, 1000))[1]).toBeLessThan(thresholds.probability);
    expect(verdict(of(30, 1000), of(43, 1000))).toEqual({ verdict: 'undecided', winner: null });
    expect(bests(of(30, 1000), of(44, 1000))[1]).toBeGreaterThan(thresholds.probability);
    expect(verdict(of(30, 1000), of(44, 1000))).toEqual({ verdict: 'winner', winner: 1 });
  });

  test('is no_difference when even the worst costs less than 0.1 percentage points', () => {
    expect(verdict(of(300, 10_000), of(300, 10_000)).verdict).toBe('no_difference');
    expect(verdict(of(300, 10_000), of(300, 10_000), of(320, 10_000)).verdict).toBe('undecided');
    expect(verdict(of(90, 3000), of(90, 3000)).verdict).toBe('undecided');
  });
});
