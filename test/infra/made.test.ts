import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { envOf } from '../../infra/graph/env.ts';
import type { Graph } from '../../infra/graph/graph.ts';
import { root, work } from '../../infra/graph/places.ts';
import { functions } from '../../infra/topology.ts';
import { bundle } from '../contracts/bundle.ts';
import { graphOf } from './graph.ts';

// What a deployment makes beside resources: bundles, and a file of types.
const typesFile = join(root, 'sst-env.d.ts');

let graph: Graph;
let folder: string;

beforeAll(async () => {
  graph = await graphOf('production', true);
  folder = await mkdtemp(join(work, 'made-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('what is deployed is, byte for byte, what test/contracts weighs and loads in a plain Node', async () => {
  const handlers = Object.values(functions).map(({ handler }) => handler);
  const weighed = await bundle(handlers, folder);
  const texts = await Promise.all(
    weighed.map(async ({ handler, file }) => [handler, await readFile(file, 'utf8')] as const),
  );
  const deployed = await Promise.all(
    graph.builds.map(async ({ source, file }) => [source, await readFile(file!, 'utf8')] as const),
  );
  const differing = texts.filter(([handler, text]) => new Map(deployed).get(handler) !== text);

  expect(deployed).toHaveLength(handlers.length);
  expect(differing.map(([handler]) => handler)).toEqual([]);
});

test('a bundle that is built otherwise would be noticed', async () => {
  const [file] = graph.builds.map((each) => each.file);
  const text = await readFile(file!, 'utf8');

  expect(text.startsWith('"use strict";')).toBe(true);
  expect(text.split('\n').length).toBeLessThan(text.length / 500);
});

test('sst-env.d.ts is what a deployment of this checkout would write (UPDATE=1 writes it)', async () => {
  if (process.env['UPDATE'] === '1') await writeFile(typesFile, envOf(graph));

  expect(await readFile(typesFile, 'utf8')).toBe(envOf(graph));
});

test('a queue that comes to it changes that file', () => {
  const resource = (type: string, name: string) => ({
    ...graph.resources[0]!,
    type,
    name,
    inputs: { properties: { url: 'u' } },
  });
  const added = [
    resource('sst:aws:Queue', 'Another'),
    resource('sst:sst:LinkRef', 'AnotherLinkRef'),
  ];

  expect(envOf({ ...graph, resources: [...graph.resources, ...added] })).toContain(
    '    "Another": {\n      "type": "sst.aws.Queue"\n      "url": string\n    }\n',
  );
});
