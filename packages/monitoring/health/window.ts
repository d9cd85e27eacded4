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

// A time that the clock skips in spring is the moment it jumps to; one that it shows twice in autumn is the first of the two.
function* beginnings(window: MaintenanceWindow, from: number, to: number): Generator<number> {
  const startsAt = window.startsAt.getTime();
  const last = Math.min(to, window.endsAt.getTime());
  if (window.cron === null) {
    if (startsAt < last) yield startsAt;
    return;
  }
  const cron = parsed(window.cron, window.timezone);
  const earliest = Math.max(startsAt, from - window.durationMinutes * msPerMinute);
  // The next one is later than what it is asked from, to the second.
  let next = cron.nextRun(new Date(Math.ceil(earliest / 1000) * 1000 - 1000));
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

/**
 * The times of maintenance within [from, to), cut to it, of each window in order and without overlaps; windows may overlap
 * each other.
 */
export const spansOf = (
  windows: readonly MaintenanceWindow[],
  from: Date,
  to: Date,
): readonly Span[] => windows.flatMap((window) => spansOfOne(window, from.getTime(), to.getTime()));

/** The windows that are open at a moment. */
export const openAt = (windows: readonly MaintenanceWindow[], at: Date): MaintenanceWindow[] =>
  spansOf(windows, at, new Date(at.getTime() + 1)).map(({ window }) => window);

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
    return parsed(cron, timezone).nextRun(after) === null ? `cron ${cron} never comes` : null;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^Cron\w+: /, '') : 'malformed';
    return `cron ${cron} is no cron expression: ${why}`;
  }
};
