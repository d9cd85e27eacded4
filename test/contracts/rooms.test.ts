import { glob, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

// Who may import whom (DESIGN.md §2). A room that is not listed here fails the test: decide, then add it.
const mayImport: Record<string, readonly string[]> = {
  kernel: [],
  db: ['kernel'],
  source: ['db', 'kernel'],
  warehouse: ['db', 'kernel'],
  monitoring: ['db', 'kernel'],
  telemetry: ['db', 'kernel'],
  http: ['kernel'],
  client: ['http', 'kernel'],
  web: ['client', 'kernel'],
  lambda: ['http', 'db', 'kernel'],
  topology: ['kernel'],
  functions: [
    'lambda',
    'http',
    'warehouse',
    'monitoring',
    'telemetry',
    'source',
    'db',
    'kernel',
    'topology',
  ],
  'infra/local': [
    'functions',
    'topology',
    'cli',
    'lambda',
    'http',
    'warehouse',
    'monitoring',
    'telemetry',
    'source',
    'db',
    'kernel',
  ],
  'infra/aws': ['topology'],
  cli: [
    'infra/local',
    'topology',
    'lambda',
    'http',
    'warehouse',
    'monitoring',
    'telemetry',
    'source',
    'client',
    'db',
    'kernel',
  ],
};

// These touch the outside: environment, clock, network.
const outside = new Set(['functions', 'lambda', 'topology', 'infra/local', 'infra/aws', 'cli']);
const surroundings: readonly [RegExp, string][] = [
  [/\bprocess\s*\.\s*env\b/, 'reads process.env'],
  [/\bDate\s*\.\s*now\s*\(/, 'reads the clock with Date.now()'],
  [/\bnew\s+Date\s*\(\s*\)/, 'reads the clock with new Date()'],
  [/\bDate\s*\(\s*\)/, 'reads the clock with Date()'],
  [/\bfetch\s*\(/, 'uses the network with fetch()'],
  [
    /from\s+'(node:)?(http|https|http2|net|tls|dgram|dns)(\/promises)?'/,
    'imports a network module',
  ],
  [/from\s+'(ws|undici|@aws-sdk\/[^']+)'/, 'imports a network client'],
];

const roomOf = (path: string): string => {
  const [first = '', second = ''] = path.split('/');
  if (first === 'packages') return second;
  if (path === 'infra/topology.ts') return 'topology';
  if (first === 'infra') return `infra/${second}`;
  return first;
};

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const imports = (path: string, code: string): { from: string; path: string }[] =>
  [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm)].flatMap(
    ([, from = '']) => {
      if (from.startsWith('.')) return [{ from, path: normalize(join(dirname(path), from)) }];
      if (from.startsWith('@rookery/')) return [{ from, path: `packages/${from.slice(9)}.ts` }];
      return [];
    },
  );

/** Every rule of the house that one file breaks. */
const faults = (path: string, text: string): string[] => {
  const room = roomOf(path);
  const allowed = mayImport[room];
  if (allowed === undefined) return [`${path}: the room ${room} is not in the plan`];
  const code = withoutComments(text);
  const wrong: string[] = [];

  for (const target of imports(path, code)) {
    const to = roomOf(target.path);
    if (to !== room && !allowed.includes(to))
      wrong.push(`imports ${target.from}: ${room} may not import ${to}`);
    if (
      to !== room &&
      to !== 'topology' &&
      target.from.startsWith('.') &&
      path.startsWith('packages/')
    )
      if (target.path.startsWith('packages/'))
        wrong.push(`imports ${target.from}: write @rookery/${to}/…`);
  }
  if (room !== 'db' && !path.endsWith('.sql.ts')) {
    if (/\bstatement\s*(<[^(]*>)?\s*\(/.test(code))
      wrong.push('declares a statement outside *.sql.ts');
    if (/import\s*\{[^}]*\bsql\b[^}]*\}\s*from\s*'kysely'/.test(code))
      wrong.push('writes SQL outside *.sql.ts');
  }
  if (room !== 'db' && /from\s+'@neondatabase\/serverless'/.test(code))
    wrong.push('goes round packages/db to the driver');
  if (!outside.has(room))
    for (const [pattern, what] of surroundings) if (pattern.test(code)) wrong.push(what);
  return wrong.map((what) => `${path}: ${what}`);
};

const root = join(import.meta.dirname, '../..');
const files = (
  await Array.fromAsync(
    glob(['packages/**/*.ts', 'functions/**/*.ts', 'infra/**/*.ts'], { cwd: root }),
  )
)
  .filter((file) => !file.includes('node_modules') && !file.includes('.test.'))
  .sort();

test('every file of the house keeps its rules', async () => {
  expect(files.length).toBeGreaterThan(40);
  const broken = await Promise.all(
    files.map(async (file) => faults(file, await readFile(join(root, file), 'utf8'))),
  );
  expect(broken.flat()).toEqual([]);
});

describe('a file that breaks a rule is caught', () => {
  test.each<[string, string, string]>([
    [
      'packages/kernel/day.ts',
      `import { openDb } from '@rookery/db/pool';`,
      'kernel may not import db',
    ],
    [
      'packages/db/pool.ts',
      `import { x } from '@rookery/warehouse/facts/fact';`,
      'db may not import warehouse',
    ],
    [
      'packages/warehouse/a.ts',
      `import { x } from '@rookery/monitoring/alerts/rule';`,
      'warehouse may not import monitoring',
    ],
    [
      'packages/monitoring/a.ts',
      `const x = await import('@rookery/telemetry/router');`,
      'monitoring may not import telemetry',
    ],
    [
      'packages/telemetry/a.ts',
      `export * from '../warehouse/facts/fact.ts';`,
      'telemetry may not import warehouse',
    ],
    [
      'packages/warehouse/a.ts',
      `import type {\n  A,\n  B,\n} from '@rookery/source/rows';`,
      'warehouse may not import source',
    ],
    [
      'packages/source/a.ts',
      `import { handler } from '../../functions/api/health.ts';`,
      'source may not import functions',
    ],
    [
      'packages/lambda/a.ts',
      `import '../../infra/local/dev.ts';`,
      'lambda may not import infra/local',
    ],
    [
      'infra/aws/queues.ts',
      `import { x } from '@rookery/warehouse/x';`,
      'infra/aws may not import warehouse',
    ],
    ['packages/source/a.ts', `import { openDb } from '../db/pool.ts';`, 'write @rookery/db/'],
    ['packages/shed/a.ts', ``, 'the room shed is not in the plan'],
    [
      'packages/warehouse/a.ts',
      `export const q = statement({ title: 'x' });`,
      'declares a statement',
    ],
    [
      'packages/warehouse/a.ts',
      `export const q = statement<{ a: string }, { b: 'text' }>({});`,
      'declares a statement',
    ],
    ['functions/api/a.ts', `import { Kysely, sql } from 'kysely';`, 'writes SQL'],
    [
      'packages/warehouse/a.sql.ts',
      `import { Pool } from '@neondatabase/serverless';`,
      'goes round packages/db',
    ],
    ['packages/warehouse/a.ts', `const url = process.env.DATABASE_URL;`, 'reads process.env'],
    ['packages/warehouse/a.ts', `const now = Date.now();`, 'Date.now()'],
    ['packages/source/a.ts', `const now = new Date();`, 'new Date()'],
    ['packages/kernel/a.ts', `const answer = await fetch(url);`, 'fetch()'],
    ['packages/monitoring/a.ts', `import { request } from 'node:https';`, 'network module'],
    [
      'packages/warehouse/a.ts',
      `import { SQSClient } from '@aws-sdk/client-sqs';`,
      'network client',
    ],
  ])('%s: %s', (path, text, fault) => {
    expect(faults(path, text)).toEqual([expect.stringContaining(fault)]);
  });

  test.each([
    [
      'packages/warehouse/a.sql.ts',
      `import { sql } from 'kysely';\nexport const q = statement({});`,
    ],
    [
      'packages/warehouse/a.ts',
      `// new Date() and process.env are for others\nconst day = new Date(0);`,
    ],
    ['packages/lambda/config.ts', `export const env = process.env;`],
    [
      'functions/queue/a.ts',
      `import { x } from '@rookery/warehouse/x';\nimport { y } from '@rookery/source/y';`,
    ],
  ])('%s may: %s', (path, text) => {
    expect(faults(path, text)).toEqual([]);
  });
});
