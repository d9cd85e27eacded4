import { businessMetrics } from './catalogue-business.ts';
import { platformMetrics } from './catalogue-platform.ts';

/** What a value counts in. A fraction is a share of 1, percent a share of 100; matches are texts that a search found. */
export type Unit =
  | 'fraction'
  | 'percent'
  | 'ms'
  | 'seconds'
  | 'count'
  | 'per second'
  | 'score'
  | 'matches'
  | 'unknown';

/** The sources of values, by name; the function that evaluates introduces them. */
export type SourceName =
  | 'facts'
  | 'periods'
  | 'quotas'
  | 'runs'
  | 'requests'
  | 'services'
  | 'queues'
  | 'integrations'
  | 'errors'
  | 'events'
  | 'activity'
  | 'rollups'
  | 'reported';

/** A metric that a rule may name. Windows are minutes. */
export type Metric = {
  readonly name: string;
  /** What it is, as a sentence begins: `Bounce rate of mailbox`. */
  readonly title: string;
  /** How one that is 1 or 0 is told: `Service` shop is `down`, or `not down`. */
  readonly flag?: { readonly subject: string; readonly yes: string; readonly no: string };
  /** A metric of texts is compared by contains and not-contains only, one of numbers by all others. */
  readonly kind: 'number' | 'text';
  readonly unit: Unit;
  /** Labels that its series have; a reported metric has its tags besides. */
  readonly labels: readonly string[];
  readonly window: { readonly usual: number; readonly least: number; readonly most: number };
  readonly source: SourceName;
  readonly about: string;
};

/** Every metric that Rookery works out itself. Any other name is one that somebody reports. */
export const catalogue: readonly Metric[] = [...businessMetrics, ...platformMetrics];

const byName = new Map(catalogue.map((metric) => [metric.name, metric]));

/** What is known of a metric that is reported and not worked out: its newest minute is its value. */
const reported = (name: string): Metric => ({
  name,
  title: name,
  kind: 'number',
  unit: 'unknown',
  labels: ['endpoint', 'method', 'status_code'],
  window: { usual: 1, least: 1, most: 1 },
  source: 'reported',
  about:
    'Reported: mean of its newest minute, or else its requests a second, or else its requests.',
});

/** The metric of a name; one that is not in the catalogue is a reported one. */
export const metricOf = (name: string): Metric => byName.get(name) ?? reported(name);

const ofPlatform = new Set(['job.lag']);

/** Whether a metric can have a value in a tenant: some are of the platform alone. */
export const isMeasuredFor = (tenantId: string, name: string): boolean =>
  tenantId === 'platform' || !ofPlatform.has(name);

/** The window that a rule measures over: its own, or the usual one of its metric. */
export const windowOf = (rule: {
  readonly metric: string;
  readonly windowMinutes: number | null;
}): number => rule.windowMinutes ?? metricOf(rule.metric).window.usual;

// Levenshtein's distance, a row at a time.
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i] === b[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] ?? 0;
};

const nearest = (name: string, names: readonly string[]): string | undefined => {
  const [best] = names
    .map((known) => ({ known, off: distance(name, known) }))
    .toSorted((a, b) => a.off - b.off);
  return best !== undefined && best.off <= Math.max(2, name.length / 3) ? best.known : undefined;
};

/** Why a rule cannot name a metric, in words; null when it can. `reportedNames`: those that were reported so far. */
export const metricFault = (name: string, reportedNames: readonly string[]): string | null => {
  if (byName.has(name) || reportedNames.includes(name)) return null;
  const guess = nearest(name, [...byName.keys(), ...reportedNames]);
  const hint =
    guess === undefined ? 'GET /v1/monitoring/metrics lists all' : `did you mean ${guess}?`;
  return `nobody knows a metric ${name}: ${hint}`;
};

/** Why a metric cannot be measured over so many minutes, in words; null when it can. */
export const windowFault = (name: string, minutes: number): string | null => {
  const { window, source } = metricOf(name);
  if (minutes < window.least || minutes > window.most)
    return `${name} is measured over ${window.least} to ${window.most} minutes, not ${minutes}`;
  if (source === 'facts' && minutes % window.least !== 0)
    return `${name} is measured over whole days: name a multiple of ${window.least} minutes`;
  return null;
};
