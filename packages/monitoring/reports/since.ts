/** The instant so many hours before another, as text with a zone: a window of hours starts there, whatever the zone. */
export const hoursBefore = (now: Date, hours: number): string =>
  new Date(now.getTime() - hours * 3_600_000).toISOString();

/** The instant so many times 24 hours before another, as text with a zone. */
export const daysBefore = (now: Date, days: number): string => hoursBefore(now, days * 24);

/** The first of the rows of a statement that always has one. */
export const onlyRow = <R>([first]: readonly R[]): R => {
  if (first === undefined) throw new Error('a report without its row');
  return first;
};
