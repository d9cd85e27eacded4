/** Rows as NDJSON: one JSON object a line, each ended by LF. */
export const ndjsonOf = (rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
