import { beforeAll, expect, test, vi } from 'vitest';
import { database, type Purpose } from '@rookery/lambda/database';
import { functions, type FunctionSpec } from '../../infra/topology.ts';
import { carriedBy, type Carried } from './carried.ts';
import { askedBy, logins, unfit, variableOf } from './settings.ts';

const specs: readonly FunctionSpec[] = Object.values(functions);

let carried: ReadonlyMap<string, Carried>;

beforeAll(async () => {
  const all = await carriedBy(specs.map(({ handler }) => handler));
  carried = new Map(all.map((one) => [one.handler, one]));
});

const codeOf = ({ handler }: FunctionSpec): Carried => {
  const found = carried.get(handler);
  if (found === undefined) throw new Error(`no code of ${handler}`);
  return found;
};

test('every function is given the variables that its code can ask for, and no other', () => {
  expect(specs.flatMap((spec) => unfit(spec, codeOf(spec)))).toEqual([]);
});

test('a variable that is missing, and one that nobody asks for, are noticed', () => {
  const { metrics } = functions;
  const uses = metrics.uses.filter((use) => use !== 'send:ingest');
  const spec: FunctionSpec = { ...metrics, uses, database: 'ops', settings: ['SIEM_TOKEN'] };

  expect(unfit(spec, codeOf(metrics))).toEqual([
    'functions/queue/metrics.ts is not given INGEST_QUEUE_URL',
    'functions/queue/metrics.ts is not given STAGE',
    'functions/queue/metrics.ts never asks for DATABASE_URL_OPS',
    'functions/queue/metrics.ts never asks for SIEM_TOKEN',
  ]);
});

test('what is asked in a way that cannot be read is noticed', () => {
  const text = `
var a = readConfig([wanted]);
var b = database(purpose);
var c = process.env;
var d = process.env["SIEM_TOKEN"];
var e = [1].map(readConfig);`;
  const odd = {
    handler: 'functions/api/odd.ts',
    files: new Map([['packages/lambda/odd.ts', text]]),
  };

  expect(askedBy(odd)).toEqual({
    variables: new Set(),
    faults: [
      'packages/lambda/odd.ts does more with readConfig or database than call it',
      'packages/lambda/odd.ts asks by names that it makes up: readConfig([wanted])',
      'packages/lambda/odd.ts asks by names that it makes up: database(purpose)',
      'packages/lambda/odd.ts reads process.env past packages/lambda/config.ts',
      'packages/lambda/odd.ts reads process.env["SIEM_TOKEN"] past packages/lambda/config.ts',
    ],
  });
});

test('a setting is the variable that config.ts looks up', () => {
  expect(variableOf('sealKey')).toBe('SEAL_KEY');
  expect(variableOf('posthogQueryKey')).toBe('POSTHOG_QUERY_KEY');
});

test.each(Object.entries(logins) as [Purpose, string][])(
  'for %s it is %s that the code logs in with',
  (purpose, variable) => {
    vi.stubEnv(variable, undefined);
    try {
      expect(() => database(purpose)).toThrow(
        `the environment is not complete: ${variable} is not set`,
      );
    } finally {
      vi.unstubAllEnvs();
    }
  },
);
