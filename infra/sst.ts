// npm run sst -- deploy --stage pr-12: the SST CLI with the packages that the tests prove the graph with.
import { spawnSync } from 'node:child_process';
import { root } from './graph/places.ts';
import { cli, cliEnv, prepare } from './prepare.ts';

await prepare((line) => process.stderr.write(`${line}\n`));
const { status, error } = spawnSync(cli, process.argv.slice(2), {
  cwd: root,
  env: cliEnv(),
  stdio: 'inherit',
});
if (error !== undefined) throw error;
process.exitCode = status ?? 1;
