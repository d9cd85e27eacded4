// What differs between occurrences of one error. Longest things first: a UUID is not a few hexadecimal numbers. Each pattern
// has bounded or disjoint parts, so that no message takes more than time proportional to its length; and none but those of
// numbers begins or ends where another left a placeholder, so that normalising twice is normalising once.
const placeholders: readonly (readonly [RegExp, string])[] = [
  [/[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>]+/gi, '<url>'],
  [
    /(?<!(?:[\p{L}\p{N}._%+-]|<(?:email|uuid|token|text|time|address|hex|id|n)>)'?)[\p{L}\p{N}._%+-]+(?:'[\p{L}\p{N}._%+-]+)*@[\p{L}\p{N}.-]+/gu,
    '<email>',
  ],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<uuid>'],
  [/(?<![\w>-])eyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g, '<token>'],
  // As Postgres tells the values of a key.
  [/(?<==\()[^()\n]+(?=\))/g, '<text>'],
  // An apostrophe between letters neither begins nor ends a quotation; one within another is enough.
  [
    /"[^"\n]*"|`[^`\n]*`|[“„](?:(?!<text>)[^“”\n])*[“”]|«(?:(?!<text>)[^«»\n])*»|(?<![\p{L}\p{N}]|<[a-z]{1,7}>)'(?:(?!<text>)[^'\n]|(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}]))*'(?![\p{L}\p{N}]|<[a-z]{1,7}>)/gu,
    '<text>',
  ],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d(?::?\d\d)?)?/g, '<time>'],
  // IPv6, and a time of day with its seconds: three groups at least.
  [
    /(?<![\p{L}\p{N}:.])(?=[a-f:]{0,40}\d)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\p{L}\p{N}:])/giu,
    '<address>',
  ],
  [/(?<![\p{L}\p{N}])(?:0x[0-9a-f]+|(?=[a-f]{0,64}\d)[0-9a-f]{8,64})(?![\p{L}\p{N}])/giu, '<hex>'],
  // ULIDs and their like, and what stands behind the prefix of its kind as in `cus_NffrFeUfNV2Hib`.
  [
    /(?<![\p{L}\p{N}])(?:(?=[a-z]{0,30}\d{1,30}[a-z]{1,30}\d)|(?<=(?<![\p{L}\p{N}_])[a-z]{2,6}_)(?=[a-z]{0,64}\d))[0-9a-z]{12,64}(?![\p{L}\p{N}])/giu,
    '<id>',
  ],
  // Also within a word: `inv_10023` and `row7` differ by their numbers alone.
  [/(?:(?<![^\s(=:,])[+-])?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?/gi, '<n>'],
  // However long a list is: `in ($1, $2, $3)`.
  [/(\$?<[a-z]{1,7}>)(?:, ?\1)+/g, '$1'],
];

const mostCharacters = 10_000;

// Lines stay lines: a quotation does not go over one.
const spaced = (text: string): string =>
  text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim();

/**
 * A message without what differs between occurrences of one error: numbers, identifiers, addresses, times, quoted texts and
 * lists of them become placeholders, runs of blanks one blank. Of a longer message the first 10,000 characters count.
 */
export const normalised = (message: string): string =>
  placeholders.reduce(
    (text, [pattern, placeholder]) => text.replace(pattern, placeholder),
    spaced(message.slice(0, mostCharacters)),
  );
