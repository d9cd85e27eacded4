import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deps, platform, root, work } from './graph/places.ts';

type Tell = (line: string) => void;

const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');

const hashOf = async (...files: readonly string[]): Promise<string> => {
  const sum = createHash('sha256');
  for (const file of files) sum.update(await readFile(file)).update('\0');
  return sum.digest('hex');
};

const run = (command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) =>
  new Promise<void>((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said}`));
    });
  });

// The packages of infra/package.json, as its lockfile has them. Their install scripts download what nothing here needs.
const installPackages = async (tell: Tell): Promise<void> => {
  const files = ['package.json', 'package-lock.json'].map((file) => join(root, 'infra', file));
  const wanted = await hashOf(...files);
  if ((await read(join(deps, 'installed'))) === wanted) return;
  tell('installing the packages of infra/package.json (half a minute, once)');
  const draft = `${deps}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  for (const file of files) await cp(file, join(draft, file.slice(file.lastIndexOf('/') + 1)));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['ci', ...quiet], draft, process.env);
  await writeFile(join(draft, 'installed'), wanted);
  await rm(deps, { recursive: true, force: true });
  await rename(draft, deps);
};

/**
 * What the SST CLI is run with: the packages are ours, so that it has nothing to install, and nobody is asked for credentials or
 * told of anything.
 */
export const cliEnv = (env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv => ({
  ...env,
  SST_TELEMETRY_DISABLED: '1',
  SST_BUN_PATH: '/usr/bin/true',
  AWS_EC2_METADATA_DISABLED: env['AWS_EC2_METADATA_DISABLED'] ?? 'true',
});

/** The SST CLI. */
export const cli = join(deps, 'node_modules/.bin/sst');

// SST unpacks its components below .sst/platform and notes which providers the app names.
const unpackPlatform = async (tell: Tell): Promise<void> => {
  const files = ['sst.config.ts', 'infra/package-lock.json', 'infra/aws/app.ts'];
  const wanted = await hashOf(...files.map((file) => join(root, file)));
  const stamp = join(work, 'unpacked');
  if ((await read(stamp)) === wanted) return;
  tell("unpacking SST's components");
  await rm(platform, { recursive: true, force: true });
  const env = cliEnv({ ...process.env, SST_SKIP_DEPENDENCY_CHECK: '1' });
  await run(cli, ['install', '--stage', 'test'], root, env);
  await symlink('../deps/node_modules', join(platform, 'node_modules'));
  await writeFile(stamp, wanted);
};

const patienceMs = 300_000;

// One at a time; a lock that its holder left behind is broken after five minutes.
const alone = async (work: () => Promise<void>, lock: string): Promise<void> => {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch {
      if (Date.now() > until) await rm(lock, { recursive: true, force: true });
      await sleep(200);
    }
  }
  try {
    await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
};

/**
 * Lays ready what a graph is made with and a stage deployed: the packages of infra/package.json and SST's components, all below
 * .sst. It needs the npm registry and nothing else, and does nothing when all is there; run beside itself it waits.
 */
export const prepare = async (tell: Tell = () => {}): Promise<void> => {
  await mkdir(work, { recursive: true });
  await alone(
    async () => {
      await installPackages(tell);
      await unpackPlatform(tell);
    },
    join(work, 'preparing'),
  );
};
