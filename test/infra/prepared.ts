import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../infra/graph/places.ts';

/**
 * Begins to lay ready what the graph of a stage needs, while other tests run: those that need it wait for it themselves
 * (infra/prepare.ts), and fail with what is wrong.
 */
export default function setup(): () => Promise<void> {
  const child = spawn(process.execPath, [join(root, 'infra/sst.ts'), 'version'], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.on('close', resolve).on('error', resolve));
  return async () => {
    await ended;
  };
}
