import type { RowOf } from '@rookery/db/statement';
import type { emailSums } from './figures.ts';
import { verdictOf, versus, type Standing, type Verdict } from './versus.ts';
import type { Trials } from './versus-beta.ts';

type Sums = RowOf<typeof emailSums>;

// An answer to an e-mail of which no delivery is known was delivered all the same.
const share = (successes: number | null, trials: number): Trials | null =>
  successes === null ? null : { successes, trials: Math.max(trials, successes) };

/** The rates that variants can be compared by, each as successes of trials; null where the source does not tell. */
export const metrics = {
  reply_rate: (row) => share(row.replied, row.delivered),
  human_reply_rate: (row) => share(row.replied_human, row.delivered),
  click_rate: (row) => share(row.clicked_tracked, row.delivered),
  open_rate: (row) => share(row.opened_human, row.delivered),
} as const satisfies Readonly<Record<string, (row: Sums) => Trials | null>>;

/** A rate that variants can be compared by. */
export type Metric = keyof typeof metrics;

/** A step as it is compared: its place, its letter in a test, and its figures. */
export type Step = Sums & {
  readonly step_id: string | null;
  readonly step_position: number | null;
  readonly variant: string | null;
};

/** How a step does by the metric; what it has no rival for is null. */
export type Place = {
  readonly successes: number;
  readonly trials: number;
  readonly interval: { readonly low: number; readonly high: number };
  readonly probability_best: number | null;
  readonly expected_loss: number | null;
};

/**
 * What is compared at most, because comparing n variants takes n³: so many at one position, 12 ms (Node 24, 2026-11), and over
 * all positions so many pairs, each variant with each and itself: 0.05 s by 24 variants a position, 0.12 s by two.
 */
export const most = { variants: 24, pairs: 2_500 } as const;

/**
 * The steps of one position beside each other: `no_test` with fewer than two letters, `unknown` where one is not told,
 * `too_many` where there are more than can be compared.
 */
export type Compared<S extends Step> = {
  readonly step_position: number | null;
  readonly verdict: Verdict['verdict'] | 'no_test' | 'unknown' | 'too_many';
  readonly winner: string | null;
  readonly variants: readonly { readonly step: S; readonly place: Place | null }[];
};

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const placeOf = (trials: Trials, standing: Standing, rivals: boolean): Place => ({
  ...trials,
  interval: { low: rounded(standing.low, 4), high: rounded(standing.high, 4) },
  probability_best: rivals ? rounded(standing.probability_best, 4) : null,
  expected_loss: rivals ? rounded(standing.expected_loss, 6) : null,
});

const alone = (trials: Trials | null): Place | null => {
  const [standing] = trials === null ? [] : versus([trials]);
  return trials === null || standing === undefined ? null : placeOf(trials, standing, false);
};

const comparedAt = <S extends Step>(
  position: number | null,
  all: readonly S[],
  metric: Metric,
  spend: (variants: number) => boolean,
): Compared<S> => {
  const trialsOf = (step: S): Trials | null => metrics[metric](step);
  const rivals = all.flatMap((step) => {
    const trials = trialsOf(step);
    return step.variant === null || trials === null ? [] : [{ step, trials }];
  });
  const letters = position === null ? 0 : all.filter(({ variant }) => variant !== null).length;
  const apart = (verdict: 'no_test' | 'unknown' | 'too_many'): Compared<S> => ({
    step_position: position,
    verdict,
    winner: null,
    variants: all.map((step) => ({ step, place: alone(trialsOf(step)) })),
  });
  if (letters < 2) return apart('no_test');
  if (rivals.length < letters) return apart('unknown');
  if (!spend(letters)) return apart('too_many');

  const trials = rivals.map((rival) => rival.trials);
  const standings = versus(trials);
  const { verdict, winner } = verdictOf(trials, standings);
  const places = new Map(
    rivals.flatMap((rival, at): [S, Place][] => {
      const standing = standings[at];
      return standing === undefined ? [] : [[rival.step, placeOf(rival.trials, standing, true)]];
    }),
  );
  return {
    step_position: position,
    verdict,
    winner: winner === null ? null : (rivals[winner]?.step.step_id ?? null),
    variants: all.map((step) => ({ step, place: places.get(step) ?? alone(trialsOf(step)) })),
  };
};

// Says whether so many variants may be compared with each other, and if so takes them from what is left for the campaign.
const allowance = (): ((variants: number) => boolean) => {
  let left: number = most.pairs;
  return (variants) => {
    if (variants > most.variants || variants ** 2 > left) return false;
    left -= variants ** 2;
    return true;
  };
};

/**
 * Steps beside each other, position by position in the order given. Steps with a letter at one position are a test; a
 * step without one stands alone, and so do all whose position is unknown: they come last, together. Positions are
 * compared from the first as far as `most` allows.
 */
export const comparedSteps = <S extends Step>(
  all: readonly S[],
  metric: Metric,
): readonly Compared<S>[] => {
  const spend = allowance();
  return [...Map.groupBy(all, ({ step_position }) => step_position)]
    .toSorted(([a], [b]) => (a ?? Infinity) - (b ?? Infinity))
    .map(([position, steps]) => comparedAt(position, steps, metric, spend));
};
