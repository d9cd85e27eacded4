import { readFile } from 'node:fs/promises';
import { Failure } from '@rookery/kernel/failure';

/** The text of a file that was named on the command line; fails with `file-unreadable`. */
export const textOf = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('invalid', 'file-unreadable', `${path} cannot be read: ${why}`, { cause });
  }
};
