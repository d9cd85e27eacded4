import { matches } from './matcher.ts';
import type { Rule } from './rule.ts';
import type { Labels, Sample } from './sample.ts';
import { isGap, isVisible, step, valueAt, type Edge, type Standing, type Stepped } from './step.ts';

/** A series that the rule knows from before: by where it stands, or by an alert that is open. */
export type Known = {
  /** Hash of the labels in the database; empty where nothing is kept. */
  readonly fingerprint: string;
  readonly labels: Labels;
  readonly standing: Standing | null;
  /** Null: there is none, or somebody resolved it by hand. */
  readonly alert: OpenAlert | null;
};

/** What matters of an open alert for its evaluation. */
export type OpenAlert = {
  readonly id: string;
  readonly value: number;
  readonly isShadow: boolean;
  readonly metric: string;
};

/** One evaluation of one rule. */
export type Turn = {
  readonly rule: Rule;
  readonly slot: Date;
  /** Slot of the evaluation before. Null: this is the first. */
  readonly lastSlot: Date | null;
  /** The rule is another than in the evaluation before. */
  readonly isChanged: boolean;
  readonly edge: Edge;
};

/** What a turn makes of one series. */
export type Outcome = Stepped & {
  readonly labels: Labels;
  readonly known: Known | null;
  readonly sample: Sample | null;
  /** Why the alert that was open is none of this rule any more, even if it does not resolve by itself. */
  readonly ended: string | null;
};

/** Labels as one text, equal for equal labels. */
export const seriesKey = (labels: Labels): string => {
  const names = Object.keys(labels);
  if (names.length > 1) names.sort();
  return names.map((name) => JSON.stringify([name, labels[name]])).join('');
};

const isEmpty = (labels: Labels): boolean => Object.keys(labels).length === 0;

const whyEnded = ({ rule }: Turn, { labels, alert }: Known): string | null => {
  if (
    !matches(rule.scope.matchers ?? [], labels) &&
    !(isEmpty(labels) && rule.noData === 'alerting')
  )
    return 'rule changed: the series is out of its scope';
  if (alert === null) return null;
  if (alert.metric !== rule.metric) return 'rule changed: it is about another metric';
  if (alert.isShadow === rule.isShadow) return null;
  return rule.isShadow ? 'rule changed: it is tested now' : 'rule changed: its test is over';
};

// A pending breach cannot be trusted over a gap or a change. What fires goes on firing, unless somebody resolved it: then
// the changed rule begins anew.
const startOf = (turn: Turn, known: Known): Standing | null => {
  const { rule, slot, lastSlot, isChanged } = turn;
  const { standing, alert } = known;
  if (standing?.state === 'pending' && (isChanged || isGap(rule, lastSlot, slot))) return null;
  return isChanged && alert === null ? null : standing;
};

// The newest sample of each series in scope that is not too old.
const visible = ({ rule, slot, edge }: Turn, samples: readonly Sample[]): Map<string, Sample> => {
  const newest = new Map<string, Sample>();
  for (const sample of samples) {
    if (!isVisible(rule, sample.at, { slot, edge })) continue;
    if (!matches(rule.scope.matchers ?? [], sample.labels)) continue;
    const key = seriesKey(sample.labels);
    const other = newest.get(key);
    if (other === undefined || other.at < sample.at) newest.set(key, sample);
  }
  return newest;
};

const fromKnown = (turn: Turn, known: Known, seen: Map<string, Sample>): Outcome => {
  const { rule, slot } = turn;
  const sample = seen.get(seriesKey(known.labels)) ?? null;
  const ended = whyEnded(turn, known);
  const base = { labels: known.labels, known, sample, ended };
  const value = valueAt(rule, sample);
  if (ended !== null && !matches(rule.scope.matchers ?? [], known.labels))
    return { ...base, standing: null, happened: 'nothing', value };
  // The series without labels stands for the absence of all: it ends when there is one.
  const isAbsence = isEmpty(known.labels) && sample === null && rule.noData === 'alerting';
  const noData = isAbsence && seen.size > 0 ? 'ok' : rule.noData;
  const before = ended === null ? startOf(turn, known) : null;
  return { ...base, ...step(rule, before, { slot, value, noData }) };
};

/**
 * Judges all series of a rule at a slot: those that have a sample, and those that were known. An outcome of a series that
 * was inactive and stays so is left out. With the policy alerting, a rule that never saw a series has one without labels.
 */
export const judge = (
  turn: Turn,
  samples: readonly Sample[],
  known: readonly Known[],
): { readonly outcomes: readonly Outcome[]; readonly series: number } => {
  const { rule, slot } = turn;
  const seen = visible(turn, samples);
  let series = 0;
  const outcomes = known.map((one) => fromKnown(turn, one, seen));
  const knownKeys = new Set(known.map(({ labels }) => seriesKey(labels)));
  for (const [key, sample] of seen) {
    const value = valueAt(rule, sample);
    if (value !== null) series += 1;
    if (knownKeys.has(key) || value === null) continue;
    const stepped = step(rule, null, { slot, value, noData: 'ok' });
    if (stepped.standing !== null)
      outcomes.push({ ...stepped, labels: sample.labels, known: null, sample, ended: null });
  }
  if (rule.noData === 'alerting' && seen.size === 0 && known.length === 0) {
    const stepped = step(rule, null, { slot, value: null, noData: 'alerting' });
    outcomes.push({ ...stepped, labels: {}, known: null, sample: null, ended: null });
  }
  return { outcomes, series };
};
