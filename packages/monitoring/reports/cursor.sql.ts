/** An instant as text, UTC with microseconds, as `isOwnInstant` of cursor.ts knows it: a key of a page must lose none of them. */
export const microseconds = (time: string): string =>
  `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
