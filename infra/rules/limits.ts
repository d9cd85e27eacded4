import type { Graph, Resource } from '../graph/graph.ts';
import { routes } from '../topology.ts';
import { inlineOf } from './documents.ts';
import { functionsIn, titleOf, types } from './parts.ts';
import { at, numberAt, textAt, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';

/** One fault where a number is beyond what AWS takes. */
export const most = (where: string, what: string, found: number | undefined, limit: number) =>
  unless((found ?? 0) <= limit, `${where}: ${what} ${found}, and AWS takes ${limit}`);

const each =
  (type: string, faults: (one: Resource, graph: Graph) => readonly string[]) =>
  (graph: Graph): readonly string[] =>
    ofType(graph, type).flatMap((one) => faults(one, graph));

// Letters of a name. Of log groups and buckets SST makes the names itself.
const lengths: Readonly<Record<string, number>> = {
  [types.function]: 64,
  [types.role]: 64,
  [types.schedule]: 64,
  [types.scheduleGroup]: 64,
  [types.rule]: 64,
  [types.queue]: 80,
  [types.api]: 128,
  [types.authorizer]: 128,
  [types.bus]: 256,
  'aws:cloudwatch/metricAlarm:MetricAlarm': 255,
  'aws:sns/topic:Topic': 256,
};

const names: Rule = {
  name: 'names-fit',
  says: 'names are as long as AWS takes them, of letters, digits, dashes and underscores, and no two of a kind are alike',
  faults: ({ resources }) => {
    const seen = new Set<string>();
    return resources.flatMap((one) => {
      const limit = lengths[one.type];
      const name = textAt(one, 'name');
      if (limit === undefined) return [];
      const isAgain = seen.has(`${one.type} ${name}`);
      seen.add(`${one.type} ${name}`);
      return [
        ...most(one.name, `the letters of ${name} are`, name.length, limit),
        ...unless(
          /^[A-Za-z0-9_-]+$/.test(name),
          `${one.name}: cannot be called ${name || 'nothing'}`,
        ),
        ...unless(!isAgain, `${one.name}: ${name} is taken`),
      ];
    });
  },
};

const bucketNames: Rule = {
  name: 'bucket-names-fit',
  says: 'names of buckets are 3 to 63 small letters, digits and dashes',
  faults: each(types.bucket, (one) => {
    const name = textAt(one, 'bucket');
    return unless(
      /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name),
      `${one.name}: cannot be called ${name}`,
    );
  }),
};

const queueLimits: Rule = {
  name: 'queue-within-limits',
  says: 'SQS hides a message for 12 hours at most, keeps it for 14 days, and delays it for 15 minutes',
  faults: each(types.queue, (one) => [
    ...most(titleOf(one), 'hides for', numberAt(one, 'visibilityTimeoutSeconds'), 43_200),
    ...most(titleOf(one), 'keeps for', numberAt(one, 'messageRetentionSeconds'), 1_209_600),
    ...most(titleOf(one), 'delays for', numberAt(one, 'delaySeconds'), 900),
  ]),
};

const batchLimits: Rule = {
  name: 'batch-within-limits',
  says: 'a batch of more than 10 needs a window to be gathered in, and at least 2 and at most 1,000 batches run at once',
  faults: each(types.mapping, (one) => {
    const size = numberAt(one, 'batchSize') ?? 0;
    const window = numberAt(one, 'maximumBatchingWindowInSeconds') ?? 0;
    const atOnce = numberAt(one, 'scalingConfig', 'maximumConcurrency') ?? 0;
    return [
      ...unless(size >= 1 && size <= (window > 0 ? 10_000 : 10), `${one.name}: a batch of ${size}`),
      ...most(one.name, 'seconds of its window are', window, 300),
      ...unless(atOnce >= 2 && atOnce <= 1_000, `${one.name}: ${atOnce} batches at once`),
    ];
  }),
};

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

