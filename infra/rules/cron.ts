/** When an expression of EventBridge Scheduler fires: the values of each field, in order, weekdays from 0 for Sunday. */
export type Times = {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
};

const range = (from: number, to: number, step = 1): number[] =>
  Array.from(
    { length: Math.max(0, Math.floor((to - from) / step) + 1) },
    (_, i) => from + i * step,
  );

// One of a list: `*`, `5`, `1-5`, `*/5` or `0/5`, each with AWS's meaning. Names of days and L, W and # are refused: we write none.
const part = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/;

const valuesOf = (field: string, from: number, to: number): number[] | undefined => {
  const all: number[] = [];
  for (const one of field.split(',')) {
    const found = part.exec(one);
    if (found === null) return undefined;
    const [, any, first, last, step] = found;
    const low = any === undefined ? Number(first) : from;
    const alone = any === undefined && step === undefined;
    const high = last === undefined ? (alone ? low : to) : Number(last);
    if (low < from || high > to || high < low || step === '0') return undefined;
    all.push(...range(low, high, step === undefined ? 1 : Number(step)));
  }
  return [...new Set(all)].toSorted((a, b) => a - b);
};

/** Reads an expression as EventBridge Scheduler does, or says why it would refuse it. */
export const parseAwsCron = (expression: string): Times | string => {
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  const [minute = '', hour = '', day = '', month = '', weekday = '', year] = fields;
  const refused = `${expression} is none that EventBridge Scheduler knows`;
  if (fields.length !== 6 || year !== '*') return `${refused}: six fields, the last of them *`;
  if ((day === '?') === (weekday === '?'))
    return `${refused}: one ? for one of the two kinds of day`;
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const days = valuesOf(day === '?' ? '*' : day, 1, 31);
  const months = valuesOf(month, 1, 12);
  const weekdays = valuesOf(weekday === '?' ? '*' : weekday, 1, 7);
  if (!minutes || !hours || !days || !months || !weekdays)
    return `${refused}: a field is out of range`;
  return {
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays.map((value) => value - 1)),
  };
};

const minute = 60_000;

// How far the clocks of a zone are ahead of UTC at an instant.
const clockOf = (timezone: string): ((instant: number) => number) => {
  if (timezone === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    timeZoneName: 'longOffset',
  });
  return (instant) => {
    const name =
      format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
  };
};

// A time that the clocks skip is no time; one that they show twice is the first of the two.
const instantsOf = (wall: number, aheadAt: (instant: number) => number): number[] => {
  const around = [aheadAt(wall - 1_440 * minute), aheadAt(wall + 1_440 * minute)];
  const possible = around.map((ahead) => wall - ahead);
  return possible
    .filter((instant) => aheadAt(instant) === wall - instant)
    .toSorted((a, b) => a - b)
    .slice(0, 1);
};

/** As far as firings are looked for: forty years find ten times a 29 February. */
export const horizonDays = 14_610;

/** The next so many firings after an instant, by the clocks of a time zone. */
export const firings = (
  { minutes, hours, days, months, weekdays }: Times,
  timezone: string,
  from: Date,
  count: number,
): readonly string[] => {
  const aheadAt = clockOf(timezone);
  const found: string[] = [];
  const today = new Date(from.getTime() + aheadAt(from.getTime()));
  const midnight = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  for (let day = 0; day < horizonDays && found.length < count; day += 1) {
    const date = new Date(midnight + day * 1_440 * minute);
    const fires =
      days.has(date.getUTCDate()) &&
      months.has(date.getUTCMonth() + 1) &&
      weekdays.has(date.getUTCDay());
    if (!fires) continue;
    for (const hour of hours)
      for (const one of minutes)
        for (const instant of instantsOf(date.getTime() + (hour * 60 + one) * minute, aheadAt))
          if (instant > from.getTime()) found.push(new Date(instant).toISOString());
  }
  return found.slice(0, count);
};
