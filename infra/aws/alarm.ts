import type { StageKind } from '../topology.ts';

/** A metric as CloudWatch keeps it, and what of it is looked at in a period. */
export type Metric<Text> = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, Text>>;
  readonly stat: 'Sum' | 'Maximum' | 'Minimum' | 'SampleCount' | 'p50' | 'p95' | 'p99';
};

/** An alarm: which metrics, when they are wrong, for how long, and what whoever is told should do. */
export type Alarm<Text> = {
  /** Its name within the stage: `dead-letters-aggregate`. */
  readonly name: string;
  /** What is wrong and what to do, in a sentence or two. */
  readonly says: string;
  /** The section that says more. */
  readonly doc: `docs/${string}#${string}`;
  /** CloudWatch takes ten at most in one alarm, and is paid for each. */
  readonly metrics: readonly Metric<Text>[];
  /** What is made of them, as `m0`, `m1` …; the metric itself when left out. */
  readonly expression?: string;
  readonly wrong: { readonly is: '>' | '>=' | '<'; readonly than: number };
  readonly periodSeconds: number;
  readonly periods: number;
  /** In how many of the periods it must be wrong. */
  readonly wrongPeriods: number;
  /** What a period without a value is: silence is wrong where something should be heard. */
  readonly silence: 'breaching' | 'notBreaching';
};

/** What alarms are about: the stage, and the names that its things have in AWS. */
export type Watched<Text> = {
  readonly stage: {
    readonly name: string;
    readonly kind: Exclude<StageKind, 'local'>;
    readonly isReserved: boolean;
  };
  /** The name of a thing in AWS, `rookery-production-aggregate`. */
  readonly nameOf: (name: string) => string;
  readonly apiId: Text;
};

/** The most metrics that an alarm over several takes. */
export const mostMetrics = 10;

/** What every alarm about a number of bad things has in common: none is good, and no value means none. */
export const counting = { silence: 'notBreaching', wrong: { is: '>=', than: 1 } } as const;

/** `SUM([m0, m1])`: metrics that have no value at a time count as nothing there, which `m0 + m1` would not be. */
export const sumOf = (from: number, to: number): string =>
  `SUM([${Array.from({ length: to - from }, (_, nth) => `m${from + nth}`).join(', ')}])`;

/** Splits a list into as few groups of at most so many as there can be, of like length. */
export const groupsOf = <T>(all: readonly T[], most: number): readonly (readonly T[])[] => {
  const count = Math.ceil(all.length / most);
  return Array.from({ length: count }, (_, nth) =>
    all.slice(Math.round((nth * all.length) / count), Math.round(((nth + 1) * all.length) / count)),
  );
};
