import { schedules, type Cadence, type ScheduleName, type ScheduleSpec } from '../topology.ts';
import { counting, type Alarm, type Metric, type Watched } from './alarm.ts';
import { namespaceOf } from './log-filters.ts';
import { heartbeatOf, lateAfterMs, windowOf, type Window } from './thresholds.ts';

type On = { readonly job: string; readonly cadence: Cadence };

/** The jobs that a schedule fires at a kind of stage, and how often there. */
export const jobsOn = (kind: Watched<unknown>['stage']['kind']): readonly On[] =>
  Object.values<ScheduleSpec>(schedules).flatMap(({ job, cadence }) => {
    const here = cadence[kind];
    return here === 'off' ? [] : [{ job, cadence: here }];
  });

/** The metric of how long after its slot each firing of a job was done (log-filters.ts). */
export const lagOf = (
  stage: string,
  job: string,
  stat: Metric<string>['stat'],
): Metric<string> => ({
  namespace: namespaceOf(stage),
  name: 'JobLag',
  dimensions: { Job: job },
  stat,
});

// The section of docs/operations.md on what goes wrong when a job is not done.
const sections = {
  changes: 'freshness-is-behind',
  'exact-changes': 'freshness-is-behind',
  nightly: 'freshness-is-behind',
  reconciliation: 'a-cell-looks-wrong',
  partitions: 'a-partition-of-a-stream-is-missing',
  rollup: 'monitoring-figures-are-behind',
  sessions: 'monitoring-figures-are-behind',
  integrations: 'monitoring-figures-are-behind',
  alerts: 'the-evaluator-stands-still',
  probes: 'a-probe-says-down-and-it-is-not',
  uptime: 'monitoring-figures-are-behind',
  checkpoints: 'the-compliance-audit-does-not-hold',
  'audit-ageing': 'anonymising-the-audit',
  'external-aggregates': 'posthog-or-the-siem-is-down',
  retention: 'retention',
} as const satisfies Record<ScheduleName, string>;

const sectionOf = (job: string): string => {
  const [name = 'changes'] = (Object.keys(schedules) as ScheduleName[]).filter(
    (each) => schedules[each].job === job,
  );
  return sections[name];
};

const always = ({ periodSeconds, periods }: Window) => ({
  periodSeconds,
  periods,
  wrongPeriods: periods,
  silence: 'breaching' as const,
});

/**
 * A job of which no firing was done on time for a while, one a schedule that is on: done too late each time, or failed, or never
 * fired. Rookery has the same rule for its own jobs nowhere: a schedule that stands still cannot say so.
 */
export const lateAlarms = <Text>({ stage }: Watched<Text>): readonly Alarm<Text | string>[] =>
  jobsOn(stage.kind).map(({ job, cadence }) => ({
    ...always(windowOf(cadence)),
    name: `late-${job}`,
    says: `No firing of ${job} was done within ${lateAfterMs(cadence) / 60_000} minutes of its time, ${windowOf(cadence).periods} times ${windowOf(cadence).periodSeconds / 60} minutes long. Read the log of its function and look into firings-dlq. A new stage says so until the job has run for the first time.`,
    doc: `docs/operations.md#${sectionOf(job)}`,
    metrics: [lagOf(stage.name, job, 'Minimum')],
    wrong: { is: '>', than: lateAfterMs(cadence) },
  }));

/** No evaluation of alert rules was done at all: Rookery tells nobody of anything, and cannot tell of that. */
export const heartbeatAlarms = <Text>({ stage }: Watched<Text>): readonly Alarm<Text | string>[] =>
  jobsOn(stage.kind)
    .filter(({ job }) => job === 'alerts')
    .map(({ job, cadence }) => ({
      ...always(heartbeatOf(cadence)),
      name: 'heartbeat-evaluator',
      says: `Alert rules are not evaluated: until they are, Rookery tells nobody of anything. Read the log of the function evaluation; is the schedule ${job} enabled, and does the database answer?`,
      doc: 'docs/operations.md#the-evaluator-stands-still',
      metrics: [lagOf(stage.name, job, 'SampleCount')],
      wrong: { is: '<', than: 1 },
    }));

type Found = Pick<Alarm<string>, 'name' | 'says' | 'doc'> & {
  readonly job: ScheduleName;
  readonly metric: 'Drift' | 'AuditChainBroken';
};

const found: readonly Found[] = [
  {
    name: 'drift',
    metric: 'Drift',
    job: 'reconciliation',
    says: 'Figures differed from the e-mails and no change explains it. They are counted again by themselves; rookery reconcile says which cells and by how much. Keep its output: it should never happen.',
    doc: 'docs/operations.md#a-cell-looks-wrong',
  },
  {
    name: 'audit-chain-broken',
    metric: 'AuditChainBroken',
    job: 'checkpoints',
    says: 'The chain of the compliance audit does not hold: somebody tampered with it, or a restore went wrong. rookery audit verify says where. Keep the checkpoints.',
    doc: 'docs/operations.md#the-compliance-audit-does-not-hold',
  },
];

/** What a job found that must never be, until it has looked again and found nothing. */
export const findingAlarms = <Text>({ stage }: Watched<Text>): readonly Alarm<Text | string>[] =>
  found.flatMap(({ job, metric, ...alarm }) => {
    const { cadence }: ScheduleSpec = schedules[job];
    const here = cadence[stage.kind];
    if (here === 'off') return [];
    const dimensions = {};
    return {
      ...counting,
      ...alarm,
      ...windowOf(here),
      wrongPeriods: 1,
      metrics: [{ namespace: namespaceOf(stage.name), name: metric, dimensions, stat: 'Sum' }],
    };
  });
