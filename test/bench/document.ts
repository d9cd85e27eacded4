import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

const begin = (emails: number): string =>
  `<!-- bench ${emails}: written by npm run bench -- --write -->`;
const end = '<!-- end of bench -->';

/** Puts the section of one data size into docs/performance.md in place of the last one; the words around it stay. */
export const writeSection = async (emails: number, section: string): Promise<void> => {
  const text = await readFile(file, 'utf8');
  const from = text.indexOf(begin(emails));
  const block = `${begin(emails)}\n${section}${end}\n`;
  if (from < 0) {
    await writeFile(file, `${text.trimEnd()}\n\n${block}`);
    return;
  }
  const to = text.indexOf(end, from) + end.length + 1;
  await writeFile(file, text.slice(0, from) + block + text.slice(to));
};
