import { globSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the checkout. */
export const root = join(import.meta.dirname, '../..');

/** The files of the checkout that match, relative to its root, sorted; installed packages left out. */
export const filesIn = (...patterns: string[]): string[] =>
  globSync(patterns, { cwd: root })
    .filter((file) => !file.includes('node_modules'))
    .sort();
