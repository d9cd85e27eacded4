import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childEnv } from '../world/child-env.ts';

/** The checkout. */
export const root = join(import.meta.dirname, '../..');

/** Starts `npm run dev` as a process; `said` waits for a text of its output. */
export const start = (...args: string[]) => {
  const child = spawn(process.execPath, [join(root, 'infra/local/dev.ts'), ...args], {
    cwd: root,
    env: childEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const done = once(child, 'close').then(() => ({ code: child.exitCode, out, err }));
  return {
    child,
    done,
    said: async (text: string): Promise<string> => {
      while (!`${out}${err}`.includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended without "${text}": ${err}`);
        await once(child.stderr, 'data');
      }
      return out;
    },
  };
};

/** Every process whose command line names a data directory: the runner itself and its Postgres. */
export const left = (data: string): string[] =>
  spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(data));

/** The last line of its table, a text a column. */
export const totals = (out: string): string[] =>
  out
    .split('\n')
    .find((line) => line.startsWith('total'))
    ?.trim()
    .split(/\s{2,}/) ?? [];
