import { readFileSync } from 'node:fs';

/** The rows of the table of a document that has this header. */
export const tableBelow = (file: string, header: string): string[] => {
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines.indexOf(header);
  return at === -1 ? [] : lines.slice(at + 2, lines.indexOf('', at));
};

/** The ```ts blocks of a document, in order. */
export const codeIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);

/** What the first ```json block of a document says. */
export const jsonIn = (file: string): unknown =>
  JSON.parse(/^```json\n([\s\S]*?)^```/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '');

/** A text with its white space made one, whatever its indentation. */
export const bare = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Words as a cell of a table lists them. */
export const inCell = (words: readonly string[]): string =>
  words.map((word) => `\`${word}\``).join(', ');

/** The tests that a document names, as it names them. */
export const testsIn = (file: string): string[] => [
  ...new Set(
    [...readFileSync(file, 'utf8').matchAll(/`([\w/*-]+\.test\.ts)`/g)].map(
      ([, name = '']) => name,
    ),
  ),
];
