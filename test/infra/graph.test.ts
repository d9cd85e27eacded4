import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { root } from '../../infra/graph/places.ts';
import { rules } from '../../infra/rules/rules.ts';
import { orphans } from '../../infra/rules/topology.ts';
import { depth } from '../world/depth.ts';
import { graphOf, type StageName } from './graph.ts';
import { keep, previewKeep } from './sabotage-keep.ts';
import { reach } from './sabotage-reach.ts';
import { previewWork, work } from './sabotage-work.ts';
import type { Sabotage } from './sabotage.ts';

const names = depth<StageName[]>(['pr-7', 'production'], ['pr-7', 'staging', 'production']);
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

const tables: readonly (readonly [
  StageName,
  Readonly<Record<string, Readonly<Record<string, Sabotage>>>>,
])[] = [
  ['production', { ...work, ...reach, ...keep }],
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
