import { expect, test } from 'vitest';
import { emailSums } from './figures.ts';
import { comparedSteps, most, type Step } from './step-versus.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a zero for every sum
const zeros = Object.fromEntries(Object.keys(emailSums).map((name) => [name, 0])) as Omit<
  Step,
  'step_id' | 'step_position' | 'variant'
>;
const steps = (position: number | null, count: number): Step[] =>
  Array.from({ length: count }, (_, i) => ({
    ...zeros,
    step_id: `${position}-${i}`,
    step_position: position,
    variant: `V${i}`,
    sent: 1_000 + i,
    delivered: 1_000 + i,
    replied: 30 + i,
  }));
const verdictsOf = (all: readonly Step[]) =>
  comparedSteps(all, 'reply_rate').map(({ verdict }) => verdict);

test('24 variants of a position are compared; of 25 each has its interval and nothing is said of the best', () => {
  const [compared] = comparedSteps(steps(1, most.variants), 'reply_rate');
  const [tooMany] = comparedSteps(steps(1, most.variants + 1), 'reply_rate');

  const sum = compared!.variants.reduce((all, { place }) => all + place!.probability_best!, 0);
  expect(sum).toBeCloseTo(1, 2);
  expect([tooMany!.verdict, tooMany!.winner]).toEqual(['too_many', null]);
  expect(tooMany!.variants).toHaveLength(25);
  for (const { place } of tooMany!.variants) {
    expect(place).toMatchObject({ probability_best: null, expected_loss: null });
    expect(place!.interval.low).toBeLessThan(place!.interval.high);
  }
  // An interval says the same of a rate with rivals and without.
  expect(tooMany!.variants[0]!.place!.interval).toEqual(compared!.variants[0]!.place!.interval);
});

// Once 47 s for 300 and no memory for 2,500.
test('2,500 variants at one position are answered', () => {
  expect(verdictsOf(steps(1, 2_500))).toEqual(['too_many']);
});

test('a campaign of 200 positions with 24 variants each is compared from the first as far as the pairs reach', () => {
  const verdicts = verdictsOf(
    Array.from({ length: 200 }, (_, at) => steps(200 - at, most.variants)).flat(),
  );
  const reach = Math.floor(most.pairs / most.variants ** 2);

  expect(verdicts).toHaveLength(200);
  expect(verdicts.slice(0, reach)).not.toContain('too_many');
  expect(new Set(verdicts.slice(reach))).toEqual(new Set(['too_many']));
});

test('a position that is too large takes nothing from those after it', () => {
  const verdicts = verdictsOf([...steps(1, 100), ...steps(2, 2), ...steps(null, 100)]);

  expect(verdicts).toEqual(['too_many', expect.not.stringMatching('too_many'), 'no_test']);
});
