import { createHash } from 'node:crypto';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '@rookery/kernel/failure';

/** Who Postgres runs as: it refuses root, and `nobody` has an entry in every passwd file. */
export type Identity = { readonly uid: number; readonly gid: number } | undefined;

const nobody = 65534;

/** `nobody` when we are root, else undefined: whoever we are. */
export const identity = (): Identity =>
  process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined;

/** True when `who` may pass through every directory above and including `path`; root's 0700 home stops `nobody`. */
export const reachable = (path: string, who: Identity): boolean => {
  if (who === undefined) return true;
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at)) {
      const { mode, uid, gid } = statSync(at);
      const bit = uid === who.uid ? 0o100 : gid === who.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return false;
    }
    if (at === dirname(at)) return true;
  }
};

const varTmp = '/var/tmp';

/** A directory of ours outside `path` that `nobody` can pass through, named after `path`. */
export const detour = (path: string): string => {
  const base = existsSync(varTmp) ? varTmp : tmpdir();
  const dir = join(base, `rookery-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`);
  mkdirSync(dir, { mode: 0o711, recursive: true });
  // Anyone may create names in a shared directory: only trust one that root made.
  const { uid, mode } = lstatSync(dir);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0 || lstatSync(dir).isSymbolicLink())
    throw new Failure(
      'forbidden',
      'directory-foreign',
      `${dir} belongs to someone else; remove it`,
    );
  return dir;
};

/**
 * The directory that really holds the data of `dataDir`, owned by `who`.
 * When `who` cannot reach it, `dataDir` becomes a link to a place they can; removing the link forgets the data.
 */
export const settle = (dataDir: string, who: Identity): string => {
  mkdirSync(dirname(dataDir), { recursive: true });
  if (reachable(dirname(dataDir), who)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (who !== undefined) chownSync(dataDir, who.uid, who.gid);
    return dataDir;
  }
  const real = join(detour(dataDir), 'data');
  const linked = lstatSync(dataDir, { throwIfNoEntry: false });
  if (linked !== undefined && !linked.isSymbolicLink())
    throw new Failure(
      'conflict',
      'data-unreachable',
      `Postgres runs as uid ${nobody} here and cannot reach ${dataDir}; remove that directory and start again`,
    );
  if (linked === undefined) {
    rmSync(real, { recursive: true, force: true });
    symlinkSync(real, dataDir);
  }
  mkdirSync(real, { recursive: true, mode: 0o700 });
  if (who !== undefined) chownSync(real, who.uid, who.gid);
  return real;
};

/** Deletes what `settle` made of `dataDir`: the data, its log, and the link and its target when it was elsewhere. */
export const forget = (dataDir: string): void => {
  const linked = lstatSync(dataDir, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const real = linked ? realpathSync(dataDir) : dataDir;
  for (const path of [real, logFileOf(real), dataDir])
    rmSync(path, { recursive: true, force: true });
  if (linked) rmSync(dirname(real), { recursive: true, force: true });
};

/** The log of the Postgres on `dataDir`: beside the directory, so that an empty directory stays empty. */
export const logFileOf = (dataDir: string): string => `${dataDir}.log`;
