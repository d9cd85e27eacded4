// npm run sst -- deploy --stage pr-12: the SST CLI with the packages that the tests prove the graph with.
import { spawnSync } from 'node:child_process';
import { root } from './graph/places.ts';
import { buildPolicyPack } from './policy/build.ts';
import { cli, cliEnv, prepare } from './prepare.ts';

await prepare((line) => process.stderr.write(`${line}\n`));
// sst deploy --policy .sst/policy: the rules that the tests hold a graph against, held against what is deployed.
if (process.argv.includes('--policy')) await buildPolicyPack();
const { status, error } = spawnSync(cli, process.argv.slice(2), {
  cwd: root,
  env: cliEnv(),
  stdio: 'inherit',
});
if (error !== undefined) throw error;
process.exitCode = status ?? 1;
