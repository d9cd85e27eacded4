import type { Graph, Resource } from '../graph/graph.ts';
import { variablesOf, type Variable } from '../aws/variables.ts';
import { deployment, queues, routes, schedules, type FunctionSpec } from '../topology.ts';
import { called, functionsIn, stageIn, types, type Made } from './parts.ts';
import { at, differs, entriesOf, numberAt, setDiffers, textAt, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';

const each =
  (faults: (made: Made<FunctionSpec>, graph: Graph) => readonly string[]): Rule['faults'] =>
  (graph) =>
    functionsIn(graph).flatMap((made) => faults(made, graph));

const runtime: Rule = {
  name: 'function-runs-on-node-24-arm64',
  says: 'functions run on nodejs24.x and arm64, as what is tested and what is cheapest',
  faults: each(({ name, resource }) => [
    ...differs(name, 'runtime', textAt(resource, 'runtime'), 'nodejs24.x'),
    ...differs(name, 'architectures', at(resource.inputs, 'architectures'), ['arm64']),
  ]),
};

const size: Rule = {
  name: 'function-has-its-time-and-memory',
  says: 'time-out and memory are those of the topology, never the defaults of SST',
  faults: each(({ name, spec, resource }) => [
    ...differs(name, 'timeout', numberAt(resource, 'timeout'), spec.timeoutSeconds),
    ...differs(name, 'memory', numberAt(resource, 'memorySize'), spec.memoryMb),
  ]),
};

const days = { '1 week': 7, '1 month': 30, '3 months': 90 } as const;

/** Days that logs of a graph's stage are kept. */
export const daysOfLogs = (graph: Graph): number => days[stageIn(graph).logs];

const logs: Rule = {
  name: 'function-logs-json-for-a-while',
  says: 'functions log JSON to a group of their own, which keeps it as long as the stage says',
  faults: each(({ name, resource }, graph) => {
    const group = textAt(resource, 'loggingConfig', 'logGroup');
    const made = called(graph, types.logGroup, group);
    return [
      ...differs(name, 'log format', textAt(resource, 'loggingConfig', 'logFormat'), 'JSON'),
      ...differs(name, 'log group', group, `/aws/lambda/${textAt(resource, 'name')}`),
      ...differs(
        name,
        'days of logs',
        made && numberAt(made, 'retentionInDays'),
        daysOfLogs(graph),
      ),
    ];
  }),
};

/** How many of a function may run at once, as Lambda itself holds it to; undefined where nothing is set aside. */
export const reservedFor = (resource: Resource): number | undefined => {
  const reserved = numberAt(resource, 'reservedConcurrentExecutions');
  return reserved === undefined || reserved < 0 ? undefined : reserved;
};

const isConsumer = (name: string): boolean =>
  Object.values(queues).some((queue) => queue.function === name);

const isBehindGateway = (name: string): boolean =>
  routes.some((route) => route.function === name && route.streaming !== true);

// Once a slot, or once a deployment: what starts it is its bound.
const isStartedByUs = (name: string): boolean =>
  deployment.function === name || Object.values(schedules).some((one) => one.function === name);

const bounded: Rule = {
  name: 'function-that-logs-in-is-bounded',
  says: 'no number of callers can use up the connections of the database: a share of concurrency, a queue, the gateway or a clock bounds each function',
  faults: each(({ name, spec, resource }, graph) => {
    const reserved = reservedFor(resource);
    if (stageIn(graph).isReserved && spec.atOnce !== undefined)
      return differs(name, 'reserved concurrency', reserved, spec.atOnce);
    const logsIn = spec.database !== undefined || spec.uses.includes('read:source');
    const isBounded =
      reserved !== undefined ||
      isConsumer(name) ||
      (!stageIn(graph).isReserved && (isBehindGateway(name) || isStartedByUs(name)));
    return unless(!logsIn || isBounded, `${name}: nothing bounds how many of it run at once`);
  }),
};

const mostReserved = 900;

const share: Rule = {
  name: 'reserved-concurrency-leaves-some',
  says: `a stage sets aside at most ${mostReserved} of the account's 1,000: Lambda refuses to leave fewer than 100 to others`,
  faults: (graph) => {
    const shares = ofType(graph, types.function).map((each) => reservedFor(each) ?? 0);
    const all = shares.reduce((sum, one) => sum + one, 0);
    return unless(all <= mostReserved, `${all} are set aside, and ${mostReserved} may be`);
  },
};

// What a stage may do without: always, or where it does not use what they are for.
const optional: Readonly<
  Partial<Record<Variable, (value: (name: Variable) => string) => boolean>>
> = {
  POSTHOG_PROJECT_ID: (value) => value('EXTERNAL_AGGREGATES') === 'off',
  POSTHOG_QUERY_KEY: (value) => value('EXTERNAL_AGGREGATES') === 'off',
  SIEM_TOKEN: (value) => value('SIEM_PLACE').startsWith('s3://'),
  PROBE_REFERENCES: () => true,
  PAGERDUTY_URL: () => true,
  DASHBOARD_URL: () => true,
};

const ofSst = /^SST_(KEY|KEY_FILE|RESOURCE_App)$/;

/** The variables of a function's environment, by name. */
export const environmentOf = ({ inputs }: Resource): readonly (readonly [string, unknown])[] =>
  entriesOf(at(inputs, 'environment', 'variables'));

const environment: Rule = {
  name: 'function-knows-what-it-uses',
  says: "a function's environment is what its role, its uses and its settings bring, and nothing of others",
  faults: each(({ name, spec, resource }) => {
    const found = environmentOf(resource).map(([variable]) => variable);
    const value = (variable: Variable) => textAt(resource, 'environment', 'variables', variable);
    const wanted = variablesOf(spec).filter(
      (variable) => found.includes(variable) || optional[variable]?.(value) !== true,
    );
    const schema = spec.database === undefined ? [] : ['WAREHOUSE_SCHEMA'];
    const own = found.filter((variable) => !ofSst.test(variable));
    return setDiffers(name, own, [...wanted, ...schema]);
  }),
};

/** What each function is made of. */
export const functionRules: readonly Rule[] = [runtime, size, logs, bounded, share, environment];
