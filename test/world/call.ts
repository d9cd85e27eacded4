import type { Command } from 'commander';
import { vi } from 'vitest';

/** What a command printed, and its exit code. */
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a command in this process, one at a time: a process of its own takes half a second of CPU more. */
export const call = async (
  command: Command | undefined,
  words: readonly string[],
): Promise<Ran> => {
  const [out, err]: [string[], string[]] = [[], []];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  const error = vi
    .spyOn(console, 'error')
    .mockImplementation((line: string) => void err.push(line));
  const before = process.exitCode;
  try {
    await command?.parseAsync(words, { from: 'user' });
    return { code: Number(process.exitCode), out: out.join('\n'), err: err.join('\n') };
  } finally {
    process.exitCode = before;
    log.mockRestore();
    error.mockRestore();
  }
};
