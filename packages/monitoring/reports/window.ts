const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A half-open span of time, as instants. */
export type Window = { readonly from: Date; readonly to: Date };

const cut = (at: Date, widthMs: number): number => Math.floor(at.getTime() / widthMs) * widthMs;

const ended = (now: Date, backMs: number, widthMs: number): Window => ({
  from: new Date(cut(new Date(now.getTime() - backMs), widthMs)),
  // What begins with this very instant is running as well.
  to: new Date(cut(now, widthMs) + widthMs),
});

/** The last hours in whole spans of five minutes: the one in which they begin to the one that is running. */
export const lastHours = (now: Date, hours: number): Window =>
  ended(now, hours * hourMs, 5 * minuteMs);

/** The last days in whole hours: the one in which they begin to the one that is running. */
export const lastDaysByHour = (now: Date, days: number): Window => ended(now, days * dayMs, hourMs);

/** The last days in whole days of UTC: the one in which they begin to today. */
export const lastDays = (now: Date, days: number): Window => ended(now, days * dayMs, dayMs);

/** The whole hours inside a window; where there is none, both ends are that of the window. */
export const wholeHours = ({ from, to }: Window): Window => {
  const first = Math.ceil(from.getTime() / hourMs) * hourMs;
  const end = cut(to, hourMs);
  return first < end ? { from: new Date(first), to: new Date(end) } : { from: to, to };
};

/** A window as it stands in an answer. */
export const told = ({ from, to }: Window) => ({
  from: from.toISOString(),
  to: to.toISOString(),
});
