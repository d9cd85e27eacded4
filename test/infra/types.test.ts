import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, work } from '../../infra/graph/places.ts';
import { prepare } from '../../infra/prepare.ts';

const run = promisify(execFile);
const tsc = join(root, 'node_modules/typescript/bin/tsc');

// What the compiler says of a project; nothing when all is well.
const faultsOf = async (project: string): Promise<string> => {
  try {
    await run(process.execPath, [tsc, '--project', project], { cwd: root });
    return '';
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
};

let folder: string;

beforeAll(async () => {
  await prepare();
  folder = await mkdtemp(join(work, 'types-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('sst.config.ts and infra/aws are what SST, the AWS provider and the Neon provider say they take', async () => {
  expect(await faultsOf('infra/aws')).toBe('');
});

test('a program that gives them something else is refused, line by line', async () => {
  const aws = relative(folder, join(root, 'infra/aws'));
  const wrong = [
    'new sst.aws.Queue("A", { visibilityTimeout: 5 });',
    'new aws.sqs.Queue("B", { retention: 14 });',
    'new neon.Branch("C", {});',
    'new sst.aws.Function("D", { handler: "x.y", runtime: "nodejs26.x" });',
  ];
  const heading = '/// <reference path="../platform/config.d.ts" />';
  await writeFile(join(folder, 'wrong.ts'), [heading, ...wrong].join('\n'));
  const project = { extends: `${aws}/tsconfig.json`, include: ['wrong.ts', `${aws}/bun.d.ts`] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));

  const said = await faultsOf(folder);

  expect(said.match(/wrong\.ts\(\d+/g)).toEqual([2, 3, 4, 5].map((line) => `wrong.ts(${line}`));
});
