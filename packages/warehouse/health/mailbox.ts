import { bandOf } from './band.ts';
import { at, type Curve } from './curve.ts';

/** The version stored in every score's components; raise it when a number below changes. */
export const scoreVersion = 1;

/** Days of the window a score looks back over, its own day included. */
export const windowDays = 14;

/** Below this many campaign e-mails and this many placed warm-up messages there is no score: unknown, not zero. */
export const enough = { sent: 50, placed: 20 } as const;

/** One part of the score: its weight, where small samples shrink to, and the points of a rate. */
export type Component = {
  readonly name: 'hard_bounces' | 'complaints' | 'warmup_spam' | 'replies' | 'unsubscribes';
  readonly events: string;
  readonly base: string;
  readonly weight: number;
  readonly prior: number;
  readonly mass: number;
  readonly points: Curve;
};

/** The five components of guide §6.3; the weights are a judgement and published with every score. */
export const components: readonly Component[] = [
  {
    name: 'hard_bounces',
    events: 'hard_bounced',
    base: 'sent',
    weight: 40,
    prior: 0.01,
    mass: 100,
    points: [
      [0.01, 100],
      [0.02, 85],
      [0.05, 40],
      [0.1, 0],
    ],
  },
  {
    name: 'complaints',
    events: 'spam_complaints',
    base: 'delivered',
    weight: 25,
    prior: 0.0002,
    mass: 500,
    points: [
      [0.0003, 100],
      [0.001, 70],
      [0.003, 20],
      [0.005, 0],
    ],
  },
  {
    name: 'warmup_spam',
    events: 'in_spam',
    base: 'placed',
    weight: 20,
    prior: 0.05,
    mass: 20,
    points: [
      [0.02, 100],
      [0.05, 90],
      [0.15, 50],
      [0.4, 0],
    ],
  },
  {
    name: 'replies',
    events: 'replied',
    base: 'delivered',
    weight: 10,
    prior: 0.03,
    mass: 100,
    points: [
      [0, 30],
      [0.01, 60],
      [0.03, 85],
      [0.08, 100],
    ],
  },
  {
    name: 'unsubscribes',
    events: 'unsubscribed',
    base: 'delivered',
    weight: 5,
    prior: 0.003,
    mass: 200,
    points: [
      [0.005, 100],
      [0.01, 80],
      [0.02, 40],
      [0.05, 0],
    ],
  },
];

/** A ceiling that one fatal flaw puts on the whole score: a mean alone would hide it. */
export type Cap = {
  readonly name: string;
  readonly at: number;
  readonly events: string;
  readonly base: string;
  readonly rate: number;
  readonly least: number;
};

/** The caps on measured rates, applied when the base is at least `least`. */
export const caps: readonly Cap[] = [
  { name: 'hard_bounces_5', at: 59, events: 'hard_bounced', base: 'sent', rate: 0.05, least: 200 },
  { name: 'hard_bounces_10', at: 25, events: 'hard_bounced', base: 'sent', rate: 0.1, least: 200 },
  {
    name: 'complaints_01',
    at: 59,
    events: 'spam_complaints',
    base: 'delivered',
    rate: 0.001,
    least: 1000,
  },
  {
    name: 'complaints_03',
    at: 39,
    events: 'spam_complaints',
    base: 'delivered',
    rate: 0.003,
    least: 1000,
  },
  {
    name: 'complaints_05',
    at: 25,
    events: 'spam_complaints',
    base: 'delivered',
    rate: 0.005,
    least: 1000,
  },
  { name: 'warmup_spam_15', at: 69, events: 'in_spam', base: 'placed', rate: 0.15, least: 50 },
  { name: 'warmup_spam_30', at: 45, events: 'in_spam', base: 'placed', rate: 0.3, least: 50 },
];

