import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { functions, queues, schedules, type FunctionSpec } from '../topology.ts';
import { alarmsOf, watchedMetrics } from './alarm-list.ts';
import { jobsOn } from './alarms-jobs.ts';
import { stageOf } from './stage.ts';

const stages = ['production', 'staging', 'pr-7'] as const;

const all = (name: string) =>
  alarmsOf({ stage: stageOf(name), nameOf: (thing) => `r-${name}-${thing}`, apiId: 'api1' });

const named = (stage: string, begins: string) =>
  all(stage).filter(({ name }) => name.startsWith(begins));

const window = (stage: string) =>
  named(stage, 'heartbeat-').map(({ periods, periodSeconds, silence }) => [
    periods * periodSeconds,
    silence,
  ]);

const those = (has: (spec: FunctionSpec) => boolean) =>
  Object.entries<FunctionSpec>(functions)
    .flatMap(([name, spec]) => (has(spec) ? [`r-production-${name}`] : []))
    .toSorted();

test.each(stages)('%s: each alarm has a name of its own, and ten metrics at most', (stage) => {
  const names = all(stage).map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  expect(all(stage).filter(({ metrics }) => metrics.length < 1 || metrics.length > 10)).toEqual([]);
});

test.each(stages)('%s: an alarm over several metrics says what it makes of them', (stage) => {
  const used = all(stage).map(({ metrics, expression }) => [
    metrics.length,
    expression === undefined ? 1 : new Set(expression.match(/\bm\d+\b/g)).size,
  ]);

  expect(used.filter(([has, uses]) => has !== uses)).toEqual([]);
});

test.each(stages)('%s: no alarm looks back for longer than CloudWatch does', (stage) => {
  const long = all(stage).filter(({ periodSeconds, periods, wrongPeriods }) => {
    const most = periodSeconds < 3_600 ? 86_400 : 604_800;
    return periodSeconds % 60 !== 0 || periodSeconds * periods > most || wrongPeriods > periods;
  });

  expect(long).toEqual([]);
});

test.each(stages)('%s: each alarm says what to do, and where more of it is written', (stage) => {
  const headings = readFileSync('docs/operations.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('## '))
    .map((line) => line.slice(3).toLowerCase().replaceAll(' ', '-'));
  const sections = all(stage).map(({ doc }) => doc.split('#'));
  // CloudWatch takes 1,024 characters.
  const long = all(stage).filter(({ says, doc }) => says.length + doc.length > 1_000);

  expect(new Set(sections.map(([file]) => file))).toEqual(new Set(['docs/operations.md']));
  expect(
    sections.map(([, section]) => section).filter((each) => !headings.includes(each!)),
  ).toEqual([]);
  expect(long).toEqual([]);
});

test.each(stages)(
  '%s: every queue is watched twice: its dead letters and its oldest message',
  (stage) => {
    const watched = (begins: string) =>
      named(stage, begins).flatMap(({ metrics }) =>
        metrics.map(({ dimensions }) => dimensions['QueueName']),
      );
    const names = Object.keys(queues);

    expect(watched('oldest-')).toEqual(names.map((name) => `r-${stage}-${name}`));
    expect(watched('dead-letters-')).toEqual(
      [...names, 'firings', 'bus'].map((name) => `r-${stage}-${name}-dlq`),
    );
  },
);

test.each(stages)('%s: every job that is on is missed when it is silent, and no other', (stage) => {
  const late = named(stage, 'late-');

  expect(late.map(({ name }) => name)).toEqual(
    jobsOn(stageOf(stage).kind).map(({ job }) => `late-${job}`),
  );
  expect(
    late.filter(
      ({ silence, periods, wrongPeriods }) => silence !== 'breaching' || periods !== wrongPeriods,
    ),
  ).toEqual([]);
});

test('the evaluator has a heartbeat where its schedule is on: five minutes in production, none in a preview', () => {
  expect(stages.map(window)).toEqual([[[300, 'breaching']], [[5 * 1_800, 'breaching']], []]);
});

test('a preview has no audit to sign, and so no alarm of its chain; drift is looked for everywhere', () => {
  expect(named('pr-7', 'audit-chain')).toEqual([]);
  expect(named('production', 'audit-chain')).toHaveLength(1);
  expect(stages.flatMap((stage) => named(stage, 'drift'))).toHaveLength(3);
});

test('the errors of every function that nobody waits for are counted once, and every limit of concurrency is watched', () => {
  const functionsOf = (begins: string) =>
    named('production', begins)
      .flatMap(({ metrics }) => metrics.map(({ dimensions }) => dimensions['FunctionName']))
      .toSorted();

  expect(functionsOf('errors-')).toEqual(
    those(({ handler }) => !handler.startsWith('functions/api/')),
  );
  expect(functionsOf('throttles-')).toEqual(those(({ atOnce }) => atOnce !== undefined));
  expect(named('pr-7', 'throttles-')).toEqual([]);
});

test('what the API answers is judged together with the functions that have URLs of their own', () => {
  const [failures] = named('production', 'api-failures');

  expect(failures!.metrics.map(({ name }) => name)).toEqual([
    '5xx',
    'Url5xxCount',
    'Url5xxCount',
    'Count',
    'UrlRequestCount',
    'UrlRequestCount',
  ]);
  expect(failures!.expression).toBe(
    'IF(SUM([m3, m4, m5]) >= 20, 100 * SUM([m0, m1, m2]) / SUM([m3, m4, m5]), 0)',
  );
});

test('a preview watches fewer metrics than production, for each is paid for', () => {
  expect(watchedMetrics(stageOf('pr-7'))).toBeLessThan(watchedMetrics(stageOf('production')));
  expect(watchedMetrics(stageOf('production'))).toBeLessThan(200);
});

test('every schedule names a job of its own, by which its lag is told', () => {
  const jobs = Object.values(schedules).map(({ job }) => job);

  expect(new Set(jobs).size).toBe(jobs.length);
});
