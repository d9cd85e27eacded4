/** A reproducible source of chance: the same seed gives the same numbers on every machine. */
export type Random = {
  /** A number in `[0, 1)`. */
  readonly next: () => number;
  /** An integer in `[from, to]`, both included. */
  readonly between: (from: number, to: number) => number;
  /** True with probability `share`. */
  readonly chance: (share: number) => boolean;
  /** An exponential waiting time with the given mean, in the mean's unit. */
  readonly wait: (mean: number) => number;
  /** One of the items; fails on an empty list. */
  readonly pick: <T>(items: readonly T[]) => T;
};

/** Seeds the generator (mulberry32: 32 bits of state, ample for demo data and fast). */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    chance: (share) => next() < share,
    wait: (mean) => -Math.log(1 - next()) * mean,
    pick: (items) => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new RangeError('cannot pick from an empty list');
      return item;
    },
  };
};

/** How `total` is shared out by Zipf's law (s = 1): the n-th of `count` gets 1/n of the first's share. */
export const zipf = (total: number, count: number): number[] => {
  const weights = Array.from({ length: count }, (_, i) => 1 / (i + 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => Math.round((total * weight) / sum));
};
