import type { Contestant, Measured } from './measure.ts';

/**
 * Measures contestants in turn, `repeats` times each, by the CPU of this process and all its threads, and keeps the least
 * CPU and the least wall of each. What they call over the network is to be another process.
 */
export const competeHere = async <T extends Record<string, Contestant<unknown>>>(
  repeats: number,
  contestants: T,
): Promise<{ [K in keyof T]: Measured<Awaited<ReturnType<T[K]['run']>>> }> => {
  const best = new Map<string, Measured<unknown>>();
  for (let turn = 0; turn < repeats; turn += 1)
    for (const [name, { run, prepare }] of Object.entries(contestants)) {
      await prepare?.();
      const before = process.cpuUsage();
      const started = performance.now();
      const result = await run();
      const wall = performance.now() - started;
      const { user, system } = process.cpuUsage(before);
      const cpu = (user + system) / 1_000;
      const least = best.get(name) ?? { cpu, wall };
      best.set(name, {
        result,
        cpu: Math.min(cpu, least.cpu),
        wall: Math.min(wall, least.wall),
        statements: 0,
        wal: 0,
      });
    }
  return Object.fromEntries(best) as {
    [K in keyof T]: Measured<Awaited<ReturnType<T[K]['run']>>>;
  };
};
