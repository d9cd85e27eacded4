import { spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './alive.ts';

/** What the lock file of a data directory says about the server that runs on it. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly ready: boolean };

/** The lock file in a data directory. */
export const pidFileOf = (dataDir: string): string => join(dataDir, 'postmaster.pid');

/** Reads the lock file, or undefined when there is none; the process it names may be long dead. */
export const readPostmaster = (dataDir: string): Postmaster | undefined => {
  const path = pidFileOf(dataDir);
  if (!existsSync(path)) return undefined;
  // Lines: pid, data directory, start time, port, socket directory, address, shared memory, status.
  const lines = readFileSync(path, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
};

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' }).stdout ?? '';
  }
};

/** True when that process lives and was started on this very directory: a pid is reused sooner or later. */
export const serves = ({ pid }: Postmaster, dataDir: string): boolean =>
  Number.isInteger(pid) && pid > 1 && isAlive(pid) && commandOf(pid).includes(dataDir);

/** True when something on 127.0.0.1 accepts a connection on `port`. */
export const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.setTimeout(1_000, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

// SIGINT is the fast shutdown: SIGTERM would wait for ever for clients that do not leave.
const shutdown = [
  { signal: 'SIGINT', patienceMs: 15_000 },
  { signal: 'SIGQUIT', patienceMs: 5_000 },
  { signal: 'SIGKILL', patienceMs: 5_000 },
] as const;

/** Stops a postmaster and waits until it is gone; `child` when it is ours, else only its pid is known. */
export const halt = async (pid: number, child?: ChildProcess): Promise<void> => {
  const gone = (): boolean =>
    child === undefined ? !isAlive(pid) : child.exitCode !== null || child.signalCode !== null;
  for (const { signal, patienceMs } of shutdown) {
    if (gone()) return;
    process.kill(pid, signal);
    const deadline = performance.now() + patienceMs;
    while (!gone() && performance.now() < deadline) await sleep(10);
  }
};
