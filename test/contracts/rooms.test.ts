import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, root } from './files.ts';
import { faults } from './rooms.ts';

const files = filesIn(
  'packages/**/*.ts',
  'functions/**/*.ts',
  'infra/**/*.ts',
  'examples/**/*.ts',
).filter((file) => !file.includes('.test.'));

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
      `export * from '@rookery/warehouse/facts/fact';`,
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
  ])('%s', (path, text, fault) => {
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
  ])('%s may', (path, text) => {
    expect(faults(path, text)).toEqual([]);
  });
});
