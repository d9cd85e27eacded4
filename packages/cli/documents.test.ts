import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { root } from './command.ts';
import { apiDocuments, generatedDirectory, type Document } from './documents.ts';

let documents: Document[];
beforeAll(async () => {
  documents = await apiDocuments();
}, 60_000);

const committed = (file: string): Promise<string> => readFile(join(root, file), 'utf8');

test('openapi.json, the error pages, the client’s types and the docs page are what `npm run docs` writes', async () => {
  const differing: string[] = [];
  for (const { file, text } of documents)
    if ((await committed(file).catch(() => undefined)) !== text) differing.push(file);

  expect(differing).toEqual([]);
});

test('docs/errors holds no page of a code that is gone', async () => {
  const names = await readdir(join(root, generatedDirectory));
  const pages = names.map((name) => `${generatedDirectory}/${name}`);

  expect(pages.filter((page) => !documents.some(({ file }) => file === page))).toEqual([]);
});

test('generating again gives the same, letter by letter', async () => {
  expect(await apiDocuments()).toEqual(documents);
});

test('the docs page is at most 40 KB on the wire', async () => {
  expect(gzipSync(await committed('packages/web/docs-page.json')).length).toBeLessThan(40_000);
});
