import type { Graph } from '../graph/graph.ts';
import { functions, schedules, type FunctionSpec, type ScheduleSpec } from '../topology.ts';
import { physicalIn, queuesIn, stageIn, titleOf, types } from './parts.ts';
import { numberAt, textAt, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';
import { unwatched, watchedIn } from './watched.ts';

const filter = 'aws:cloudwatch/logMetricFilter:LogMetricFilter';

const deadLetters: Rule = {
  name: 'dead-letters-raise-an-alarm',
  says: 'one message in a dead-letter queue, those of schedules and of the bus too, is told to somebody',
  faults: (graph) => {
    const dead = ofType(graph, types.queue)
      .map(titleOf)
      .filter((name) => name.endsWith('-dlq'));
    const name = 'AWS/SQS ApproximateNumberOfMessagesVisible';
    const late = watchedIn(graph)
      .filter((one) => one.name === name && (numberAt(one.alarm, 'threshold') ?? 2) > 1)
      .map((one) => `${titleOf(one.alarm)}: waits for more than one message`);
    return [
      ...unwatched(
        graph,
        name,
        dead.map((each) => `QueueName=${each}`),
      ),
      ...late,
    ];
  },
};

const oldest: Rule = {
  name: 'waiting-message-raises-an-alarm',
  says: 'a queue whose oldest message grows old is told to somebody: its consumer is too slow or fails',
  faults: (graph) =>
    unwatched(
      graph,
      'AWS/SQS ApproximateAgeOfOldestMessage',
      queuesIn(graph).map(({ resource }) => `QueueName=${titleOf(resource)}`),
    ),
};

const errors: Rule = {
  name: 'errors-raise-an-alarm',
  says: 'errors of every function that nobody waits for, and of the API what it answers, are told to somebody',
  faults: (graph) => {
    const alone = Object.entries<FunctionSpec>(functions).filter(
      ([, { handler }]) => !handler.startsWith('functions/api/'),
    );
    return [
      ...unwatched(
        graph,
        'AWS/Lambda Errors',
        alone.map(([name]) => `FunctionName=${physicalIn(graph, name)}`),
      ),
      ...unwatched(
        graph,
        'AWS/ApiGateway 5xx',
        ofType(graph, types.api).map(({ id }) => `ApiId=${id}`),
      ),
    ];
  },
};

const jobsOn = (graph: Graph): readonly ScheduleSpec[] =>
  Object.values<ScheduleSpec>(schedules).filter(
    ({ cadence }) => cadence[stageIn(graph).kind] !== 'off',
  );

const spaceOf = (graph: Graph): string => `Rookery/${graph.app.stage}`;

// Whether the log of a function makes a metric.
const isMade = (graph: Graph, metric: string, function_: string): boolean =>
  ofType(graph, filter).some(
    (one) =>
      textAt(one, 'metricTransformation', 'name') === metric &&
      textAt(one, 'metricTransformation', 'namespace') === spaceOf(graph) &&
      textAt(one, 'logGroupName') === `/aws/lambda/${physicalIn(graph, function_)}`,
  );

const lag: Rule = {
  name: 'late-job-raises-an-alarm',
  says: 'every job that a schedule fires at the stage, the evaluator of alerts among them, is told to somebody when it is late or silent',
  faults: (graph) => {
    const on = jobsOn(graph);
    const name = `${spaceOf(graph)} JobLag`;
    const watching = watchedIn(graph).filter((one) => one.name === name);
    return [
      ...unwatched(
        graph,
        name,
        on.map(({ job }) => `Job=${job}`),
      ),
      ...on
        .filter((one) => !isMade(graph, 'JobLag', one.function))
        .map((one) => `${one.job}: the log of ${one.function} makes no metric of it`),
      ...watching
        .filter((one) => textAt(one.alarm, 'treatMissingData') !== 'breaching')
        .map((one) => `${titleOf(one.alarm)}: takes silence for good`),
    ];
  },
};

const heartbeat: Rule = {
  name: 'silent-evaluator-raises-an-alarm',
  says: 'where alert rules are evaluated, CloudWatch tells somebody within ten cadences that they are not: Rookery cannot',
  faults: (graph) => {
    if (!jobsOn(graph).some(({ job }) => job === 'alerts')) return [];
    const beats = watchedIn(graph).filter(
      (one) =>
        one.of === 'Job=alerts' &&
        textAt(one.alarm, 'statistic') === 'SampleCount' &&
        textAt(one.alarm, 'comparisonOperator') === 'LessThanThreshold' &&
        (numberAt(one.alarm, 'evaluationPeriods') ?? Infinity) <= 10,
    );
    return unless(beats.length > 0, 'evaluation: nobody is told that it stands still');
  },
};

const drift: Rule = {
  name: 'drift-raises-an-alarm',
  says: 'figures that differ from the e-mails they are counted from are told to somebody',
  faults: (graph) =>
    jobsOn(graph).some(({ job }) => job === 'reconcile')
      ? [
          ...unless(
            watchedIn(graph).some((one) => one.name === `${spaceOf(graph)} Drift`),
            'reconcile: nobody is told of drift',
          ),
          ...unless(
            isMade(graph, 'Drift', 'reconcile'),
            'reconcile: its log makes no metric of drift',
          ),
        ]
      : [],
};

/** What is told to somebody, without whom it would be seen too late. */
export const alarmRules: readonly Rule[] = [deadLetters, oldest, errors, lag, heartbeat, drift];
