import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Command } from 'commander';
import { vi } from 'vitest';
import { childEnv } from './child-env.ts';

const root = join(import.meta.dirname, '../..');

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

/** Runs the whole program as an operator starts it, in a process of its own with these variables besides. */
export const program = async (
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> => {
  const child = spawn(process.execPath, [join(root, 'packages/cli/main.ts'), ...words], {
    cwd: root,
    env: { ...childEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
};
