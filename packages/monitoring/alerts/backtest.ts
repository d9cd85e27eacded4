import { Failure } from '@rookery/kernel/failure';
import type { Session } from '@rookery/db/pool';
import { judge, seriesKey, type Known, type Outcome } from './judge.ts';
import { wantOf } from './load.ts';
import type { Rule } from './rule.ts';
import type { Labels, Sample, Source } from './sample.ts';
import type { Edge, Standing } from './step.ts';

/** What to replay: a rule, which need not exist, over the slots in [from, to). */
export type Replay = {
  readonly rule: Rule;
  readonly from: Date;
  readonly to: Date;
  readonly sources: readonly Source[];
  readonly edge?: Edge;
  readonly signal?: AbortSignal;
  /** Told after every statement. */
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void;
};

/** A time in which a series was pending or firing; `to` is null when it still was at the end. */
export type Stay = {
  readonly state: Standing['state'];
  readonly from: Date;
  readonly to: Date | null;
  /** Value at its first slot, and the one that breached most. Null: there was none. */
  readonly first: number | null;
  readonly worst: number | null;
};

/** What became of one series: its stays in order, how often it fired, and for how many seconds altogether and at most. */
export type SeriesHistory = {
  readonly labels: Labels;
  readonly stays: readonly Stay[];
  readonly fired: number;
  readonly firingSeconds: number;
  readonly longestSeconds: number;
};

/** What a rule would have done: the series that were pending at least once, who fired most first. */
export type Backtest = {
  readonly slots: number;
  readonly samples: number;
  readonly fired: number;
  readonly series: readonly SeriesHistory[];
};

// Slots a statement: percentiles of 100 endpoints take 0.2 ms each on a busy machine, 4 s for these; all else is far below.
const slotsAtOnce = 100;
const mostSlots = 200_000;

/** The slots of an evaluation interval in [from, to). */
export const slotsBetween = (
  { intervalSeconds }: Pick<Rule, 'intervalSeconds'>,
  from: Date,
  to: Date,
): Date[] => {
  const ms = intervalSeconds * 1_000;
  const first = Math.ceil(from.getTime() / ms);
  const count = Math.max(0, Math.ceil(to.getTime() / ms) - first);
  if (count > mostSlots)
    throw new Failure(
      'invalid',
      'backtest-too-long',
      `${count} evaluations are more than ${mostSlots}: shorten the time, or replay with a longer interval`,
    );
  return Array.from({ length: count }, (_, at) => new Date((first + at) * ms));
};

// A stay and its series while the replay goes on.
type Course = { readonly labels: Labels; standing: Standing; readonly stays: Stay[] };

const worseOf = ({ operator }: Rule, a: number | null, b: number | null): number | null => {
  if (a === null || b === null) return a ?? b;
  return operator === 'lt' || operator === 'lte' ? Math.min(a, b) : Math.max(a, b);
};

const secondsOf = ({ from, to }: Stay, end: Date): number =>
  ((to ?? end).getTime() - from.getTime()) / 1_000;

// What goes on gets worse or not, what changes its state ends one stay and may begin another.
const follow = (rule: Rule, course: Course, { standing, value }: Outcome, slot: Date): void => {
  const last = course.stays.at(-1);
  const goesOn = last !== undefined && last.to === null && last.state === standing?.state;
  if (last !== undefined && last.to === null)
    course.stays[course.stays.length - 1] = goesOn
      ? { ...last, worst: worseOf(rule, last.worst, value) }
      : { ...last, to: slot };
  if (standing === null || goesOn) return;
  course.stays.push({ state: standing.state, from: slot, to: null, first: value, worst: value });
};

const historyOf = ({ labels, stays }: Course, end: Date): SeriesHistory => {
  const firing = stays.filter(({ state }) => state === 'firing');
  const seconds = firing.map((stay) => secondsOf(stay, end));
  return {
    labels,
    stays,
    fired: firing.length,
    firingSeconds: seconds.reduce((sum, n) => sum + n, 0),
    longestSeconds: seconds.reduce((most, n) => Math.max(most, n), 0),
  };
};

// The replay of one rule: where its series stand, and how they came there.
const courseOf = (rule: Rule, edge: Edge) => {
  const standing = new Map<string, Course>();
  const all = new Map<string, Course>();
  let lastSlot: Date | null = null;
  const turn = (slot: Date, samples: readonly Sample[]): void => {
    const known = [...standing.values()].map((course): Known => ({
      fingerprint: '',
      labels: course.labels,
      standing: course.standing,
      alert: null,
    }));
    const { outcomes } = judge({ rule, slot, lastSlot, isChanged: false, edge }, samples, known);
    for (const outcome of outcomes) {
      const key = seriesKey(outcome.labels);
      if (outcome.standing === null && !standing.has(key)) continue;
      const course = all.get(key) ?? {
        labels: outcome.labels,
        standing: { state: 'pending', activeAt: slot, keepSince: null },
        stays: [],
      };
      all.set(key, course);
      follow(rule, course, outcome, slot);
      if (outcome.standing === null) standing.delete(key);
      else {
        course.standing = outcome.standing;
        standing.set(key, course);
      }
    }
    lastSlot = slot;
  };
  return { turn, courses: all };
};

const sourceOf = (sources: readonly Source[], { metric }: Rule): Source => {
  const source = sources.find(({ answers }) => answers(metric));
  if (source === undefined)
    throw new Failure('missing', 'metric-without-source', `no source knows the metric ${metric}`);
  return source;
};

/**
 * Replays a rule over history with the evaluator's own steps: what it would have done had it been evaluated at every slot.
 * Metrics of the facts, which mature, are judged by what is known now. Reads only; `ops` is a session of rookery_ops.
 */
export const backtest = async (ops: Session, replay: Replay): Promise<Backtest> => {
  const { rule, from, to, sources, edge = 'exclusive', signal, onProgress } = replay;
  const source = sourceOf(sources, rule);
  const slots = slotsBetween(rule, from, to);
  const { turn, courses } = courseOf(rule, edge);
  let samples = 0;
  for (let at = 0; at < slots.length; at += slotsAtOnce) {
    signal?.throwIfAborted();
    const some = slots.slice(at, at + slotsAtOnce);
    const bySlot = some.map((): Sample[] => []);
    for (const sample of await source.read(
      ops,
      some.map((slot) => wantOf(rule, slot)),
    )) {
      bySlot[sample.want]?.push(sample);
      samples += 1;
    }
    for (const [place, slot] of some.entries()) turn(slot, bySlot[place] ?? []);
    onProgress?.({ done: at + some.length, of: slots.length });
  }
  const series = [...courses.values()]
    .map((course) => historyOf(course, to))
    .toSorted((a, b) => b.fired - a.fired || b.firingSeconds - a.firingSeconds);
  const fired = series.reduce((sum, one) => sum + one.fired, 0);
  return { slots: slots.length, samples, fired, series };
};
