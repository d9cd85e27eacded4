import { Cron } from 'croner';

/** Times at which services may be down: once at `startsAt`, or as often as its cron expression says, until `endsAt`. */
export type MaintenanceWindow = {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
  /** Services it is for, with all that depend on them; none: every one of the tenant. */
  readonly services: readonly string[];
  readonly cron: string | null;
  readonly timezone: string;
  readonly durationMinutes: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
};

/** A time of maintenance, half open. */
export type Span = {
  readonly window: MaintenanceWindow;
  readonly from: Date;
  readonly to: Date;
};

const msPerMinute = 60_000;

type Schedule = Pick<MaintenanceWindow, 'cron' | 'timezone'>;

const fiveFields = /^\S+(?:\s+\S+){4}$/;

const parsed = (cron: string, timezone: string): Cron =>
  new Cron(cron, { timezone, mode: '5-part', paused: true });

// The next one is later than what it is asked from, to the second.
const firstFrom = (cron: Cron, ms: number): Date | null =>
  cron.nextRun(new Date(Math.ceil(ms / 1000) * 1000 - 1000));

// A time that the clock skips in spring is the moment it jumps to; one that it shows twice in autumn is the first of the two.
function* beginnings(window: MaintenanceWindow, from: number, to: number): Generator<number> {
  const startsAt = window.startsAt.getTime();
  const last = Math.min(to, window.endsAt.getTime());
  if (window.cron === null) {
    if (startsAt < last) yield startsAt;
    return;
  }
  const cron = parsed(window.cron, window.timezone);
  // Of those before `from` the last one lasts longest. To walk to it from a duration before took 1.3 s for a week of minutes,
  // for each such window and slot (2026-11); to be told takes 0.6 ms.
  const [before] = cron.previousRuns(1, new Date(Math.floor(from / 1000) * 1000 + 1000));
  const isBegun = before !== undefined && before.getTime() >= startsAt;
  let next: Date | null = isBegun ? before : firstFrom(cron, Math.max(startsAt, from));
  for (; next !== null && next.getTime() < last; next = cron.nextRun(next)) yield next.getTime();
}

const spansOfOne = (window: MaintenanceWindow, from: number, to: number): Span[] => {
  const spans: Span[] = [];
  let end = from;
  for (const start of beginnings(window, from, to)) {
    const stop = Math.min(
      start + window.durationMinutes * msPerMinute,
      to,
      window.endsAt.getTime(),
    );
    const begin = Math.max(start, from);
    if (stop <= begin) continue;
    const before = spans.at(-1);
    if (before !== undefined && begin <= end)
      spans[spans.length - 1] = { ...before, to: new Date(Math.max(end, stop)) };
    else spans.push({ window, from: new Date(begin), to: new Date(stop) });
    end = Math.max(end, stop);
  }
  return spans;
};

/** True for a window whose times can be told; one that is stored may be older than what is refused today. */
export const isReadable = ({ cron, timezone }: Schedule): boolean => {
  if (cron === null) return true;
  try {
    Intl.DateTimeFormat('en', { timeZone: timezone });
    parsed(cron, timezone);
    return true;
  } catch {
    return false;
  }
};

/**
 * The times of maintenance within [from, to), cut to it, of each window in order and without overlaps; windows may overlap
 * each other. One that cannot be read has none, and takes no time from others: whoever watches tells of it by `isReadable`.
 */
export const spansOf = (
  windows: readonly MaintenanceWindow[],
  from: Date,
  to: Date,
): readonly Span[] =>
  windows.filter(isReadable).flatMap((window) => spansOfOne(window, from.getTime(), to.getTime()));

const dayMs = 86_400_000;
// Times of maintenance are counted one by one over a month: 48 a day of them take 0.2 s.
const mostADay = 48;

// Twice, since the first may fall on the end of a day that is full of them.
const isTooOften = (cron: Cron, after: Date): boolean => {
  const runs = cron.nextRuns(mostADay + 1, after);
  const later = cron.nextRuns(mostADay + 1, runs.at(-1) ?? after);
  return [runs, later].some((some) => {
    const [first, last] = [some[0], some[mostADay]];
    if (first === undefined || last === undefined) return false;
    return last.getTime() - first.getTime() < dayMs;
  });
};

/** Why times of maintenance cannot be told by a cron expression and a zone, in words; null when they can. */
export const windowFault = ({ cron, timezone }: Schedule, after: Date): string | null => {
  try {
    Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    return `timezone ${timezone} is no IANA zone: write for example Europe/Berlin`;
  }
  if (cron === null) return null;
  if (!fiveFields.test(cron))
    return `cron ${cron} does not have five fields: minute, hour, day of month, month, day of week`;
  try {
    const found = parsed(cron, timezone);
    if (found.nextRun(after) === null) return `cron ${cron} never comes`;
    if (!isTooOften(found, after)) return null;
    return `cron ${cron} comes more than ${mostADay} times a day: let it come less often, and last longer`;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^Cron\w+: /, '') : 'malformed';
    return `cron ${cron} is no cron expression: ${why}`;
  }
};
