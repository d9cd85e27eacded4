import { metricOf, type Unit } from '../alerts/catalogue.ts';

/** A moment as people read it, in UTC; a text that is no moment stays as it is. */
export const when = (instant: string): string => {
  const at = new Date(instant);
  return Number.isNaN(at.getTime())
    ? instant
    : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
};

// Four digits tell enough, and whole numbers are told whole.
const rounded = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));

const inUnit: Record<Unit, (value: number) => string> = {
  fraction: (value) => `${rounded(value * 100)} %`,
  percent: (value) => `${rounded(value)} %`,
  ms: (value) => `${rounded(value)} ms`,
  seconds: (value) => `${rounded(value)} s`,
  count: rounded,
  'per second': (value) => `${rounded(value)}/s`,
  score: rounded,
  matches: (value) => `${rounded(value)} ${value === 1 ? 'match' : 'matches'}`,
  unknown: rounded,
};

/** A value of a metric with its unit; null is no value. */
export const told = (value: number | null, metric: string): string =>
  value === null ? 'no value' : inUnit[metricOf(metric).unit](value);
