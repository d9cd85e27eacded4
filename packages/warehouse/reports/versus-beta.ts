/** `successes` among `trials`, both whole; more successes than trials count as that many trials. */
export type Trials = { readonly successes: number; readonly trials: number };

/**
 * Beta(1 + successes, 1 + trials − successes) over the intervals of a grid: the density and the share below at the
 * edges 0, 2, 4 … and at the middles 1, 3, 5 … of the intervals.
 */
export type Belief = {
  readonly density: readonly number[];
  readonly below: readonly number[];
};

/** What is believed of several rates, over one grid. */
export type Beliefs = {
  readonly edges: readonly number[];
  readonly rates: readonly Belief[];
};

// Edges in standard deviations from the mean, fine where the mass is; with no success the tail falls like e^-x, so that
// 30 leave 1e-13 outside. Two intervals between two edges put every figure within 1e-5 (versus.test.ts).
const offsets = [0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 14, 20, 30];
const parts = 2;

const edgesAround = ({ successes, trials }: Trials): readonly number[] => {
  const a = 1 + successes;
  const b = 1 + Math.max(0, trials - successes);
  const mean = a / (a + b);
  const deviation = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
  return offsets
    .flatMap((offset) => [mean - offset * deviation, mean + offset * deviation])
    .filter((edge) => edge > 0 && edge < 1);
};

const gridOf = (all: readonly Trials[]): readonly number[] => {
  const coarse = [...new Set([0, ...all.flatMap(edgesAround), 1])].toSorted((x, y) => x - y);
  return coarse.flatMap((edge, at) => {
    const next = coarse[at + 1];
    if (next === undefined) return [edge];
    return Array.from({ length: parts }, (_, part) => edge + ((next - edge) * part) / parts);
  });
};

/** The integral over one interval of a function known at its start, middle and end, by Simpson's rule. */
export const simpson = (width: number, start: number, middle: number, end: number): number =>
  (width / 6) * (start + 4 * middle + end);

type Logs = { readonly ofRate: readonly number[]; readonly ofRest: readonly number[] };

// Relative to the highest density, so that nothing overflows and no gamma function is needed: the mass is divided out.
const densityOf = ({ successes, trials }: Trials, logs: Logs): readonly number[] => {
  const failures = Math.max(0, trials - successes);
  const mode = successes + failures === 0 ? 0.5 : successes / (successes + failures);
  const top = Math.log(mode);
  const topOfRest = Math.log1p(-mode);
  return logs.ofRate.map((log, at) => {
    const up = successes === 0 ? 0 : successes * (log - top);
    const down = failures === 0 ? 0 : failures * ((logs.ofRest[at] ?? 0) - topOfRest);
    return Math.exp(up + down);
  });
};

const beliefOf = (trials: Trials, edges: readonly number[], logs: Logs): Belief => {
  const density = densityOf(trials, logs);
  const below = [0];
  let sum = 0;
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const width = (edges[at + 1] ?? 1) - (edges[at] ?? 0);
    const start = density[2 * at] ?? 0;
    const middle = density[2 * at + 1] ?? 0;
    const end = density[2 * at + 2] ?? 0;
    const whole = simpson(width, start, middle, end);
    // The parabola through the three, up to the middle; far from the mass it may dip below zero.
    const half = (width / 24) * (5 * start + 8 * middle - end);
    below.push(sum + Math.min(Math.max(half, 0), whole));
    sum += whole;
    below.push(sum);
  }
  return { density: density.map((each) => each / sum), below: below.map((each) => each / sum) };
};

/** What to believe of each rate after its trials, nothing being known before: deterministic, within 1e-5. */
export const beliefsOf = (all: readonly Trials[]): Beliefs => {
  const edges = gridOf(all);
  const nodes = edges.flatMap((edge, at) => {
    const next = edges[at + 1];
    return next === undefined ? [edge] : [edge, (edge + next) / 2];
  });
  const logs = {
    ofRate: nodes.map((node) => Math.log(node)),
    ofRest: nodes.map((node) => Math.log1p(-node)),
  };
  return { edges, rates: all.map((trials) => beliefOf(trials, edges, logs)) };
};

/** The rate below which a share of the belief lies, 0 < share < 1. */
export const quantileOf = (
  edges: readonly number[],
  { density, below }: Belief,
  share: number,
): number => {
  const above = edges.findIndex((_, at) => (below[2 * at] ?? 1) >= share);
  const at = Math.max(0, above - 1);
  const from = edges[at] ?? 0;
  const width = (edges[at + 1] ?? 1) - from;
  const start = density[2 * at] ?? 0;
  const middle = density[2 * at + 1] ?? 0;
  const end = density[2 * at + 2] ?? 0;
  const wanted = share - (below[2 * at] ?? 0);
  const mass = (t: number): number =>
    width *
    t *
    (start +
      (t / 2) * (4 * middle - 3 * start - end) +
      ((t * t) / 3) * 2 * (start - 2 * middle + end));
  let low = 0;
  let high = 1;
  for (let step = 0; step < 40; step += 1) {
    const half = (low + high) / 2;
    if (mass(half) < wanted) low = half;
    else high = half;
  }
  return from + (width * (low + high)) / 2;
};
