const hourMinutes = 60;
const dayMinutes = 1_440;

const signs: Readonly<Record<string, string>> = {
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  eq: '=',
  ne: '≠',
};

/** An operator of a rule as people write it. */
export const operatorSign = (operator: string): string => signs[operator] ?? operator;

/** A measured value with the four digits that count, where a table would round 0.0512 to 0.1; a dash for none. */
export const figure = (value: number | null): string =>
  value === null ? '–' : String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** A moment in UTC, to the second. */
export const moment = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');

/** A moment to the second, with the zone it is told in. */
export const utc = (date: Date): string => `${moment(date)} UTC`;

/** A text whose instants are written for people: `until 2026-03-01 08:00:00 UTC`. */
export const withMoments = (text: string): string =>
  text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (at) => utc(new Date(at)));

/** A moment in UTC, to the minute. */
export const minuteOf = (date: Date): string => moment(date).slice(0, 16);

const pair = (large: number, unit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;

/** A length of time in its two largest units. */
export const lengthOf = (seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (minutes < hourMinutes) return `${minutes} min`;
  if (minutes < dayMinutes)
    return pair(Math.floor(minutes / hourMinutes), 'h', minutes % hourMinutes, 'min');
  const hours = Math.floor((minutes % dayMinutes) / hourMinutes);
  return pair(Math.floor(minutes / dayMinutes), 'd', hours, 'h');
};
