import type { Graph, Resource } from '../graph/graph.ts';
import { most } from './limits.ts';
import { types } from './parts.ts';
import { at, entriesOf, jsonOf, listOf, numberAt, textAt, textsOf, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';

const routeKey = /^(\$default|(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/\S*))$/;
const variable = /^\{[\w.:-]+\}$/;
const greedy = /^\{[\w.:-]+\+\}$/;

const segmentsOf = (key: string): readonly string[] =>
  (routeKey.exec(key)?.[3] ?? '/').slice(1).split('/');

const isLegal = (key: string): boolean =>
  routeKey.test(key) &&
  segmentsOf(key).every(
    (part, nth, all) =>
      !/[{}]/.test(part) || variable.test(part) || (nth === all.length - 1 && greedy.test(part)),
  );

// What the gateway tells routes apart by: a variable is one whatever its name.
const shapeOf = (key: string): string => key.replaceAll(/\{[^}/]*\}/g, '{}');

const routeKeys: Rule = {
  name: 'route-is-one-the-gateway-knows',
  says: 'a variable of a route is a whole segment, `/{id}` and never `/{id}.csv`, and no two routes take the same requests',
  faults: (graph) => {
    const keys = ofType(graph, types.route).map((one) => textAt(one, 'routeKey'));
    const groups = Map.groupBy(keys, shapeOf).values();
    return [
      ...keys.filter((key) => !isLegal(key)).map((key) => `${key}: no route of API Gateway`),
      ...[...groups].flatMap((alike) =>
        unless(alike.length === 1, `${alike.join(', ')}: take the same requests`),
      ),
    ];
  },
};

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html: Lambda sets them, and refuses them of others. A name
// that begins as its own do may become one of them.
const reserved = /^(_HANDLER|_X_AMZN_|AWS_|LAMBDA_)/;

const variableNames: Rule = {
  name: 'variable-is-free-to-be-set',
  says: 'a variable of the environment is called by letters, digits and underscores, and not as those that Lambda sets itself',
  faults: (graph) =>
    ofType(graph, types.function).flatMap((one) =>
      entriesOf(at(one.inputs, 'environment', 'variables')).flatMap(([name]) =>
        unless(
          /^[a-zA-Z]\w+$/.test(name) && !reserved.test(name),
          `${one.name}: ${name} cannot be set`,
        ),
      ),
    ),
};

const ofUrls = (one: Resource): readonly string[] => [
  ...most(one.name, 'seconds of a browser’s memory are', numberAt(one, 'cors', 'maxAge'), 86_400),
  ...(['allowHeaders', 'exposeHeaders', 'allowOrigins'] as const).flatMap((list) =>
    most(one.name, `${list} are`, listOf(at(one.inputs, 'cors', list)).length, 100),
  ),
  ...textsOf(at(one.inputs, 'cors', 'allowMethods')).flatMap((method) =>
    unless(
      ['*', 'GET', 'PUT', 'HEAD', 'POST', 'PATCH', 'DELETE'].includes(method),
      `${one.name}: ${method} is no method that its CORS may name`,
    ),
  ),
];

const urlLimits: Rule = {
  name: 'url-within-limits',
  says: 'CORS of a URL lasts a day at most, names a hundred headers and never OPTIONS, which Lambda answers itself',
  faults: (graph) => ofType(graph, types.url).flatMap(ofUrls),
};

const logFilterLimits: Rule = {
  name: 'log-metric-within-limits',
  says: 'a metric of logs has three dimensions at most and then no default, and its filter 1,024 characters',
  faults: (graph) =>
    ofType(graph, 'aws:cloudwatch/logMetricFilter:LogMetricFilter').flatMap((one) => {
      const dimensions = entriesOf(at(one.inputs, 'metricTransformation', 'dimensions')).length;
      const fallback = at(one.inputs, 'metricTransformation', 'defaultValue');
      return [
        ...most(one.name, 'dimensions are', dimensions, 3),
        ...most(one.name, 'characters are', textAt(one, 'pattern').length, 1_024),
        ...unless(
          dimensions === 0 || fallback === undefined,
          `${one.name}: has dimensions and a default`,
        ),
      ];
    }),
};

const invocationInputs: Rule = {
  name: 'migration-tells-no-secret',
  says: 'a deployment starts its function with JSON that names hashes only: Pulumi shows inputs to whoever may read a diff',
  faults: (graph: Graph) =>
    ofType(graph, types.invocation).flatMap((one) =>
      entriesOf(jsonOf(textAt(one, 'input'))).flatMap(([name, value]) =>
        unless(
          typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
          `${one.name}: ${name} is no hash`,
        ),
      ),
    ),
};

/** What AWS takes of names and lists: found here, and not by the first deployment. */
export const cloudRules: readonly Rule[] = [
  routeKeys,
  variableNames,
  urlLimits,
  logFilterLimits,
  invocationInputs,
];
