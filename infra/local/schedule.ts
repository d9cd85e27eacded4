import { setTimeout as sleep } from 'node:timers/promises';
import { Cron } from 'croner';
import { describe } from '@rookery/kernel/failure';
import type { Cadence } from '../topology.ts';
import { namesOf } from './named.ts';

/** A schedule as the local runtime fires it. */
export type LocalSchedule = {
  readonly job: string;
  readonly timezone: string;
  readonly retries: number;
  readonly cadence: Cadence | 'off';
  readonly invoke: (event: FixedInput) => Promise<unknown>;
};

/** What a schedule sends: the slot it stands for, in whole seconds UTC, never the time of the attempt. */
export type FixedInput = { readonly job: string; readonly scheduledTime: string };

/** Schedules that fire by themselves after `start`, or one at a time by `fire`. */
export type Schedules<Name extends string> = {
  readonly start: () => void;
  readonly fire: (name: Name, slot: Date) => Promise<unknown>;
  readonly next: () => Readonly<Record<string, Date | null>>;
  readonly stop: () => Promise<void>;
};

/** The schedules; `retryDelayMs` is 1 min, then 2 min on Lambda, and seconds here. */
export type SchedulesOptions<Name extends string> = {
  readonly schedules: Readonly<Record<Name, LocalSchedule>>;
  readonly onError: (line: string) => void;
  readonly retryDelayMs?: number;
};

/** The cron expression of a cadence: `{everyMinutes: 60}` is the full hour, as EventBridge's rate is not. */
export const cronOf = (cadence: Cadence): string => {
  if ('cron' in cadence) return cadence.cron;
  return cadence.everyMinutes % 60 === 0
    ? `0 */${cadence.everyMinutes / 60} * * *`
    : `*/${cadence.everyMinutes} * * * *`;
};

/** The fixed input of a slot. */
const inputOf = (job: string, slot: Date): FixedInput => ({
  job,
  scheduledTime: `${slot.toISOString().slice(0, 19)}Z`,
});

/** Fires schedules in this process, with Lambda's retries of an asynchronous invoke; one never overlaps itself. */
export const createSchedules = <Name extends string>({
  schedules,
  onError,
  retryDelayMs = 2_000,
}: SchedulesOptions<Name>): Schedules<Name> => {
  const crons = new Map<string, Cron>();
  const firing = new Set<Promise<unknown>>();
  const stopping = new AbortController();

  const attempt = async (name: Name, slot: Date): Promise<unknown> => {
    const { job, invoke, retries } = schedules[name];
    for (let tries = 0; ; tries += 1) {
      try {
        return await invoke(inputOf(job, slot));
      } catch (error) {
        onError(`schedule ${name}, try ${tries + 1} of ${retries + 1}: ${describe(error)}`);
        if (tries === retries || stopping.signal.aborted) throw error;
        await sleep(retryDelayMs * 2 ** tries, undefined, { signal: stopping.signal }).catch(() => {
          throw error;
        });
      }
    }
  };

  const fire = (name: Name, slot: Date): Promise<unknown> => {
    const run = attempt(name, slot).finally(() => firing.delete(run));
    firing.add(run);
    return run;
  };

  const begin = (name: Name): void => {
    const { cadence, timezone } = schedules[name];
    if (cadence === 'off' || crons.has(name)) return;
    const cron = new Cron(
      cronOf(cadence),
      {
        timezone,
        mode: '5-part',
        unref: true,
        // Croner skips a run while the one before is still at work; the next slot picks up what it would have found.
        protect: () => {
          onError(`schedule ${name}: skipped, the run before is still at work`);
        },
      },
      async (self: Cron) => {
        const slot = self.currentRun();
        if (slot === null) return;
        slot.setSeconds(0, 0);
        // Every failed try was reported; the last one must not end the process.
        await fire(name, slot).catch(() => {});
      },
    );
    crons.set(name, cron);
  };

  return {
    start: () => {
      for (const [name] of namesOf(schedules)) begin(name);
    },
    fire,
    next: () =>
      Object.fromEntries([...crons].map(([name, cron]) => [name, cron.nextRun()] as const)),
    stop: async () => {
      stopping.abort();
      for (const cron of crons.values()) cron.stop();
      await Promise.allSettled(firing);
    },
  };
};
