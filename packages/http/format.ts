import { Failure } from '@rookery/kernel/failure';

/** The formats of a list, the usual one first. */
export const formats = ['json', 'csv', 'ndjson'] as const;

/** One of the formats. */
export type Format = (typeof formats)[number];

/** The Content-Type of each format. Every CSV begins with a row of names. */
export const contentTypes = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const satisfies Record<Format, string>;

// Neither name of NDJSON is registered, and both are in use.
const names: Readonly<Record<Format, readonly string[]>> = {
  json: ['application/json'],
  csv: ['text/csv'],
  ndjson: ['application/x-ndjson', 'application/ndjson'],
};

const parameters: Readonly<Record<Format, Readonly<Record<string, string>>>> = {
  json: { charset: 'utf-8' },
  csv: { charset: 'utf-8', header: 'present' },
  ndjson: { charset: 'utf-8' },
};

type MediaRange = {
  readonly name: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly quality: number;
};

const mediaRange = /^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+$/;
const weight = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

// Splits outside of quoted strings. A loop, because a pattern for this can be made to take quadratic time.
const split = (text: string, at: ',' | ';'): string[] => {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '"') isQuoted = !isQuoted;
    else if (char === '\\' && isQuoted) i += 1;
    else if (char === at && !isQuoted) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
};

const parameterOf = (text: string): readonly [string, string] => {
  const [key = '', ...value] = text.toLowerCase().split('=');
  return [key, value.join('=').replace(/^"(.*)"$/, '$1')];
};

// A part that is no media range is passed over, as if it were a type that we do not have.
const rangeOf = (text: string): MediaRange | undefined => {
  const [name = '', ...rest] = split(text, ';');
  if (!mediaRange.test(name)) return undefined;
  const given = rest.filter((part) => part !== '').map(parameterOf);
  const at = given.findIndex(([key]) => key === 'q');
  const q = given[at]?.[1] ?? '1';
  if (!weight.test(q)) return undefined;
  return {
    name: name.toLowerCase(),
    parameters: at < 0 ? given : given.slice(0, at),
    quality: Number(q),
  };
};

// How closely a range means a format: 0 not at all, 1 by */*, 2 by type/*, 3 and more by name and parameters.
const closeness = (format: Format, { name, parameters: asked }: MediaRange): number => {
  if (name === '*/*') return 1;
  if (names[format].some((each) => name === `${each.slice(0, each.indexOf('/'))}/*`)) return 2;
  if (!names[format].includes(name)) return 0;
  const own = new Map(Object.entries(parameters[format]));
  // A parameter that we do not know cannot be what somebody depends on.
  const known = asked.filter(([key]) => own.has(key));
  return known.every(([key, value]) => own.get(key) === value) ? 3 + known.length : 0;
};

type Wish = { readonly format: Format; readonly quality: number; readonly close: number };

const wishFor = (format: Format, ranges: readonly MediaRange[]): Wish => {
  let best: Wish = { format, quality: 0, close: 0 };
  for (const each of ranges) {
    const close = closeness(format, each);
    if (close > best.close || (close === best.close && close > 0 && each.quality > best.quality))
      best = { format, quality: each.quality, close };
  }
  return best;
};

const refused = (offered: readonly Format[]): Failure =>
  new Failure(
    'invalid',
    'not-acceptable',
    `this comes as ${offered.map((format) => names[format][0]).join(', ')}; name one of them in Accept`,
  );

/**
 * The format of an answer: that of the path's suffix, else by Accept (RFC 9110, section 12.5.1), else JSON.
 * Of types alike in weight the one that is named more closely wins, then JSON. Fails with `not-acceptable`.
 */
export const chooseFormat = ({
  accept,
  suffix,
  offered = formats,
}: {
  readonly accept?: string | undefined;
  readonly suffix?: string | undefined;
  readonly offered?: readonly Format[] | undefined;
}): Format => {
  if (suffix !== undefined) {
    const format = offered.find((each) => suffix === `.${each}`);
    if (format === undefined) throw refused(offered);
    return format;
  }
  if (accept === undefined || accept.trim() === '') return offered[0] ?? 'json';
  const ranges = split(accept, ',').flatMap((text) => rangeOf(text) ?? []);
  let best: Wish | undefined;
  for (const format of offered) {
    const wish = wishFor(format, ranges);
    if (wish.quality === 0) continue;
    if (
      best === undefined ||
      wish.quality > best.quality ||
      (wish.quality === best.quality && wish.close > best.close)
    )
      best = wish;
  }
  if (best === undefined) throw refused(offered);
  return best.format;
};
