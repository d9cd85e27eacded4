import { expect, test } from 'vitest';
import type { Graph, Resource } from '../graph/graph.ts';
import { cloudRules } from './cloud.ts';
import { types } from './parts.ts';

const resource = (type: string, inputs: Resource['inputs'], name = 'Thing'): Resource => ({
  type,
  name,
  inputs,
  id: name,
  arn: '',
  isProtected: false,
  isRetained: false,
  after: [],
});

const graphOf = (...resources: readonly Resource[]): Graph => ({
  app: { name: 'rookery', stage: 'pr-7', removal: 'remove', protect: false, providers: {} },
  builds: [],
  resources,
  outputs: undefined,
  unknownCalls: [],
});

const faultsOf = (name: string, ...resources: readonly Resource[]): readonly string[] => {
  const rule = cloudRules.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  return rule.faults(graphOf(...resources));
};

const routeFaults = (...keys: readonly string[]) =>
  faultsOf(
    'route-is-one-the-gateway-knows',
    ...keys.map((key) => resource(types.route, { routeKey: key })),
  );

test.each([
  '$default',
  'GET /v1/audit-log.csv',
  'GET /v1/x/{campaign_id}/series.csv',
  'ANY /files/{path+}',
  'GET /',
])('%s is a route', (key) => {
  expect(routeFaults(key)).toEqual([]);
});

test.each([
  'GET /v1/x/{id}.csv',
  'GET /v1/x-{id}',
  'GET /v1/{path+}/more',
  'GET v1/x',
  'TRACE /v1/x',
  '$default GET',
])('%s is none', (key) => {
  expect(routeFaults(key)).toEqual([`${key}: no route of API Gateway`]);
});

test('routes that differ in the name of a variable alone take the same requests', () => {
  expect(routeFaults('GET /a/{id}', 'GET /a/{key}', 'PATCH /a/{key}', 'GET /a/new')).toEqual([
    'GET /a/{id}, GET /a/{key}: take the same requests',
  ]);
});

test.each(['AWS_REGION', 'LAMBDA_TASK_ROOT', '_HANDLER', 'TOKEN-ISSUER', '1ST'])(
  'the variable %s cannot be set',
  (name) => {
    const one = resource(types.function, { environment: { variables: { [name]: 'x' } } });
    expect(faultsOf('variable-is-free-to-be-set', one)).toEqual([`Thing: ${name} cannot be set`]);
  },
);

const url = (maxAge: number, method: string) =>
  resource(types.url, { cors: { maxAge, allowMethods: [method], allowHeaders: ['accept'] } });

test('CORS of a URL is held to what Lambda takes', () => {
  expect(faultsOf('url-within-limits', url(86_400, 'GET'))).toEqual([]);
  expect(faultsOf('url-within-limits', url(86_401, 'OPTIONS'))).toHaveLength(2);
});

const filter = (dimensions: Resource['inputs'], defaultValue?: string) =>
  resource('aws:cloudwatch/logMetricFilter:LogMetricFilter', {
    pattern: '{ $.a = 1 }',
    metricTransformation: { dimensions, ...(defaultValue === undefined ? {} : { defaultValue }) },
  });

test('a metric of logs has three dimensions at most, and no default beside them', () => {
  expect(faultsOf('log-metric-within-limits', filter({ a: '', b: '', c: '' }))).toEqual([]);
  expect(faultsOf('log-metric-within-limits', filter({ a: '', b: '', c: '', d: '' }))).toHaveLength(
    1,
  );
  expect(faultsOf('log-metric-within-limits', filter({ a: '' }, '0'))).toHaveLength(1);
});

const started = (value: string) =>
  resource(types.invocation, { input: JSON.stringify({ migrations: value }) });

test('what a migration is started with names hashes only', () => {
  expect(faultsOf('migration-tells-no-secret', started('a'.repeat(64)))).toEqual([]);
  expect(faultsOf('migration-tells-no-secret', started('postgresql://u:p@h/d'))).toHaveLength(1);
});
