import { delimiter } from 'node:path';
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { cliEnv } from './prepare.ts';

// A machine's own Node 20 ran the program before, when its directory stood first: Map.groupBy is no function there.
test('SST and Pulumi find the Node that runs this, whatever else the machine has', () => {
  const { PATH = '' } = cliEnv({ PATH: ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter) });

  const version = execFileSync('/bin/sh', ['-c', 'node --version'], {
    env: { PATH },
    encoding: 'utf8',
  });

  expect(version.trim()).toBe(process.version);
  expect(PATH.split(delimiter).slice(1)).toEqual(['/usr/local/bin', '/usr/bin', '/bin']);
});
