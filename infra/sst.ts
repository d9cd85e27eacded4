// npm run sst -- deploy --stage pr-12: the SST CLI with the packages that the tests prove the graph with.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, Failure } from '@rookery/kernel/failure';
import { root } from './graph/places.ts';
import { buildPolicyPack } from './policy/build.ts';
import { cli, cliEnv, prepare } from './prepare.ts';

const words = process.argv.slice(2);
// These ask nothing of a cloud. For any other command SST fetches Pulumi first, once a machine.
const isPlain = words.length === 0 || ['version', 'help', '--help', '-h'].includes(words[0] ?? '');
const pulumi = join(homedir(), '.config/sst/bin/pulumi');

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const run = async (): Promise<number> => {
  await prepare(say);
  // sst deploy --policy .sst/policy: the rules that the tests hold a graph against, held against what is deployed.
  if (words.includes('--policy')) await buildPolicyPack();
  const { status, error } = spawnSync(cli, words, {
    cwd: root,
    env: { ...cliEnv(), ...(isPlain ? { SST_SKIP_DEPENDENCY_CHECK: '1' } : {}) },
    stdio: 'inherit',
  });
  if (error !== undefined) throw error;
  if (status !== 0 && !isPlain && !existsSync(pulumi))
    say(
      `SST needs Pulumi, which is not at ${pulumi} yet: run this where github.com can be reached, once`,
    );
  return status ?? 1;
};

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  say(describe(error));
  process.exitCode = 1;
}
