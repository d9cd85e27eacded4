import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

const begin = (emails: number, only: string | undefined): string =>
  only === undefined
    ? `<!-- bench ${emails}: written by npm run bench -- --write -->`
    : `<!-- bench ${emails} ${only}: written by npm run bench -- --only ${only} --write -->`;
const end = '<!-- end of bench -->';

/** Puts the section of one data size, or of some questions at it, in place of the last one; the words around it stay. */
export const writeSection = async (
  emails: number,
  section: string,
  only?: string,
): Promise<void> => {
  const text = await readFile(file, 'utf8');
  const from = text.indexOf(begin(emails, only));
  const block = `${begin(emails, only)}\n${section}${end}\n`;
  if (from < 0) {
    await writeFile(file, `${text.trimEnd()}\n\n${block}`);
    return;
  }
  const to = text.indexOf(end, from) + end.length + 1;
  await writeFile(file, text.slice(0, from) + block + text.slice(to));
};
