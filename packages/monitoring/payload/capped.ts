/** What stands where something is missing. */
export const cut = '[cut]';
const ending = `… ${cut}`;
const shortText = 512;

const size = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? 'null');

/** The longest beginning of a text that takes at most so many bytes as JSON, with the mark that it was cut. */
const shorter = (text: string, bytes: number): string => {
  let left = bytes - size(ending);
  let end = 0;
  for (const character of text) {
    left -= size(character) - 2;
    if (left < 0) break;
    end += character.length;
  }
  return end === text.length ? text : text.slice(0, end) + ending;
};

const textsShort = (value: unknown): unknown => {
  if (typeof value === 'string')
    return value.length > shortText ? shorter(value, shortText) : value;
  if (Array.isArray(value)) return value.map(textsShort);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]): [string, unknown] => [name, textsShort(field)]),
  );
};

// What a list or a record needs to say how much is missing: `,"[cut]":1234567890`, or the same as a text.
const note = 24;
const least = note + 16;

const items = (value: readonly unknown[], bytes: number): unknown => {
  const kept: unknown[] = [];
  let left = bytes - 2 - note;
  for (const item of value) {
    if (left < least) break;
    const fits = fit(item, left - 1);
    kept.push(fits);
    left -= size(fits) + 1;
  }
  const missing = value.length - kept.length;
  return missing === 0 ? kept : [...kept, `${cut} ${missing}`];
};

const fields = (value: object, bytes: number): unknown => {
  const all = Object.entries(value);
  const kept: [string, unknown][] = [];
  let left = bytes - 2 - note;
  for (const [name, field] of all) {
    const named = size(name) + 2;
    if (left - named < least) break;
    const fits = fit(field, left - named);
    kept.push([name, fits]);
    left -= named + size(fits);
  }
  const missing = all.length - kept.length;
  return Object.fromEntries(missing === 0 ? kept : [...kept, [cut, missing]]);
};

const fit = (value: unknown, bytes: number): unknown => {
  if (size(value) <= bytes) return value;
  if (bytes < least) return cut;
  if (typeof value === 'string') return shorter(value, bytes);
  if (Array.isArray(value)) return items(value, bytes);
  return typeof value === 'object' && value !== null ? fields(value, bytes) : cut;
};

/**
 * JSON that takes at most so many bytes (UTF-8, written without blanks; at least 64). Too large, it first loses the ends of
 * long texts, then what comes last; `[cut]` tells where, in lists and records with how many are missing. Meant for what `redacted` has made.
 */
export const capped = (value: unknown, bytes = 4096): unknown => {
  if (size(value) <= bytes) return value ?? null;
  const short = textsShort(value);
  return fit(short, bytes);
};
