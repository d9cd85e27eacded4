import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assumptions } from './assumptions.ts';
import { blueprint, type Blueprint } from './blueprint.ts';
import { costOf, plainly } from './cost.ts';
import { prices } from './prices.ts';
import { usual } from './stages.ts';

const usage = { kind: 'production', ...usual.production } as const;
const costs = (plan: Blueprint): number => costOf(usage, plainly, plan).usd;
const now = costs(blueprint);
const without = <T>(all: Readonly<Record<string, T>>, name: string) =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));

test.each(Object.keys(blueprint.functions))(
  'the function %s is counted: with twice its memory it costs more',
  (name) => {
    const spec = blueprint.functions[name]!;
    const functions = { ...blueprint.functions, [name]: { ...spec, memoryMb: 2 * spec.memoryMb } };

    expect(costs({ ...blueprint, functions })).toBeGreaterThan(now);
    expect(costOf(usage).functions.find((each) => each.function === name)?.times).toBeGreaterThan(
      0,
    );
  },
);

test.each(Object.keys(blueprint.queues))(
  'the queue %s is counted: without it the stage costs less',
  (name) => {
    // Its polls at least.
    expect(now - costs({ ...blueprint, queues: without(blueprint.queues, name) })).toBeGreaterThan(
      0.26,
    );
  },
);

test.each(Object.keys(blueprint.schedules))(
  'the schedule %s is counted: without it the stage costs less',
  (name) => {
    expect(costs({ ...blueprint, schedules: without(blueprint.schedules, name) })).toBeLessThan(
      now,
    );
  },
);

test('a queue, a schedule and a route that are added cost more, though the model has never heard of them', () => {
  const functions = { ...blueprint.functions, fresh: { memoryMb: 1_769, atOnce: 5, uses: [] } };
  const queues = {
    ...blueprint.queues,
    fresh: { ...blueprint.queues['notify']!, function: 'fresh' },
  };
  const schedules = {
    ...blueprint.schedules,
    fresh: { ...blueprint.schedules['rollup']!, function: 'fresh' },
  };
  const routes = [...blueprint.routes, { path: '/v1/fresh', function: 'fresh' }] as const;

  for (const more of [{ queues }, { schedules }, { routes }])
    expect(costs({ ...blueprint, functions, ...more })).toBeGreaterThan(now);
});

const sources = [
  ...globSync('*.ts', { cwd: import.meta.dirname }),
  '../../packages/cli/cost-text.ts',
]
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');

test('nothing is assumed and no price is listed that no arithmetic uses', () => {
  expect(
    Object.keys(assumptions).filter((name) => !sources.includes(`assumed('${name}')`)),
  ).toEqual([]);
  expect(Object.keys(prices).filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
});

test('every assumption and every price says where it is from', () => {
  for (const { source, unit } of [...Object.values(assumptions), ...Object.values(prices)])
    expect([source.length > 5, unit.length > 0]).toEqual([true, true]);
});
