import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '@rookery/kernel/failure';
import { isAlive } from './local/alive.ts';

const pauseMs = 200;
const patienceMs = 900_000;

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

// Names of turns of this process: another one of before may have had its id.
const own = new Set<string>();

const isHeld = (turn: string): boolean => {
  const pid = Number(turn.split('.')[0]);
  return pid === process.pid ? own.has(turn) : isAlive(pid);
};

// The turn that lies in the lock; undefined when it is free.
const holderOf = async (lock: string): Promise<string | undefined> => {
  try {
    return (await readdir(lock))[0];
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const taken = new Set<unknown>(['ENOTEMPTY', 'EEXIST']);

// A directory replaces an empty one in one step, and one that is not empty never.
const take = async (lock: string, turn: string): Promise<boolean> => {
  const draft = `${lock}.${turn}`;
  await mkdir(draft);
  try {
    await writeFile(join(draft, turn), '');
    await rename(draft, lock);
    return true;
  } catch (error) {
    if (taken.has(codeOf(error))) return false;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
};

/**
 * Does the work while nobody else has the same lock, a directory; `waits` is told once of the process that has it. What a killed
 * one left behind is taken away by its name, so that two who find it at once cannot both go on.
 */
export const inTurn = async <T>(
  lock: string,
  work: () => Promise<T>,
  waits: (pid: string) => void = () => {},
): Promise<T> => {
  const turn = `${process.pid}.${randomUUID()}`;
  const until = performance.now() + patienceMs;
  let isTold = false;
  own.add(turn);
  try {
    while (!(await take(lock, turn))) {
      const holder = await holderOf(lock);
      if (holder === undefined) continue;
      const [pid = ''] = holder.split('.');
      if (!isHeld(holder)) await rm(join(lock, holder), { force: true });
      else if (performance.now() > until)
        throw new Failure(
          'unavailable',
          'turn-taken',
          `process ${pid} has ${lock} for a quarter of an hour; end it, or remove that directory if it is of no use`,
        );
      else {
        if (!isTold) waits(pid);
        isTold = true;
        await sleep(pauseMs);
      }
    }
    return await work();
  } finally {
    await rm(join(lock, turn), { force: true });
    own.delete(turn);
  }
};
