import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functions } from '../../infra/topology.ts';
import { bundle } from '../contracts/bundle.ts';
import { root } from '../contracts/files.ts';
import { openNeon, type Neon } from '../world/neon.ts';

const run = promisify(execFile);

let neon: Neon;
let directory: string;
let file: string;
beforeAll(async () => {
  neon = await openNeon();
  directory = await mkdtemp(join(tmpdir(), 'rookery-bundle-'));
  const [made] = await bundle([functions.migrate.handler], directory);
  file = made!.file;
});
afterAll(async () => {
  await neon?.close();
  await rm(directory, { recursive: true, force: true });
});

const call = `require(process.argv[1]).handler({}).then(
  (answer) => process.stdout.write('\\n' + JSON.stringify(answer)),
  (error) => { console.error(error); process.exitCode = 1; })`;

// As Lambda starts it: plain Node, one file, what lies beside it, and no variables but those of the topology.
const invoke = async (env: Readonly<Record<string, string>>) => {
  const { stdout } = await run(process.execPath, ['-e', call, '--', file], { env, cwd: tmpdir() });
  return { answer: JSON.parse(stdout.split('\n').at(-1) ?? ''), log: stdout };
};

test('the bundle migrates with the folder that is deployed beside it, and not without', async () => {
  const database = await neon.branch();
  const urls = neon.roleUrls(database, 'bundled');
  const env = {
    LAMBDA_TASK_ROOT: dirname(file),
    MIGRATION_DATABASE_URL: neon.ownerUrl(database),
    DATABASE_URL_ETL: urls.etl,
    DATABASE_URL_API: urls.api,
    DATABASE_URL_INGEST: urls.ingest,
    DATABASE_URL_OPS: urls.ops,
    DATABASE_PROXY_PORT: String(neon.proxyPort),
  };
  await expect(invoke(env)).rejects.toThrow(/there are no migrations in/);

  await cp(join(root, 'packages/db/migrations'), join(dirname(file), 'migrations'), {
    recursive: true,
  });
  const first = await invoke(env);
  const second = await invoke(env);

  expect(first.answer.schema).toBe(first.answer.applied.at(-1));
  expect(first.answer.applied.length).toBeGreaterThan(40);
  expect(second.answer).toEqual({ schema: first.answer.schema, applied: [] });
  expect(first.log).toContain('warehouse migrated');
  expect(first.log).not.toContain('bundled-');
});
