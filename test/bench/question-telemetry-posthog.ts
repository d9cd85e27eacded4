import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { perEvent } from './question-telemetry-admit.ts';
import { plain, ratio, type Line } from './line.ts';
import type { Cost } from './measure.ts';
import { telemetryEnv, type TelemetryPlace } from './telemetry-place.ts';

const run = promisify(execFile);
const events = 5_000;
// What Node leaves to its heap in a Lambda of 512 MB.
const heapMb = 384;

type Ran = {
  readonly worker: Cost;
  readonly bare?: Cost;
  readonly messages: number;
  readonly peakMb: number;
};

const ran = async (place: TelemetryPlace, ...args: readonly string[]): Promise<Ran> => {
  const script = new URL('telemetry-run.ts', import.meta.url).pathname;
  const { stdout } = await run(
    process.execPath,
    [`--max-old-space-size=${heapMb}`, script, ...args],
    { timeout: 180_000, env: { ...process.env, ...telemetryEnv(place) } },
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is what the script prints
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Ran;
};

/** The worker of PostHog's queue over batches of 5,000 events, against PostHog's own client with the same events. */
export const posthogLines = async (
  say: (progress: string) => void,
  place: TelemetryPlace,
): Promise<Line[]> => {
  say('telemetry: PostHog');
  const { worker, bare, messages } = await ran(place, '12', 'both');
  await place.counted();
  const batches = 20;
  const { peakMb } = await ran(place, String(batches), 'worker');
  const { requests, bytes } = await place.counted();
  const tenThousands = (batches * events) / 10_000;
  if (bare === undefined) throw new Error('nothing to compare with');
  return [
    perEvent(
      `A batch of ${messages} messages with 5,000 events by PostHog's worker / capture and flush of posthog-node alone`,
      worker,
      bare,
      { events, bound: { most: 1.3 } },
    ),
    ratio('the same, wall', worker, bare, undefined, 'wall'),
    plain('Requests to PostHog for 10,000 events', requests / tenThousands, 'rows', undefined),
    plain(
      'Bytes to PostHog for 10,000 events, as they are sent',
      bytes / tenThousands / 1_000,
      'KB',
      undefined,
    ),
    plain(
      `The most memory of 512 MB that the worker ever held over ${batches} batches, with Node`,
      (100 * peakMb) / 512,
      '%',
      { most: 100 },
      `${Math.round(peakMb)} MB`,
    ),
  ];
};
