import { withoutNamed } from './named-secret.ts';

/** What stands where something was taken out. */
export const mark = '[redacted]';

// Every pattern is linear in the length of the text: what may be long either has no second way to match or may only begin
// where its own characters begin (the lookbehinds); what may begin anywhere is bounded. A class that repeats before
// something else may only be entered once a run: `[\w.]+@` without its lookbehind takes n² steps over n letters.
type Replaced = readonly (readonly [pattern: RegExp, by: string])[];
const inUrls: Replaced = [
  [
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]|-(?!----END))*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
    mark,
  ],
  // Everything between the scheme and the last @ of the authority.
  [/(:\/\/)[^\s/?#"'<>]{1,1024}@/g, `$1${mark}@`],
  [/([?&#][^\s?&=#"'<>]{1,128}=)[^\s&#"'<>\\]+/g, `$1${mark}`],
];
const byForm: Replaced = [
  [/\b(Digest\s{1,8})(?=[\w-]{1,32}\s{0,2}=)[^\r\n]+/gi, `$1${mark}`],
  [/\b(Bearer\s{1,8})[\w.~+/=:-]{6,}/gi, `$1${mark}`],
  [
    /\b((?:Basic|basic|BASIC)\s{1,8})(?=[a-z]{0,64}[A-Z0-9+/=])[A-Za-z0-9+/]{4,}={0,2}/g,
    `$1${mark}`,
  ],
  [/(?<![\w-])eyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g, mark],
  [/(?<![A-Z0-9])A(?:KIA|SIA|ROA|IDA|GPA|NPA|NVA|3T[A-Z0-9])[A-Z0-9]{16}(?![A-Z0-9])/g, mark],
  [
    /(?<![A-Za-z0-9])(?:[srp]k_(?:live|test)_|whsec_|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AIza|ph[cx]_)[\w+/=-]{8,}/g,
    mark,
  ],
  // The keys of our own API.
  [/(?<![\w-])rk_[\w-]+\.[\w.-]{16,}/g, mark],
  [/(?<!\w)SG\.[\w-]{16,64}\.[\w-]{16,64}/g, mark],
  // Every sign that a mailbox may have but the slash, which is a path's; `=` because bounces write jane=lead.example@host.
  [
    /(?:"[^"\r\n]{1,64}"|(?<![\p{L}\p{M}\p{N}\p{So}._%+'’!#$&*?^`{|}~=-])[\p{L}\p{M}\p{N}\p{So}._%+'’!#$&*?^`{|}~=-]+)(?:[@＠]|%40)(?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,20}[\p{L}\p{M}\p{N}-]{2,63}/gu,
    mark,
  ],
];

const ipv6 = /(?<![\w.])(?=[\da-f]{0,4}:)[\da-f:.]{3,}/gi;
// Four numbers with dots are a version, too, where a browser tells its own.
const ipv4 =
  /(?<!\d|\d\.)(?<!(?:Chrome|Chromium|CriOS|Edg|EdgA|EdgiOS|Edge|OPR|YaBrowser|Vivaldi|Version|SamsungBrowser|Electron)\/)(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d)/g;

// Eight groups of up to four digits, of which `::` stands for one or more, and IPv4 for the last two.
const isIpv6 = (candidate: string): boolean => {
  const sides = candidate.replace(/:(?:\d{1,3}\.){3}\d{1,3}$/, ':0:0').split('::');
  const groups = sides.flatMap((side) => (side === '' ? [] : side.split(':')));
  const counts = sides.length === 1 ? groups.length === 8 : sides.length === 2 && groups.length < 8;
  return counts && groups.every((group) => /^[\da-f]{1,4}$/i.test(group));
};

// A sentence may end in what could belong to the address.
const withoutAddress = (candidate: string): string => {
  if (candidate.length > 60) return candidate;
  const bare = candidate.replace(/[.:]$/, '');
  if (isIpv6(candidate)) return mark;
  return bare.length > 2 && isIpv6(bare) ? mark + candidate.slice(bare.length) : candidate;
};

const issued =
  /^(?:4\d{12}(?:\d{3}){0,2}|5\d{15}|2[2-7]\d{14}|3[47]\d{13}|3[0689]\d{12}|35\d{14}|6\d{15,18})$/;

/** True for digits that could be the number of a payment card: the length and first digits of an issuer, and Luhn's sum. */
export const isCard = (digits: string): boolean => {
  if (!issued.test(digits)) return false;
  const sum = digits.split('').reduce((total, digit, at) => {
    const weighed = Number(digit) * ((digits.length - at) % 2 === 1 ? 1 : 2);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
};

const digitGroups = /(?<!\d)\d{1,19}(?:[ \u00A0-]\d{1,19})*(?!\d)/g;
const longestCard = 19;

// A card beside other numbers: whole groups that together make one, at most ten of them.
const withoutCards = (text: string): string => {
  if (text.length < 13) return text;
  const parts = text.split(/([ \u00A0-])/);
  const kept: string[] = [];
  for (let at = 0; at < parts.length;) {
    let digits = '';
    let end = at;
    for (let to = at; to < parts.length && to <= at + 18; to += 2) {
      digits += parts[to] ?? '';
      if (digits.length > longestCard) break;
      if (isCard(digits)) end = to + 1;
    }
    kept.push(end > at ? mark : (parts[at] ?? ''), parts[end > at ? end : at + 1] ?? '');
    at = (end > at ? end : at + 1) + 1;
  }
  return kept.join('');
};

const replaced = (text: string, patterns: Replaced): string =>
  patterns.reduce((left, [pattern, by]) => left.replace(pattern, by), text);

const pass = (text: string): string =>
  replaced(withoutNamed(replaced(text, inUrls), mark), byForm)
    .replace(ipv6, withoutAddress)
    .replace(ipv4, mark)
    .replace(digitGroups, withoutCards);

// What was taken out may have hidden what stood right behind it, as a card's number hides a token without a blank between.
const mostPasses = 4;

/**
 * A text without secrets and personal data, as far as they can be told by their form: credentials and query values of
 * URLs, values beside a secret name, tokens, keys, e-mail addresses, IP addresses, card numbers. Characters that Postgres
 * cannot hold (NUL, halves of surrogate pairs) become U+FFFD. Takes time in proportion to the text.
 */
export const withoutSecrets = (text: string): string => {
  let clean = text.toWellFormed().replaceAll('\0', '\uFFFD');
  for (let passes = 0; passes < mostPasses; passes += 1) {
    const next = pass(clean);
    if (next === clean) break;
    clean = next;
  }
  return clean;
};