const functionLimits: Rule = {
  name: 'function-within-limits',
  says: 'Lambda runs for 900 s at most, with 128 to 10,240 MB and an environment of 4 KB',
  faults: each(types.function, (one) => {
    const memory = numberAt(one, 'memorySize') ?? 0;
    return [
      ...most(titleOf(one), 'runs for', numberAt(one, 'timeout'), 900),
      ...unless(memory >= 128 && memory <= 10_240, `${titleOf(one)}: has ${memory} MB`),
      ...most(
        titleOf(one),
        'bytes of environment are',
        bytes(at(one.inputs, 'environment', 'variables')),
        4_096,
      ),
      ...most(titleOf(one), 'letters of description are', textAt(one, 'description').length, 256),
    ];
  }),
};

const patience: Rule = {
  name: 'gateway-outlasts-its-functions',
  says: 'the gateway gives up after 30 s: a function behind it must have given up before',
  faults: (graph) => [
    ...functionsIn(graph).flatMap(({ name, resource }) => {
      const isBehind = routes.some((one) => one.function === name && one.streaming !== true);
      const timeout = numberAt(resource, 'timeout') ?? Infinity;
      return unless(
        !isBehind || timeout < 30,
        `${name}: may run for ${timeout} s behind the gateway`,
      );
    }),
    ...ofType(graph, types.integration).flatMap((one) =>
      most(one.name, 'milliseconds of patience are', numberAt(one, 'timeoutMilliseconds'), 30_000),
    ),
  ],
};

const policySizes: Rule = {
  name: 'policies-fit',
  says: 'the policies of a role come to 10,240 characters at most, its trust to 2,048',
  faults: each(types.role, (one) => [
    ...most(
      one.name,
      'characters of policy are',
      inlineOf(one).join('').replace(/\s/g, '').length,
      10_240,
    ),
    ...most(one.name, 'characters of trust are', textAt(one, 'assumeRolePolicy').length, 2_048),
  ]),
};

const apiLimits: Rule = {
  name: 'gateway-within-limits',
  says: 'an HTTP API has 300 routes and 300 integrations at most, and 10 authorizers',
  faults: (graph) => [
    ...most('gateway', 'routes are', ofType(graph, types.route).length, 300),
    ...most('gateway', 'integrations are', ofType(graph, types.integration).length, 300),
    ...most('gateway', 'authorizers are', ofType(graph, types.authorizer).length, 10),
  ],
};

const busLimits: Rule = {
  name: 'bus-within-limits',
  says: 'a bus has 300 rules at most, of 2,048 characters, with 5 targets each, and tries 185 times in a day',
  faults: (graph) => [
    ...most('bus', 'rules are', ofType(graph, types.rule).length, 300),
    ...ofType(graph, types.rule).flatMap((rule) => {
      const targets = ofType(graph, types.target).filter(
        (one) => textAt(one, 'rule') === textAt(rule, 'name'),
      );
      return [
        ...most(rule.name, 'characters are', textAt(rule, 'eventPattern').length, 2_048),
        ...most(rule.name, 'targets are', targets.length, 5),
      ];
    }),
    ...ofType(graph, types.target).flatMap((one) => [
      ...most(one.name, 'tries are', numberAt(one, 'retryPolicy', 'maximumRetryAttempts'), 185),
      ...most(
        one.name,
        'seconds are',
        numberAt(one, 'retryPolicy', 'maximumEventAgeInSeconds'),
        86_400,
      ),
    ]),
  ],
};

const retryLimits: Rule = {
  name: 'retries-within-limits',
  says: 'the scheduler tries 185 times at most, and Lambda twice more within six hours',
  faults: (graph) => [
    ...ofType(graph, types.schedule).flatMap((one) =>
      most(
        titleOf(one),
        'tries are',
        numberAt(one, 'target', 'retryPolicy', 'maximumRetryAttempts'),
        185,
      ),
    ),
    ...ofType(graph, types.invokeConfig).flatMap((one) => [
      ...most(one.name, 'tries are', numberAt(one, 'maximumRetryAttempts'), 2),
      ...most(one.name, 'seconds are', numberAt(one, 'maximumEventAgeInSeconds'), 21_600),
    ]),
  ],
};

/** What AWS refuses at the deployment, or later. */
export const limitRules: readonly Rule[] = [
  names,
  bucketNames,
  queueLimits,
  batchLimits,
  functionLimits,
  patience,
  policySizes,
  apiLimits,
  busLimits,
  retryLimits,
];
