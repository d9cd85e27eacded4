const control = /[\p{Cc}\p{Cs}]/u;
const unstorable = /[\0\p{Cs}]/u;

/** True for a text that may name something: without control characters and without halves of surrogate pairs. */
export const isPlain = (text: string): boolean => !control.test(text);

/** True for a text that Postgres can store: without NUL and without halves of surrogate pairs. */
export const isStorable = (text: string): boolean => !unstorable.test(text);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as it is written in HTML and XML, between tags and in attributes. */
export const inMarkup = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');

// Each once: a megabyte of another script is half a million of them.
const escapes: string[] = [];
const escapeOf = (unit: number): string =>
  (escapes[unit] ??= `\\u${unit.toString(16).padStart(4, '0')}`);

const escaped = (run: string): string => {
  let text = '';
  for (let at = 0; at < run.length; at += 1) text += escapeOf(run.charCodeAt(at));
  return text;
};

/**
 * The value as JSON of visible ASCII and blanks alone, all else as `\uXXXX`: it reads back as the same value. SQS refuses a
 * message that holds U+FFFE or U+FFFF, and no layer on the way can mistake its encoding. Fails with a RangeError for what is
 * nested deeper than the stack.
 */
export const asciiJson = (value: object): string =>
  // Control characters and half pairs are escapes already; a pair becomes two, as JSON wants it.
  JSON.stringify(value).replaceAll(/[^\x20-\x7e]+/g, escaped);

/** How many bytes `asciiJson` makes of the value. */
export const asciiJsonBytes = (value: object): number => {
  const json = JSON.stringify(value);
  let bytes = json.length;
  for (let at = 0; at < json.length; at += 1) if (json.charCodeAt(at) > 0x7e) bytes += 5;
  return bytes;
};
