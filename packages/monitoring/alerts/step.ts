import type { Operator, Rule } from './rule.ts';
import type { Sample } from './sample.ts';

/** Where a series of a rule stands between two evaluations; an inactive one stands nowhere. */
export type Standing = {
  readonly state: 'pending' | 'firing';
  /** Slot at which this breach began. */
  readonly activeAt: Date;
  /** First slot without a breach since it fires. Null: the last one breached. */
  readonly keepSince: Date | null;
};

/** Whether a value as old as the lookback still counts: with Prometheus 3 not, with 2 it does. */
export type Edge = 'inclusive' | 'exclusive';

/** What a step did: nothing that shows, or one of the changes. */
export type Happened = 'nothing' | 'pended' | 'fired' | 'dropped' | 'resolved';

/** Where a series stands after a slot, by which value; null is inactive, and no value. */
export type Stepped = {
  readonly standing: Standing | null;
  readonly happened: Happened;
  readonly value: number | null;
};

const comparisons: Readonly<Record<Operator, (value: number, threshold: number) => boolean>> = {
  gt: (value, threshold) => value > threshold,
  gte: (value, threshold) => value >= threshold,
  lt: (value, threshold) => value < threshold,
  lte: (value, threshold) => value <= threshold,
  eq: (value, threshold) => value === threshold,
  // Of NaN every comparison is false but this one, as in IEEE 754.
  ne: (value, threshold) => value !== threshold,
  // The value is how many samples have the text, or have it not.
  contains: (value, threshold) => value >= Math.max(1, threshold),
  'not-contains': (value, threshold) => value >= Math.max(1, threshold),
};

// There is no way back from a value that only has to differ, or to be equal.
const recovers = (operator: Operator): boolean => operator !== 'eq' && operator !== 'ne';

const breaches = (rule: Rule, before: Standing | null, value: number): boolean => {
  const compare = comparisons[rule.operator];
  if (compare(value, rule.threshold)) return true;
  return (
    rule.recoveryThreshold !== null &&
    recovers(rule.operator) &&
    before?.state === 'firing' &&
    before.keepSince === null &&
    compare(value, rule.recoveryThreshold)
  );
};

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1_000;

/** Whether what was measured then can be seen at a slot: it is not too old, and not later. */
export const isVisible = (
  rule: Rule,
  at: Date,
  { slot, edge }: { readonly slot: Date; readonly edge: Edge },
): boolean => {
  const age = secondsBetween(at, slot);
  if (age < 0) return false;
  return edge === 'inclusive' ? age <= rule.lookbackSeconds : age < rule.lookbackSeconds;
};

/** The value of a visible sample; null when there is none, or it is made of too little. */
export const valueAt = (rule: Rule, sample: Sample | null): number | null =>
  sample === null || sample.samples < rule.minSamples ? null : sample.value;

const breached = (rule: Rule, before: Standing | null, slot: Date): Omit<Stepped, 'value'> => {
  if (before?.state === 'firing') {
    const standing = before.keepSince === null ? before : { ...before, keepSince: null };
    return { standing, happened: 'nothing' };
  }
  const activeAt = before?.activeAt ?? slot;
  if (secondsBetween(activeAt, slot) >= rule.forSeconds)
    return { standing: { state: 'firing', activeAt, keepSince: null }, happened: 'fired' };
  const standing = before ?? { state: 'pending' as const, activeAt, keepSince: null };
  return { standing, happened: before === null ? 'pended' : 'nothing' };
};

const unbreached = (rule: Rule, before: Standing | null, slot: Date): Omit<Stepped, 'value'> => {
  if (before === null) return { standing: null, happened: 'nothing' };
  // Keeping is for what fires: it never helps a pending breach over a good value.
  if (before.state === 'pending') return { standing: null, happened: 'dropped' };
  const keepSince = before.keepSince ?? slot;
  if (secondsBetween(keepSince, slot) >= rule.keepFiringSeconds)
    return { standing: null, happened: 'resolved' };
  const standing = before.keepSince === null ? { ...before, keepSince } : before;
  return { standing, happened: 'nothing' };
};

/**
 * One series of a rule, one slot further, as Prometheus does it. A standing that stays is returned as the same object.
 * Without a value, `noData` decides: a breach, none, or everything stays as it was.
 */
export const step = (
  rule: Rule,
  before: Standing | null,
  { slot, value, noData }: { slot: Date; value: number | null; noData: Rule['noData'] },
): Stepped => {
  if (value === null && noData === 'keep') return { standing: before, happened: 'nothing', value };
  const isBreach = value === null ? noData === 'alerting' : breaches(rule, before, value);
  return { ...(isBreach ? breached(rule, before, slot) : unbreached(rule, before, slot)), value };
};

/** True when so long passed since the rule was last evaluated that a breach may have ended in between, unseen. */
export const isGap = (rule: Rule, last: Date | null, slot: Date): boolean =>
  last !== null &&
  secondsBetween(last, slot) > Math.max(3 * rule.intervalSeconds, rule.lookbackSeconds);
