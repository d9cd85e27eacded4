import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Screen } from '../../packages/cli/screen.ts';
import { readPostmaster, serves } from './postmaster.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
// npm passes on the Ctrl-C that the terminal has already sent to us: two that close together are one.
const oneKeyMs = 500;

/** Ends the Postgres on a data directory at once, without waiting: for the second Ctrl-C only. */
export const killPostgres = (stateDir: string): void => {
  const dataDir = join(stateDir, 'postgres');
  if (!existsSync(dataDir)) return;
  const real = realpathSync(dataDir);
  const found = readPostmaster(real);
  if (found !== undefined && serves(found, real)) process.kill(found.pid, 'SIGQUIT');
};

/** A signal that aborts on the first Ctrl-C; the second one calls `force` and ends the process. */
export const interruptible = (
  screen: Screen,
  force: () => void,
): { readonly signal: AbortSignal; readonly stop: () => void } => {
  const stopping = new AbortController();
  let first = 0;
  const hear = (): void => {
    if (!stopping.signal.aborted) {
      first = performance.now();
      screen.say('stopping; Ctrl-C again to force it');
      stopping.abort();
      return;
    }
    if (performance.now() - first < oneKeyMs) return;
    force();
    process.exit(130);
  };
  for (const signal of signals) process.on(signal, hear);
  return {
    signal: stopping.signal,
    stop: () => {
      for (const signal of signals) process.off(signal, hear);
    },
  };
};
