import { Cron } from 'croner';

const minuteMs = 60_000;
// As many as show a gap in any week of a cron expression that has one.
const looked = 340;

/**
 * Why a window of maintenance is not one, in words; null when it is: one that is over would hide nothing and change no
 * uptime that was counted, one that never comes neither, and one that begins again before it ends would hide everything for
 * ever.
 */
export const reachFault = (
  window: {
    readonly cron: string | null;
    readonly timezone: string;
    readonly duration_minutes: number;
    readonly starts_at: string;
    readonly ends_at: string;
  },
  now: Date,
): string | null => {
  const { cron, timezone, duration_minutes: minutes, starts_at, ends_at } = window;
  const ends = Date.parse(ends_at);
  if (ends <= now.getTime())
    return 'ends_at is over: a window is for times to come, name a later end';
  if (cron === null) {
    const isOver = Date.parse(starts_at) + minutes * minuteMs <= now.getTime();
    return isOver
      ? `its ${minutes} minutes from starts_at are over: name a later starts_at, or a cron`
      : null;
  }
  const from = Math.max(Date.parse(starts_at), now.getTime());
  const runs = new Cron(cron, { timezone, mode: '5-part', paused: true })
    // It may have begun already.
    .nextRuns(looked, new Date(from - minutes * minuteMs - 1))
    .map((run) => run.getTime())
    .filter((at) => at < ends);
  if (runs.length === 0)
    return `cron ${cron} does not come before ends_at: name a later end, or another cron`;
  const isEndless =
    runs.length === looked &&
    runs.every((at, n) => n === 0 || at - (runs[n - 1] ?? at) <= minutes * minuteMs);
  return isEndless
    ? `cron ${cron} comes again before its ${minutes} minutes are over, so it would never end: let it last shorter`
    : null;
};
