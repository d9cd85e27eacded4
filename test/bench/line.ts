import type { Cost } from './measure.ts';

/** A bound on a number: at most, at least, or none for what is only told. */
export type Bound = { readonly most: number } | { readonly least: number } | undefined;

/** One line of the table. */
export type Line = {
  readonly name: string;
  /** What was measured, in words with its own units. */
  readonly measured: string;
  readonly value: number;
  readonly unit: '×' | 'rows' | 'statements' | 's' | 'ms' | 'KB' | '%';
  readonly bound: Bound;
};

/** True when a line keeps its bound, false when it does not, undefined when it has none. */
export const isMet = ({ value, bound }: Line): boolean | undefined => {
  if (bound === undefined) return undefined;
  return 'most' in bound ? value <= bound.most : value >= bound.least;
};

/** Milliseconds as people read them. */
export const time = (ms: number): string =>
  ms >= 9_950
    ? `${(ms / 1_000).toFixed(1)} s`
    : ms >= 99.5
      ? `${Math.round(ms)} ms`
      : `${ms.toFixed(1)} ms`;

/** A number with three significant digits, or whole. */
export const figure = (value: number): string =>
  value === 0 ? '0' : Math.abs(value) >= 100 ? String(Math.round(value)) : value.toPrecision(3);

/** A cost as CPU and wall. */
export const cost = ({ cpu, wall }: Cost): string => `${time(cpu)} CPU, ${time(wall)} wall`;

/** A line that divides one cost by another. */
export const ratio = (
  name: string,
  ours: Cost,
  theirs: Cost,
  bound: Bound,
  by: 'cpu' | 'wall' = 'cpu',
): Line => ({
  name,
  measured: `${cost(ours)} / ${cost(theirs)}`,
  value: ours[by] / theirs[by],
  unit: '×',
  bound,
});

/** A line that is a plain number. */
export const plain = (
  name: string,
  value: number,
  unit: Line['unit'],
  bound: Bound,
  measured = '',
): Line => ({ name, measured, value, unit, bound });
