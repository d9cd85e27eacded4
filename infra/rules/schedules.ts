import { Cron } from 'croner';
import type { Graph } from '../graph/graph.ts';
import { cronOf } from '../local/schedule.ts';
import { schedules, type ScheduleSpec } from '../topology.ts';
import { firings, horizonDays, parseAwsCron } from './cron.ts';
import {
  called,
  functionAt,
  functionsIn,
  physicalIn,
  queueAt,
  schedulesIn,
  stageIn,
  titleOf,
  type Made,
  types,
} from './parts.ts';
import { at, differs, jsonOf, numberAt, textAt, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';

const each =
  (faults: (made: Made<ScheduleSpec>, graph: Graph) => readonly string[]): Rule['faults'] =>
  (graph) =>
    schedulesIn(graph).flatMap((made) => faults(made, graph));

// Before the end of a leap February, and before both changes of the clock.
const starts = ['2028-02-28T21:59:30Z', '2028-03-25T22:10:00Z', '2028-10-28T22:10:00Z'];
const many = 500;

const firingsOnALaptop = (
  { cron, timezone }: { readonly cron: string; readonly timezone: string },
  from: Date,
): readonly string[] => {
  const end = from.getTime() + (horizonDays - 2) * 86_400_000;
  return new Cron(cron, { timezone })
    .nextRuns(many, from)
    .filter((slot) => slot.getTime() < end)
    .map((slot) => slot.toISOString());
};

// Most schedules share a cadence with others, and croner takes 0.2 ms a slot.
const known = new Map<string, string | undefined>();

const once = (key: string, find: () => string | undefined): string | undefined => {
  if (!known.has(key)) known.set(key, find());
  return known.get(key);
};

/** The first slot in which a schedule fires in the cloud and not on a laptop, or the reverse. */
export const driftOf = (
  expression: string,
  local: { readonly cron: string; readonly timezone: string },
): string | undefined => {
  const parsed = parseAwsCron(expression);
  if (typeof parsed === 'string') return parsed;
  // UTC has no changes of the clock.
  for (const start of local.timezone === 'UTC' ? starts.slice(0, 1) : starts) {
    const here = firingsOnALaptop(local, new Date(start));
    const there = firings(parsed, local.timezone, new Date(start), many);
    const first = here.findIndex((slot, index) => slot !== there[index]);
    if (first >= 0) return `fires at ${there[first]} where a laptop fires at ${here[first]}`;
  }
  return undefined;
};

const cadence: Rule = {
  name: 'schedule-fires-as-on-a-laptop',
  says: `the next ${many} firings in the cloud are those that the same cadence has on a laptop, over month ends and changes of the clock`,
  faults: each(({ name, spec, resource }, graph) => {
    const wanted = spec.cadence[stageIn(graph).kind];
    const zone = textAt(resource, 'scheduleExpressionTimezone');
    if (wanted === 'off' || zone !== spec.timezone)
      return [`${name}: its time zone is ${zone}, and should be ${spec.timezone}`];
    const local = { cron: cronOf(wanted), timezone: spec.timezone };
    const expression = textAt(resource, 'scheduleExpression');
    const drift = once(`${expression} ${local.cron} ${local.timezone}`, () =>
      driftOf(expression, local),
    );
    return [
      ...(drift === undefined ? [] : [`${name}: ${drift}`]),
      ...differs(name, 'its window', textAt(resource, 'flexibleTimeWindow', 'mode'), 'OFF'),
      ...unless(textAt(resource, 'state') !== 'DISABLED', `${name}: is switched off`),
    ];
  }),
};

const group: Rule = {
  name: 'schedule-is-in-the-stages-group',
  says: "a stage's schedules are in a group of its own: CloudWatch counts what the scheduler drops by group",
  faults: each(({ name, resource }, graph) => {
    const wanted = physicalIn(graph, 'jobs');
    return [
      ...differs(name, 'its group', textAt(resource, 'groupName'), wanted),
      ...unless(
        called(graph, types.scheduleGroup, wanted) !== undefined,
        `${name}: its group is missing`,
      ),
    ];
  }),
};

const target: Rule = {
  name: 'schedule-starts-its-function',
  says: 'a schedule starts the function of the topology, which exists',
  faults: each(({ name, spec, resource }, graph) => {
    const found = functionAt(graph, textAt(resource, 'target', 'arn'));
    const wanted = physicalIn(graph, spec.function);
    return differs(name, 'its function', found && titleOf(found), wanted);
  }),
};

const input: Rule = {
  name: 'schedule-tells-its-slot',
  says: 'a firing carries its job and the time that it stands for: both tries of a slot are the same work',
  faults: each(({ name, spec, resource }) =>
    differs(name, 'its input', jsonOf(textAt(resource, 'target', 'input')), {
      job: spec.job,
      scheduledTime: '<aws.scheduler.scheduled-time>',
    }),
  ),
};

const lastResort = (graph: Graph, arn: unknown): string | undefined => {
  const queue = typeof arn === 'string' ? queueAt(graph, arn) : undefined;
  return queue && titleOf(queue);
};

const retries: Rule = {
  name: 'schedule-tries-again-then-keeps',
  says: 'what a schedule could not hand over is tried again, and then kept',
  faults: each(({ name, spec, resource }, graph) => {
    const found = numberAt(resource, 'target', 'retryPolicy', 'maximumRetryAttempts');
    const dead = lastResort(graph, at(resource.inputs, 'target', 'deadLetterConfig', 'arn'));
    return [
      ...differs(name, 'retries', found, spec.retries),
      ...differs(name, 'its last resort', dead, physicalIn(graph, 'firings-dlq')),
    ];
  }),
};

const failed: Rule = {
  name: 'failed-firing-is-kept',
  says: 'Lambda tries a firing that its function failed at as often as the topology says, and then keeps it',
  faults: (graph) =>
    functionsIn(graph).flatMap(({ name, resource }) => {
      const own = Object.values<ScheduleSpec>(schedules).filter((one) => one.function === name);
      if (own.length === 0) return [];
      const config = ofType(graph, types.invokeConfig).find(
        (one) => functionAt(graph, textAt(one, 'functionName')) === resource,
      );
      const dead = at(config?.inputs, 'destinationConfig', 'onFailure', 'destination');
      const found = config && numberAt(config, 'maximumRetryAttempts');
      return [
        ...own.flatMap((one) => differs(name, 'retries', found, one.retries)),
        ...differs(
          name,
          'its last resort',
          lastResort(graph, dead),
          physicalIn(graph, 'firings-dlq'),
        ),
      ];
    }),
};

/** Schedules: when they fire, whom they start, what they say, and what becomes of what fails. */
export const scheduleRules: readonly Rule[] = [cadence, group, target, input, retries, failed];
