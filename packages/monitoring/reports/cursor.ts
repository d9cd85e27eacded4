import { isDay } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';

/** The keys of the last row of a page; null for the first page. */
export type Keys = readonly (string | number)[] | null;

// Callers give the keys of a cursor back, so that they may hold anything; Postgres has no year 0.
const time = /^(?!0000)\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/;

/** The error for keys that no page of a list can have ended with. */
export const foreignCursor = (): Failure =>
  new Failure(
    'invalid',
    'cursor-malformed',
    'the cursor is not one of this list; start again without it',
  );

/** True for an instant as the lists of monitoring write their keys: UTC, with microseconds, of a day that exists. */
export const isOwnInstant = (text: unknown): text is string =>
  typeof text === 'string' && time.test(text) && isDay(text.slice(0, 10));
