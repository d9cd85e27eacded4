import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { cli, cliEnv, prepare } from '../../infra/prepare.ts';
import { smokeCommand } from '../../packages/cli/commands/smoke.ts';
import { fences, guide, linesOf, textOf } from './deploy-guide.ts';
import { root } from './files.ts';

const documents = [
  guide,
  'docs/operations.md',
  'README.md',
  'infra/README.md',
  'docs/architecture.md',
];

// Commands of blocks, and those within a sentence.
const written = documents.flatMap((file) => [
  ...fences(file)
    .filter(({ info }) => /^(sh|bash)\b/.test(info))
    .flatMap(({ code }) => linesOf(code)),
  ...[...textOf(file).matchAll(/`((?:npm run|scripts\/)[^`]+)`/g)].map(([, line = '']) => line),
]);
const commands = [...new Set(written)].flatMap((line) =>
  line.split(/ && | \|\| | \| |; /).map((part) => part.replace(/ [<>] .*$/, '')),
);
const after = (start: string): string[][] =>
  commands
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length).trim().split(/\s+/));

test('every block says whether it needs a cloud', () => {
  const cloud = /^(aws|neon|gh|git|npm run sst -- (?!.*--help)|scripts\/smoke (?!--help))\b/m;
  const unmarked = fences(guide).filter(({ info, code }) => info === 'sh' && cloud.test(code));
  expect(unmarked).toEqual([]);
  expect(new Set(fences(guide).map(({ info }) => info))).toEqual(
    new Set(['sh cloud', 'sh', 'bash', 'ini']),
  );
});

test('every script that the documents name is one', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(textOf('package.json')));
  const named = after('npm run ').map(([name = '', next = '']) =>
    name === '--silent' ? next : name,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => scripts[name] === undefined && name !== '')).toEqual([]);

  const files = [...new Set(commands.flatMap((line) => /^scripts\/[\w-]+/.exec(line) ?? []))];
  expect(files).toEqual(['scripts/smoke']);
  for (const file of files) accessSync(join(root, file), constants.X_OK);
});

test('every option of the smoke test is one', () => {
  const known = new Set(smokeCommand.options.map(({ long }) => long));
  const flags = after('scripts/smoke ').flatMap((words) =>
    words.filter((word) => word.startsWith('--')),
  );
  expect(flags.filter((flag) => flag !== '--help' && !known.has(flag))).toEqual([]);
});

// It prints help where errors go, and ends with 1.
const help = (words: readonly string[]): string => {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const { stderr, stdout } = spawnSync(cli, [...words, '--help'], {
    cwd: root,
    encoding: 'utf8',
    env: cliEnv({ ...env, SST_SKIP_DEPENDENCY_CHECK: '1' }),
  });
  return `${stdout}${stderr}`;
};

beforeAll(() => prepare(), 300_000);

const wordsOf = (words: readonly string[]): string[] => {
  const end = words.findIndex((word) => !/^[a-z]+$/.test(word));
  return words.slice(0, end < 0 ? words.length : end);
};

test('every command and option of SST is one', () => {
  const lines = after('npm run sst -- ').filter(([first = '…']) => !/^[…<]/.test(first));
  expect(lines.length).toBeGreaterThan(10);
  const groups = new Set(['secret', 'state']);
  const wrong = lines.filter((words) => {
    const said = wordsOf(words).slice(0, groups.has(words[0] ?? '') ? 2 : 1);
    const flags = words.filter((word) => word.startsWith('--'));
    const text = help(said);
    return (
      !text.includes(`sst ${said.join(' ')}`) || flags.some((flag) => !text.includes(`  ${flag} `))
    );
  });
  expect(wrong).toEqual([]);
});

test('a command and an option that SST does not have are noticed', () => {
  expect(help(['deploy'])).not.toContain('  --rollback ');
  expect(help(['rollback'])).not.toContain('sst rollback');
});
