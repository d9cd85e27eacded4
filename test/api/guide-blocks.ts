import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A ```sh block of a document: the heading it stands under, and its lines. */
export type Block = { readonly heading: string; readonly lines: readonly string[] };

/** Every ```sh block of a document, or of one of its sections, in order. */
export const blocksIn = (file: string, section?: string): Block[] => {
  const blocks: Block[] = [];
  let heading = '';
  let open: string[] | undefined;
  let fenced = false;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('```')) {
      if (open !== undefined) blocks.push({ heading, lines: open });
      open = !fenced && /^```(?:sh|bash|shell)\b/.test(line) ? [] : undefined;
      fenced = !fenced;
    } else if (open !== undefined) open.push(line);
    else if (!fenced && line.startsWith('#')) heading = line.replace(/^#+ /, '');
  }
  return blocks.filter((block) => section === undefined || block.heading === section);
};

/** The lines of a block that say where the API is and who asks: a test has an API and a token of its own. */
export const setupOf = ({ lines }: Block): string[] =>
  lines.filter((line) => line.startsWith('export '));

/** What a block does after that. */
export const scriptOf = ({ lines }: Block): string =>
  lines
    .filter((line) => !line.startsWith('export '))
    .join('\n')
    .trim();

/** Runs a script as a careful shell does: the first command of it that fails, also within a pipe, ends it. */
export const shell = async (
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> => {
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
};
