import { isSecretName } from './secret-name.ts';

// A name as texts write it before its value: `DB_PASS=`, `"pw": `, `\"api_key\":`, `user[otp]=`. A run of letters is entered at its
// start only, or n of them would take n² steps.
const label = /(?<![\w-])[\w-]+([\\"'\]]{0,4})\s{0,4}[:=]\s{0,4}/g;

// A value ends at its quote or, without one, at a blank or a separator.
const value =
  /(")(?:[^"\\]|\\.)*|(\\{1,3}")[^"\\]*|(')[^'\\]*|(?:(?:Bearer|Basic|Digest|Token)\s{1,8})?[^\s"'\\,;&<>{}()]+/iy;

// Headers of several values, with blanks, separators and quotes between them: all up to the end of the line, written as such or
// as \n within a text.
const header = /(?:cookie2?|authorization)$/i;
const line = /(?:[^\s"'\\]|\\(?![rn]))(?:[^\r\n\\]|\\(?![rn]))*/y;

const longest = 200;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const secretAt = (text: string, at: number, name: string, quotes: string) =>
  (quotes === '' && header.test(name) ? matchAt(line, text, at) : null) ?? matchAt(value, text, at);

/** A text with `mark` for the values that stand beside a secret name. Takes time in proportion to the text. */
export const withoutNamed = (text: string, mark: string): string => {
  let clean = '';
  let done = 0;
  label.lastIndex = 0;
  for (let found = label.exec(text); found !== null; found = label.exec(text)) {
    const [whole, quotes = ''] = found;
    const at = label.lastIndex;
    const name = (/^[\w-]+/.exec(whole)?.[0] ?? '').slice(-longest);
    const secret = isSecretName(name) ? secretAt(text, at, name, quotes) : null;
    if (secret === null) continue;
    clean += text.slice(done, at) + (secret[1] ?? secret[2] ?? secret[3] ?? '') + mark;
    done = at + secret[0].length;
    label.lastIndex = done;
  }
  return clean + text.slice(done);
};
