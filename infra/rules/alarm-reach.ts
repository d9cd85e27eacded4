import { statementsIn } from './documents.ts';
import { most } from './limits.ts';
import { called, functionAt, physicalIn, stageIn, titleOf, types } from './parts.ts';
import { at, jsonOf, listOf, numberAt, textAt, textsOf, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';
import { alarm, watchedIn } from './watched.ts';

const topic = 'aws:sns/topic:Topic';

const told: Rule = {
  name: 'alarm-tells-somebody',
  says: 'on a stage that people rely on, every alarm tells a topic of the stage when it begins and when it is over; none is switched off',
  faults: (graph) => {
    const topics = new Set(ofType(graph, topic).map(({ arn }) => arn));
    const isRelied = stageIn(graph).kind !== 'preview';
    return ofType(graph, alarm).flatMap((one) => {
      const actions = ['alarmActions', 'okActions'].map((key) => textsOf(at(one.inputs, key)));
      return [
        ...unless(
          !isRelied || actions.every((arns) => arns.some((arn) => topics.has(arn))),
          `${titleOf(one)}: tells nobody`,
        ),
        ...unless(at(one.inputs, 'actionsEnabled') !== false, `${titleOf(one)}: is switched off`),
      ];
    });
  },
};

const mayPublish: Rule = {
  name: 'topic-lets-only-its-alarms-in',
  says: 'CloudWatch may publish to the topic, for alarms of the stage, and nobody else may do anything with it',
  faults: (graph) =>
    ofType(graph, topic).flatMap((one) => {
      const policies = ofType(graph, 'aws:sns/topicPolicy:TopicPolicy').filter(
        (each) => textAt(each, 'arn') === one.arn,
      );
      const statements = policies.flatMap((each) => statementsIn(textAt(each, 'policy')));
      const isNarrow = (statement: unknown): boolean => {
        const sources = textsOf(at(statement, 'Condition', 'ArnEquals', 'aws:SourceArn'));
        return (
          at(statement, 'Principal', 'Service') === 'cloudwatch.amazonaws.com' &&
          textsOf(at(statement, 'Action')).join() === 'sns:Publish' &&
          sources.length === 1 &&
          sources.every((arn) => arn.endsWith(`:alarm:${physicalIn(graph, '')}*`))
        );
      };
      return unless(
        statements.length === 1 && statements.every(isNarrow),
        `${titleOf(one)}: others than its alarms may publish`,
      );
    }),
};

const existing: Rule = {
  name: 'alarm-watches-what-exists',
  says: 'an alarm is about a queue, a function or a rule that the stage has: else it is silent for ever',
  faults: (graph) => {
    const exists: Readonly<Record<string, (value: string) => boolean>> = {
      QueueName: (value) => called(graph, types.queue, value) !== undefined,
      FunctionName: (value) => functionAt(graph, value) !== undefined,
      RuleName: (value) => called(graph, types.rule, value) !== undefined,
      ScheduleGroup: (value) => called(graph, types.scheduleGroup, value) !== undefined,
      EventBusName: (value) => called(graph, types.bus, value) !== undefined,
      ApiId: (value) => ofType(graph, types.api).some(({ id }) => id === value),
    };
    return watchedIn(graph).flatMap((one) =>
      one.of.split(' ').flatMap((each) => {
        const [key = '', value = ''] = each.split('=');
        return unless(
          exists[key]?.(value) !== false,
          `${titleOf(one.alarm)}: there is no ${value}`,
        );
      }),
    );
  },
};

const alarmLimits: Rule = {
  name: 'alarms-within-limits',
  says: 'an alarm looks back a day at most, or a week by the hour, over ten metrics; a dashboard has 500 widgets in 1 MB of JSON',
  faults: (graph) => [
    ...ofType(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm').flatMap((one) => {
      const queries = listOf(at(one.inputs, 'metricQueries'));
      const [queried] = queries.flatMap((query) => listOf(at(query, 'metric', 'period')));
      const period = Number(at(one.inputs, 'period') ?? queried ?? 0);
      const seconds = period * (numberAt(one, 'evaluationPeriods') ?? 0);
      return [
        ...unless(
          [10, 20, 30].includes(period) || period % 60 === 0,
          `${one.name}: periods of ${period} s`,
        ),
        ...most(one.name, 'seconds looked back are', seconds, period >= 3_600 ? 604_800 : 86_400),
        ...most(one.name, 'metrics and expressions are', queries.length, 11),
        ...most(
          one.name,
          'letters of description are',
          textAt(one, 'alarmDescription').length,
          1_024,
        ),
      ];
    }),
    ...ofType(graph, 'aws:cloudwatch/dashboard:Dashboard').flatMap((one) => {
      const body = textAt(one, 'dashboardBody');
      const widgets = at(jsonOf(body), 'widgets');
      return [
        ...unless(Array.isArray(widgets), `${one.name}: is no dashboard`),
        ...most(one.name, 'widgets are', listOf(widgets).length, 500),
        ...most(one.name, 'bytes are', Buffer.byteLength(body), 1_000_000),
      ];
    }),
  ],
};

/** Whom alarms tell, and that they can tell of anything at all. */
export const alarmReachRules: readonly Rule[] = [told, mayPublish, existing, alarmLimits];
