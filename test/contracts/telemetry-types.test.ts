import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesIn, root } from './files.ts';

const folder = 'test/contracts/wrong-sinks';
const fixtures = filesIn(`${folder}/*.ts`);
const wrong = fixtures.filter((file) => basename(file) !== 'right.ts');

/** The lines, by file, on which the type checker found something. */
const found = new Map<string, Set<number>>();
let scratch: string;
let output = '';

// The whole of tsc, once: what it says of one file does not depend on the others.
beforeAll(async () => {
  scratch = await mkdtemp(join(root, 'node_modules/.wrong-sinks-'));
  const config = join(scratch, 'tsconfig.json');
  await writeFile(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
      include: [],
      files: fixtures.map((file) => join(root, file)),
    }),
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  output = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      [tsc, '-p', config, '--pretty', 'false'],
      { cwd: root },
      (error, stdout, stderr) => {
        // 1 and 2 are what it ends with when something does not compile.
        if (error !== null && error.code !== 1 && error.code !== 2) reject(error);
        else resolve(stdout + stderr);
      },
    );
  });
  for (const [, file = '', line] of output.matchAll(/^(.+?)\((\d+),\d+\): error TS\d+/gm)) {
    const name = basename(file);
    found.set(name, (found.get(name) ?? new Set()).add(Number(line)));
  }
}, 120_000);

afterAll(() => rm(scratch, { recursive: true, force: true }));

test('there are the mistakes that must not compile, and they are all found', () => {
  expect(wrong.length).toBeGreaterThanOrEqual(5);
  expect([...found.keys()].toSorted()).toEqual(wrong.map((file) => basename(file)));
});

test.each(wrong)('%s does not compile, because of its marked line', async (file) => {
  const lines = (await readFile(join(root, file), 'utf8')).split('\n');
  const marked = lines.flatMap((line, at) => (line.endsWith('// wrong') ? [at + 1] : []));
  expect(marked).toHaveLength(1);
  expect([...(found.get(basename(file)) ?? [])]).toEqual(marked);
});

test('their right twin compiles', () => {
  // With what the type checker said, when it says anything.
  expect(found.has('right.ts') ? output : '').toBe('');
});
