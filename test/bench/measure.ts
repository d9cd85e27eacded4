import { readFile } from 'node:fs/promises';
import type { Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { backends, resetStatements, serverCounters } from './measure.sql.ts';

/** What one run cost: backend CPU and wall in ms, statements the server ran, WAL bytes it wrote. */
export type Cost = {
  readonly cpu: number;
  readonly wall: number;
  readonly statements: number;
  readonly wal: number;
};

/** Something to measure; `prepare` runs before each repetition and is not measured. */
export type Contestant<T> = {
  readonly run: () => Promise<T>;
  readonly prepare?: () => Promise<unknown>;
};

/** The least a contestant cost over its repetitions, and what its last run returned. */
export type Measured<T> = Cost & { readonly result: T };

const tickMs = 10;

// schedstat counts nanoseconds on a core; where the kernel keeps none, utime + stime count ticks of 10 ms.
const cpuOf = async (pid: number): Promise<number> => {
  const schedstat = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0');
  const nanoseconds = Number(schedstat.split(' ')[0]);
  if (nanoseconds > 0) return nanoseconds / 1e6;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
};

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');

const cpuByBackend = async (watch: Db): Promise<Map<number, number>> => {
  const cpu = new Map<number, number>();
  for (const { pid } of await watch.query(backends, {}))
    try {
      cpu.set(pid, await cpuOf(pid));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  return cpu;
};

/** Measures one run of `work`; `watch` is a connection outside the bench's own. */
export const measure = async <T>(watch: Db, work: () => Promise<T>): Promise<Measured<T>> => {
  await watch.query(resetStatements, {});
  const [before] = await watch.query(serverCounters, {});
  const cpuBefore = await cpuByBackend(watch);
  const started = performance.now();
  const result = await work();
  const wall = performance.now() - started;
  const cpuAfter = await cpuByBackend(watch);
  const [after] = await watch.query(serverCounters, {});
  if (before === undefined || after === undefined)
    throw new Failure('unavailable', 'server-silent', 'the server did not answer');
  let cpu = 0;
  for (const [pid, ms] of cpuAfter) cpu += ms - (cpuBefore.get(pid) ?? 0);
  for (const pid of cpuBefore.keys())
    if (!cpuAfter.has(pid))
      throw new Failure(
        'conflict',
        'backend-lost',
        'a connection ended while its CPU was measured',
      );
  return { result, cpu, wall, statements: after.statements, wal: after.wal - before.wal };
};

/**
 * Measures contestants in turn, `repeats` times each, so that a busy machine is unfair to all of them alike,
 * and keeps the least CPU and the least wall of each.
 */
export const compete = async <T extends Record<string, Contestant<unknown>>>(
  watch: Db,
  repeats: number,
  contestants: T,
): Promise<{ [K in keyof T]: Measured<Awaited<ReturnType<T[K]['run']>>> }> => {
  const best = new Map<string, Measured<unknown>>();
  for (let turn = 0; turn < repeats; turn += 1)
    for (const [name, { run, prepare }] of Object.entries(contestants)) {
      await prepare?.();
      const cost = await measure(watch, run);
      const least = best.get(name) ?? cost;
      best.set(name, {
        ...cost,
        cpu: Math.min(cost.cpu, least.cpu),
        wall: Math.min(cost.wall, least.wall),
      });
    }
  return Object.fromEntries(best) as {
    [K in keyof T]: Measured<Awaited<ReturnType<T[K]['run']>>>;
  };
};