/** The caps on the sending domain's records: known to be missing, never merely unknown. */
export const domainCaps = [
  { name: 'spf', at: 50, column: 'spf' },
  { name: 'dkim', at: 50, column: 'dkim' },
  { name: 'dmarc', at: 79, column: 'dmarc' },
] as const;

/** Sums over the window, and the domain's records as last known. */
export type Window = {
  readonly sent: number;
  readonly delivered: number;
  readonly hard_bounced: number;
  readonly spam_complaints: number;
  readonly replied: number;
  readonly unsubscribed: number;
  readonly placed: number;
  readonly in_spam: number;
  readonly spf: boolean | null;
  readonly dkim: boolean | null;
  readonly dmarc: boolean | null;
};

const sumOf = (window: Window, name: string): number => {
  const value = Object.entries(window).find(([key]) => key === name)?.[1];
  return typeof value === 'number' ? value : 0;
};

const shareOf = (events: number, base: number): number | null =>
  base === 0 ? null : events / base;

/**
 * Whether a component counts: none does without a score, and the warm-up only with enough of its own messages.
 * Its weight is then shared by the others.
 */
const counts = ({ name }: Component, { sent, placed }: Window): boolean =>
  name === 'warmup_spam' ? placed >= enough.placed : sent >= enough.sent || placed >= enough.placed;

const measuredOf = (window: Window) =>
  components.map((component) => {
    const events = sumOf(window, component.events);
    const base = sumOf(window, component.base);
    const { prior, mass } = component;
    const shrunk = (events + prior * mass) / (base + mass);
    const counted = counts(component, window);
    return {
      component,
      events,
      base,
      shrunk,
      points: counted ? at(component.points, shrunk) : null,
    };
  });

const ratesOf = (window: Window) =>
  caps.map((cap) => {
    const events = sumOf(window, cap.events);
    const base = sumOf(window, cap.base);
    const applies = base >= cap.least && events >= cap.rate * base;
    return { ...cap, events, base, measured: shareOf(events, base), applies };
  });

/**
 * How the health of a mailbox comes about. `mean` is the sum of all contributions before rounding; the score is the mean,
 * rounded, under the lowest cap that applies. Without enough data score and mean are null and nothing contributes;
 * what caps apply is told all the same. Nothing is rounded, so that it adds up and shows which side of a limit it is on.
 */
export const explainHealth = (window: Window) => {
  const measured = measuredOf(window);
  const weights = measured.reduce(
    (sum, m) => sum + (m.points === null ? 0 : m.component.weight),
    0,
  );
  // In the order of score.sql.ts, operation by operation: another order differs in the last bit, and by a point at .5.
  const weighted = measured.reduce((sum, m) => sum + (m.points ?? 0) * m.component.weight, 0);
  const mean = weights === 0 ? null : weighted / weights;
  const rates = ratesOf(window);
  const records = domainCaps.map(({ name, at: most, column }) => ({
    name,
    at: most,
    applies: window[column] === false,
  }));
  const ceilings = [...rates, ...records].filter((cap) => cap.applies).map((cap) => cap.at);
  const cap = ceilings.length === 0 ? null : Math.min(...ceilings);
  const score = mean === null ? null : Math.min(100, cap ?? 100, Math.floor(mean + 0.5));
  return {
    score,
    band: bandOf(score),
    mean,
    cap,
    components: measured.map(({ component, events, base, shrunk, points }) => ({
      name: component.name,
      weight: component.weight,
      effective_weight: points === null ? 0 : (100 * component.weight) / weights,
      events,
      base,
      rate: shareOf(events, base),
      shrunk_rate: shrunk,
      points,
      contribution: points === null ? 0 : (points * component.weight) / weights,
    })),
    caps: { rates, records },
  };
};

/**
 * The health of a mailbox from 0 to 100, or null with too little data: the reference the SQL of score.sql.ts is
 * tested against. Without warm-up messages its weight is shared by the other four.
 */
export const mailboxHealth = (window: Window): number | null => explainHealth(window).score;
