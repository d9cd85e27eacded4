import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a run over many targets cost the process that made it. */
export type ProbeCost = {
  readonly targets: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most memory that the process ever held, with Node itself. */
  readonly peakMb: number;
  readonly outcomes: Readonly<Record<string, number>>;
};

/** Of `targets`, how many never answer, and how many take two seconds. */
export type ProbeMix = {
  readonly targets: number;
  readonly hanging: number;
  readonly slow: number;
};

const run = promisify(execFile);

/** 1,000 targets, every twentieth of which hangs, and another twentieth is slow. */
export const usualMix: ProbeMix = { targets: 1_000, hanging: 50, slow: 50 };

/** All of them hang: the worst that a run can meet. */
export const worstMix: ProbeMix = { targets: 1_000, hanging: 1_000, slow: 0 };

// What Node leaves to its heap in a Lambda of 512 MB.
const heapMb = 384;

/** Probes servers of another process in one of its own, bounded like a function of 512 MB, and tells what it cost. */
export const measureProbes = async (mix: ProbeMix = usualMix): Promise<ProbeCost> => {
  const script = new URL('probe-run.ts', import.meta.url).pathname;
  const { stdout } = await run(
    process.execPath,
    [`--max-old-space-size=${heapMb}`, script, JSON.stringify(mix)],
    { timeout: 180_000 },
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is what the script prints
  return JSON.parse(stdout) as ProbeCost;
};
