import { functions, queues, type FunctionName, type FunctionSpec } from '../topology.ts';
import type { Metric } from './alarm.ts';
import { ofGateway, streaming } from './alarms-edges.ts';
import { ofFunction } from './alarms-functions.ts';
import { jobsOn, lagOf } from './alarms-jobs.ts';
import { deadLetterQueues } from './alarms-queues.ts';
import { fired, namespaceOf } from './log-filters.ts';
import type { Panel } from './dashboard-grid.ts';

/** What panels are about: the names that a stage's things have in AWS, and where. */
export type Shown = {
  readonly stage: { readonly name: string; readonly kind: 'production' | 'staging' | 'preview' };
  readonly nameOf: (name: string) => string;
  readonly region: string;
  readonly apiId: string;
};

type Line = { readonly metric: Metric<string>; readonly label: string };

// A metric as a dashboard writes it: namespace, name, each dimension and its value, then how it is drawn.
const written = ({ metric, label }: Line) => [
  metric.namespace,
  metric.name,
  ...Object.entries(metric.dimensions).flat(),
  { stat: metric.stat, label },
];

const specs = Object.entries(functions) as [FunctionName, FunctionSpec][];
const queueNames = Object.keys(queues);

const graph = (
  title: string,
  region: string,
  lines: readonly Line[],
  look: Readonly<Record<string, unknown>> = {},
): Omit<Panel, 'width'> => ({
  type: 'metric',
  properties: {
    title,
    region,
    view: 'timeSeries',
    stacked: false,
    period: 300,
    metrics: lines.map(written),
    yAxis: { left: { min: 0 } },
    ...look,
  },
});

const sqs = (queue: string, name: string): Metric<string> => ({
  namespace: 'AWS/SQS',
  name,
  dimensions: { QueueName: queue },
  stat: 'Maximum',
});

/** How much is asked, what of it fails, and how long it takes. */
export const api = ({ nameOf, region, apiId }: Shown): readonly Panel[] => {
  const streams = (name: string, what: string): Line[] =>
    streaming.map((each) => ({
      metric: ofFunction(nameOf(each), name),
      label: `${each} ${what}`,
    }));
  const answers = ['Count', '4xx', '5xx'].map((name) => ({
    metric: ofGateway(apiId, name),
    label: name,
  }));
  const speed = (['p50', 'p95', 'p99'] as const).map((stat) => ({
    metric: ofGateway(apiId, 'Latency', stat),
    label: stat,
  }));
  const streamed = [...streams('UrlRequestCount', 'asked'), ...streams('Url5xxCount', '5xx')];
  return [
    { ...graph('Requests', region, answers), width: 8 },
    { ...graph('Latency, ms', region, speed), width: 8 },
    { ...graph('Streams', region, streamed), width: 8 },
  ];
};

/** What schedules fire: how late, for how long, and what fails. */
export const jobs = ({ stage, nameOf, region }: Shown): readonly Panel[] => {
  const lag = jobsOn(stage.kind).map(({ job }) => ({
    metric: lagOf(stage.name, job, 'Maximum'),
    label: job,
  }));
  const each = (name: string, stat: Metric<string>['stat']) =>
    fired.map((one) => ({ metric: ofFunction(nameOf(one), name, stat), label: one }));
  return [
    { ...graph('Done so long after the slot, ms', region, lag), width: 8 },
    { ...graph('Duration of jobs, ms', region, each('Duration', 'Maximum')), width: 8 },
    { ...graph('Errors of jobs', region, each('Errors', 'Sum')), width: 8 },
  ];
};

/** What waits in queues, for how long, and what was given up. */
export const waiting = ({ nameOf, region }: Shown): readonly Panel[] => {
  const each = (names: readonly string[], metric: string) =>
    names.map((label) => ({ metric: sqs(nameOf(label), metric), label }));
  const visible = 'ApproximateNumberOfMessagesVisible';
  const oldest = 'ApproximateAgeOfOldestMessage';
  return [
    { ...graph('Messages waiting', region, each(queueNames, visible)), width: 8 },
    { ...graph('Oldest message, s', region, each(queueNames, oldest)), width: 8 },
    { ...graph('Dead letters', region, each(deadLetterQueues, visible)), width: 8 },
  ];
};

/** Who is at the database at once, who is held off for its sake, and whether figures are right. */
export const database = ({ stage, nameOf, region }: Shown): readonly Panel[] => {
  const who = specs.filter(([, spec]) => spec.database !== undefined).map(([name]) => name);
  const each = (name: string, stat: Metric<string>['stat']) =>
    who.map((one) => ({ metric: ofFunction(nameOf(one), name, stat), label: one }));
  const drift: Line = {
    metric: { namespace: namespaceOf(stage.name), name: 'Drift', dimensions: {}, stat: 'Sum' },
    label: 'drift',
  };
  const busy = graph('At the database at once', region, each('ConcurrentExecutions', 'Maximum'), {
    stacked: true,
    period: 60,
  });
  const held = graph('Held off by a limit of concurrency', region, each('Throttles', 'Sum'));
  return [
    { ...busy, width: 8 },
    { ...held, width: 8 },
    { ...graph('Days that differ from the e-mails', region, [drift]), width: 8 },
  ];
};
