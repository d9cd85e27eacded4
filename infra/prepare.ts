import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { Failure } from '@rookery/kernel/failure';
import { deps, platform, root, work } from './graph/places.ts';
import { inTurn } from './turn.ts';

type Tell = (line: string) => void;

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

// What a stamp says; one that is not there says nothing.
const stampAt = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
};

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
    child.on('error', (cause) => {
      const why = `${command} cannot be started (${String(codeOf(cause))}): is it installed, and in PATH?`;
      reject(new Failure('missing', 'command-missing', why, { cause }));
    });
    child.on('close', (code) => {
      if (code === 0) return resolve();
      const why = `${basename(command)} ${args.join(' ')} ended with ${code}:\n${said.trim()}`;
      return reject(new Failure('unavailable', 'command-failed', why));
    });
  });

// What installations that were killed left behind. The npm of one may live on and write there still: then it is removed next time.
const removeDrafts = async (): Promise<void> => {
  const drafts = (await readdir(work)).filter((name) => /^deps\.\d+$/.test(name));
  for (const name of drafts)
    await rm(join(work, name), { recursive: true, force: true }).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOTEMPTY') throw error;
    });
};

// The packages of infra/package.json, as its lockfile has them. Their install scripts download what nothing here needs.
const installPackages = async (tell: Tell): Promise<void> => {
  const files = ['package.json', 'package-lock.json'].map((file) => join(root, 'infra', file));
  const wanted = await hashOf(...files);
  if ((await stampAt(join(deps, 'installed'))) === wanted) return;
  await removeDrafts();
  tell('installing the packages of infra/package.json (half a minute, once)');
  const draft = `${deps}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  for (const file of files) await cp(file, join(draft, basename(file)));
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
  // The Node that runs this, for Pulumi to run the program with: Node 20, which a machine may have besides, knows no Map.groupBy.
  PATH: [dirname(process.execPath), env['PATH'] ?? ''].join(delimiter),
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
  // It goes with what it vouches for: whoever removes the components, or is killed while they come, removes it.
  const stamp = join(platform, 'unpacked');
  if ((await stampAt(stamp)) === wanted) return;
  tell("unpacking SST's components");
  await rm(platform, { recursive: true, force: true });
  const env = cliEnv({ ...process.env, SST_SKIP_DEPENDENCY_CHECK: '1' });
  await run(cli, ['install', '--stage', 'test'], root, env);
  await symlink('../deps/node_modules', join(platform, 'node_modules'));
  await writeFile(stamp, wanted);
};

/**
 * Lays ready what a graph is made with and a stage deployed: the packages of infra/package.json and SST's components, all below
 * .sst. It needs the npm registry and nothing else, and does nothing when all is there; run beside itself it waits.
 */
export const prepare = async (tell: Tell = () => {}): Promise<void> => {
  try {
    await mkdir(work, { recursive: true });
    await inTurn(
      join(work, 'preparing'),
      async () => {
        await installPackages(tell);
        await unpackPlatform(tell);
      },
      (pid) => tell(`waiting for process ${pid}, which prepares the same`),
    );
  } catch (cause) {
    if (!['EACCES', 'EEXIST', 'ENOSPC', 'ENOTDIR', 'EROFS'].includes(String(codeOf(cause))))
      throw cause;
    const why = `${work} must be a directory that can be written, with 500 MB free: ${String(cause)}`;
    throw new Failure('unavailable', 'place-unwritable', why, { cause });
  }
};
