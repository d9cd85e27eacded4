const control = /[\p{Cc}\p{Cs}]/u;
const unstorable = /[\0\p{Cs}]/u;

/** True for a text that may name something: without control characters and without halves of surrogate pairs. */
export const isPlain = (text: string): boolean => !control.test(text);

/** True for a text that Postgres can store: without NUL and without halves of surrogate pairs. */
export const isStorable = (text: string): boolean => !unstorable.test(text);

/**
 * The value as JSON of visible ASCII and blanks alone, all else as `\uXXXX`: it reads back as the same value. SQS refuses a
 * message that holds U+FFFE or U+FFFF, and no layer on the way can mistake its encoding. Fails with a RangeError for what is
 * nested deeper than the stack.
 */
export const asciiJson = (value: object): string =>
  // Control characters and half pairs are escapes already; a pair becomes two, as JSON wants it.
  JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
