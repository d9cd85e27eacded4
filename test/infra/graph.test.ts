import { createHash } from 'node:crypto';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../infra/graph/places.ts';
import { rules } from '../../infra/rules/rules.ts';
import { orphans } from '../../infra/rules/topology.ts';
import { migrationsHash } from '../../infra/rules/warehouse.ts';
import { graphFaults } from '../contracts/account-graph.ts';
import { preview, production } from '../contracts/kinds.ts';
import { graphOf, type StageName } from './graph.ts';
import { alarms } from './sabotage-alarms.ts';
import { cloud } from './sabotage-cloud.ts';
import { keep, previewKeep } from './sabotage-keep.ts';
import { reach } from './sabotage-reach.ts';
import { times } from './sabotage-schedules.ts';
import { previewWork, work } from './sabotage-work.ts';
import type { Sabotage } from './sabotage.ts';

const names: readonly StageName[] = ['pr-7', 'staging', 'production'];
const graphs = await Promise.all(names.map(async (name) => [name, await graphOf(name)] as const));
const graphNamed = new Map(graphs);

describe.each(graphs)('%s', (_, graph) => {
  test.each(rules)('$name: $says', ({ faults }) => {
    expect(faults(graph)).toEqual([]);
  });
});

test('no handler file is left out of the topology, and none of it is missing', () => {
  const files = globSync('functions/*/*.ts', { cwd: root, exclude: ['**/*.test.ts'] });

  expect(orphans(files)).toEqual([]);
  expect(orphans([...files, 'functions/api/spy.ts'])).toHaveLength(1);
  expect(orphans(files.slice(1))).toHaveLength(1);
});

test('the migrations run again when, and only when, one of their files has changed', () => {
  const folder = join(root, 'packages/db/migrations');
  const sum = createHash('sha256');
  for (const file of readdirSync(folder).toSorted())
    sum.update(`${file}\0${readFileSync(join(folder, file), 'utf8')}\0`);
  const hash = sum.digest('hex');

  expect(graphs.map(([, graph]) => migrationsHash(graph))).toEqual(names.map(() => hash));
});

const tables: readonly (readonly [
  StageName,
  Readonly<Record<string, Readonly<Record<string, Sabotage>>>>,
])[] = [
  ['production', { ...work, ...times, ...reach, ...keep, ...alarms, ...cloud }],
  ['pr-7', { ...previewWork, ...previewKeep }],
];

describe('a rule complains when it is broken', () => {
  const cases = tables.flatMap(([stage, table]) =>
    Object.entries(table).flatMap(([rule, all]) =>
      Object.entries(all).map(([what, sabotage]) => ({ stage, rule, what, sabotage })),
    ),
  );

  test.each(cases)('$rule: $what ($stage)', ({ stage, rule, sabotage }) => {
    const found = rules.find(({ name }) => name === rule);

    expect(found?.faults(sabotage(graphNamed.get(stage)!))).not.toEqual([]);
  });

  test('and each rule is broken once at least', () => {
    const wanted = rules.map(({ name }) => name).toSorted();

    expect([...new Set(cases.map(({ rule }) => rule))].toSorted()).toEqual(wanted);
  });
});

const deployer = readFileSync(join(root, 'infra/account/deployer.yml'), 'utf8');

test.each([
  ['pr-7', preview],
  ['production', production],
] as const)(
  'the role of the pipeline may make all of %s, and its boundary leaves functions what they need',
  (stage, kind) => {
    expect(graphFaults(deployer, kind, graphNamed.get(stage)!)).toEqual([]);
    // A role of another kind may not.
    expect(
      graphFaults(deployer, kind === preview ? production : preview, graphNamed.get(stage)!),
    ).not.toEqual([]);
  },
);
