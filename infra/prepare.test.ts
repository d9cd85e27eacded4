import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';

const here = join(import.meta.dirname, '..');

let checkout: string;
let bin: string;
// A checkout of what prepares and of what is hashed, where nothing was prepared yet.
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'rookery-prepare-'));
  bin = join(checkout, 'bin');
  const files = ['sst.config.ts', 'package.json', 'infra/package.json', 'infra/package-lock.json'];
  const code = ['infra/sst.ts', 'infra/prepare.ts', 'infra/turn.ts', 'infra/aws/app.ts'];
  const more = ['infra/graph/places.ts', 'infra/local/alive.ts', 'infra/policy/build.ts'];
  for (const file of [...files, ...code, ...more]) await cp(join(here, file), join(checkout, file));
  await symlink(join(here, 'node_modules'), join(checkout, 'node_modules'));
  await mkdir(bin);
});
afterEach(() => rm(checkout, { recursive: true, force: true }));

const program = (file: string, lines: string): Promise<void> =>
  writeFile(file, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });

// Stands for npm's: it lays an sst there that unpacks its components and says what it is asked.
const npm = async (before = ':'): Promise<void> => {
  const sst = join(bin, 'sst');
  await program(
    sst,
    '[ "$1" = install ] && echo unpacked >> unpacked.log && mkdir -p .sst/platform; echo "sst $1"',
  );
  const lay = `mkdir -p node_modules/.bin; cp ${sst} node_modules/.bin/sst`;
  await program(join(bin, 'npm'), `echo npm >> ${join(checkout, 'npm.log')}; ${before}; ${lay}`);
};

const start = (path = `${bin}:/usr/bin:/bin`) => {
  const child = spawn(process.execPath, [join(checkout, 'infra/sst.ts'), 'version'], {
    cwd: checkout,
    env: { PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = async () => {
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    return { code: child.exitCode, out, err };
  };
  return { child, ended: ended() };
};

const lines = (name: string): number =>
  existsSync(join(checkout, name))
    ? readFileSync(join(checkout, name), 'utf8').split('\n').length - 1
    : 0;

test('three at once install once, and each then has its answer', async () => {
  await npm('sleep 1');

  const all = await Promise.all([start().ended, start().ended, start().ended]);

  expect(all.map(({ code, out }) => [code, out])).toEqual(
    Array.from({ length: 3 }, () => [0, 'sst version\n']),
  );
  expect(all.filter(({ err }) => err.includes('waiting for process'))).toHaveLength(2);
  expect([lines('npm.log'), lines('unpacked.log')]).toEqual([1, 1]);
  expect((await start().ended).err).toBe('');
});

test('one that is killed while it installs is followed by a whole one, without a wait', async () => {
  await npm('sleep 3');
  const { child, ended } = start();
  while (lines('npm.log') === 0) await sleep(20);
  child.kill('SIGKILL');
  await ended;
  await npm();

  const next = await start().ended;

  expect(next).toMatchObject({ code: 0, out: 'sst version\n' });
  expect(next.err).not.toContain('waiting');
  expect(
    (await readdir(join(checkout, '.sst'))).filter((name) => name.startsWith('deps.')),
  ).toEqual([]);
});

test('components that somebody removed are unpacked again', async () => {
  await npm();
  await start().ended;
  await rm(join(checkout, '.sst/platform'), { recursive: true });

  expect((await start().ended).code).toBe(0);
  expect([lines('npm.log'), lines('unpacked.log')]).toEqual([1, 2]);
});

test('a machine without npm, an npm that fails and a place that cannot be written are a line each', async () => {
  const without = await start('/no/such/place').ended;
  await npm('echo no network; exit 7');
  const failing = await start().ended;
  await rm(join(checkout, '.sst'), { recursive: true });
  await writeFile(join(checkout, '.sst'), '');
  const unwritable = await start().ended;

  expect([without.code, failing.code, unwritable.code]).toEqual([1, 1, 1]);
  expect(without.err).toMatch(/\ncommand-missing: npm cannot be started .*\n$/);
  expect(failing.err).toMatch(/\ncommand-failed: npm ci .* ended with 7:\nno network\n$/);
  expect(unwritable.err).toMatch(/^place-unwritable: .*\.sst must be a directory .*\n$/);
});
