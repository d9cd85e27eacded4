import { expect, test } from 'vitest';
import { functions, queues, type FunctionSpec } from '../topology.ts';
import { variablesOf } from './variables.ts';

const spec: FunctionSpec = {
  handler: 'functions/queue/example.ts',
  timeoutSeconds: 60,
  memoryMb: 256,
  uses: [],
};

const all: readonly (readonly [string, readonly string[]])[] = Object.entries<FunctionSpec>(
  functions,
).map(([name, one]) => [name, variablesOf(one)]);

const holders = (variable: RegExp): string[] =>
  all.filter(([, names]) => names.some((one) => variable.test(one))).map(([name]) => name);

test('a function is given its login, what its uses bring and its own settings, each once and in order', () => {
  expect(
    variablesOf({
      ...spec,
      database: 'etl',
      uses: ['consume:probe', 'send:probe', 'send:probe-dlq', 'send:email', 'seal:secrets'],
      settings: ['SIEM_TOKEN', 'DASHBOARD_URL'],
    }),
  ).toEqual([
    'DASHBOARD_URL',
    'DATABASE_URL_ETL',
    'EMAIL_FROM',
    'PROBE_DLQ_URL',
    'PROBE_QUEUE_URL',
    'SEAL_KEY',
    'SIEM_TOKEN',
  ]);
});

test('a function that uses nothing is given nothing', () => {
  expect(variablesOf(spec)).toEqual([]);
});

test('to consume a queue brings no variable: its messages are brought to the function', () => {
  expect(variablesOf({ ...spec, uses: ['consume:notify'] })).toEqual([]);
});

test('who reads all queues is given the URL of each and of its dead letters', () => {
  const uses = ['read:queues', 'send:probe-dlq'] as const;
  expect(variablesOf({ ...spec, uses })).toHaveLength(2 * Object.keys(queues).length);
});

test('each secret is in the environment of those alone who cannot do without it', () => {
  expect(holders(/^MIGRATION_DATABASE_URL$/)).toEqual(['migrate']);
  expect(holders(/^POSTHOG_API_KEY$/)).toEqual(['posthog']);
  expect(holders(/^POSTHOG_QUERY_KEY$/)).toEqual(['externalAggregates']);
  expect(holders(/^SIEM_TOKEN$/)).toEqual(['siem']);
  expect(holders(/^SOURCE_DATABASE_URL$/)).toEqual([
    'look',
    'reconciliation',
    'aggregate',
    'reconcile',
    'evaluation',
    'probe',
  ]);
});

const logins = (names: readonly string[]) => names.filter((one) => one.startsWith('DATABASE_URL_'));

test('none but the one that migrates holds the logins of two roles', () => {
  const several = all.filter(([, names]) => logins(names).length > 1).map(([name]) => name);

  expect(several).toEqual(['migrate']);
});
