import { functions, type FunctionName } from '../topology.ts';

/** What CloudWatch makes a metric of: of the lines of some functions' logs those that match, and a number of each. */
export type LogFilter = {
  readonly metric: 'JobLag' | 'Drift' | 'AuditChainBroken';
  readonly of: readonly FunctionName[];
  readonly pattern: string;
  readonly value: string;
  readonly unit: 'Milliseconds' | 'Count';
  /** What the metric is told apart by: a field of the line each. */
  readonly dimensions?: Readonly<Record<string, string>>;
};

const names = Object.keys(functions) as FunctionName[];

/** The functions that schedules fire. */
export const fired: readonly FunctionName[] = names.filter((name) =>
  functions[name].handler.startsWith('functions/schedule/'),
);

/** The namespace of a stage's own metrics. */
export const namespaceOf = (stage: string): string => `Rookery/${stage}`;

/**
 * The metrics that are made of log lines: those that an alarm needs and AWS itself does not have. Each is 0.30 USD a month, for
 * the hours in which it has a value: JobLag is one a job, the other two have values only when something is wrong. Messages that
 * were given up need none: they are in a dead-letter queue, which an alarm watches.
 */
export const logFilters: readonly LogFilter[] = [
  {
    metric: 'JobLag',
    of: fired,
    // What was fired a day late was fired by hand: Lambda gives a firing up after six hours (functions.ts).
    pattern: '{ $.outcome = "done" && $.job = "*" && $.lag_ms < 86400000 }',
    value: '$.lag_ms',
    unit: 'Milliseconds',
    dimensions: { Job: '$.job' },
  },
  {
    metric: 'Drift',
    of: ['reconcile'],
    pattern: '{ $.outcome = "done" && $.drift > 0 }',
    value: '$.drift',
    unit: 'Count',
  },
  {
    metric: 'AuditChainBroken',
    of: ['checkpoints'],
    pattern: '{ $.code = "audit-chain-broken" }',
    value: '1',
    unit: 'Count',
  },
];
