// What differs between occurrences of one error. Longest things first: a UUID is not a few hexadecimal numbers. Each pattern
// has bounded or disjoint parts, so that no message takes more than time proportional to its length.
const placeholders: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>]{1,2000}/gi, '<url>'],
  [/(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{1,255}/gu, '<email>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/"[^"\n]{0,500}"|(?<![\p{L}\p{N}])'[^'\n]{0,500}'(?![\p{L}\p{N}])|`[^`\n]{0,500}`/gu, '<text>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b(?:0x[0-9a-f]{1,64}|(?=[a-f]{0,63}\d)[0-9a-f]{8,64})\b/gi, '<hex>'],
  // Also within a word: `inv_10023` and `row7` differ by their numbers alone.
  [/\d+(?:[.,]\d+)*/g, '<n>'],
];

const mostCharacters = 10_000;

/**
 * A message without what differs between occurrences of one error: numbers, identifiers, addresses, times and quoted texts
 * become placeholders, runs of blanks one blank. Of a longer message the first 10,000 characters count.
 */
export const normalised = (message: string): string =>
  placeholders
    .reduce(
      (text, [pattern, placeholder]) => text.replace(pattern, placeholder),
      message.slice(0, mostCharacters),
    )
    .replace(/\s+/g, ' ')
    .trim();
