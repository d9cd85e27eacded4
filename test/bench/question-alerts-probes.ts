import { plain, type Line } from './line.ts';
import { measureProbes, usualMix, worstMix } from './measure-probes.ts';

const mixes = [
  ['5 % slow, 5 % hanging', usualMix],
  ['all hanging', worstMix],
] as const;

/** A minute of 1,000 targets from one function of 512 MB: how long it takes, and how much memory. */
export const probeLines = async (say: (progress: string) => void): Promise<Line[]> => {
  const lines: Line[] = [];
  for (const [words, mix] of mixes) {
    say(`alerts: probes, ${words}`);
    const { seconds, cpuSeconds, peakMb, outcomes } = await measureProbes(mix);
    const found = Object.entries(outcomes).map(([outcome, n]) => `${n} ${outcome}`);
    const about = `${cpuSeconds.toFixed(1)} s CPU, ${found.join(', ')}`;
    lines.push(
      plain(`1,000 targets probed over HTTPS, ${words}`, seconds, 's', { most: 60 }, about),
      plain(
        'the same, the most memory it ever held of 512 MB, with Node',
        (100 * peakMb) / 512,
        '%',
        { most: 100 },
        `${Math.round(peakMb)} MB`,
      ),
    );
  }
  return lines;
};
