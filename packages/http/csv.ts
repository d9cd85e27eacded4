import { stringify, type Options } from 'csv-stringify/sync';
import { flattener } from './flatten.ts';

// Spreadsheets take a text that begins like this for a formula, and some run it (OWASP, "CSV injection"):
// an apostrophe before it keeps it a text. The last four are the wide forms that some turn into the plain ones.
// Some cut blanks and what cannot be seen off a cell first; a tab or the end of a line may begin another one.
const formula = /^(?:[\t\r\n\0]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;

// CRLF is what RFC 4180 writes and every reader takes; LF alone is not, by some spreadsheets.
const options: Options = {
  record_delimiter: '\r\n',
  cast: {
    string: (text) => (formula.test(text) ? `'${text}` : text),
    boolean: String,
  },
};

/** Rows as RFC 4180 lines without a row of names, each ended by CRLF: to be joined with what came before. */
export const csvLines = (columns: readonly string[], rows: readonly object[]): string =>
  stringify(rows.map(flattener(columns)), options);

/**
 * Rows as RFC 4180 text: always a row of names, then one line a row, each ended by CRLF.
 * Null is an empty cell. A text that a spreadsheet would take for a formula has an apostrophe before it; a number never.
 */
export const csvOf = (columns: readonly string[], rows: readonly object[]): string =>
  stringify([columns], options) + csvLines(columns, rows);
