/** Numbers from 0 to 1 that a seed decides (mulberry32): a failing run can be run again. */
export const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** The list in an order that the chance decides. */
export const shuffled = <T>(list: readonly T[], random: () => number): T[] => {
  const all = [...list];
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
};

/** Works a list off with so many workers at once, each taking the next item. */
export const inParallel = async <T>(
  workers: number,
  list: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  const left = [...list].values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, worker));
};
