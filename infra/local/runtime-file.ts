import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { isAlive } from './alive.ts';

const shape = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  urls: z.object({
    api: z.string(),
    sqs: z.string(),
    bus: z.string(),
    database: z.string(),
    issuer: z.string(),
    notices: z.string(),
    events: z.string(),
    shop: z.string(),
  }),
  queues: z.record(z.string(), z.object({ url: z.string(), dlqUrl: z.string() })),
  proxyPort: z.number().int().optional(),
  postgresPid: z.number().int().optional(),
  env: z.record(z.string(), z.string()),
});

/** What a running local runtime tells other processes about itself; `env` is what its functions read. */
export type RuntimeFile = z.output<typeof shape>;

/** The directory of everything local in a checkout: data, state, caches. */
export const stateDirOf = (root: string): string => join(root, '.rookery');

const pathOf = (stateDir: string): string => join(stateDir, 'runtime.json');

/** The runtime that runs now on this state directory, or undefined; a file left by a killed one does not count. */
export const readRuntimeFile = (stateDir: string): RuntimeFile | undefined => {
  const path = pathOf(stateDir);
  if (!existsSync(path)) return undefined;
  const parsed = shape.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : undefined;
};

/** Writes the file in one step, readable by its owner only: it holds connection strings. */
export const writeRuntimeFile = (stateDir: string, file: RuntimeFile): void => {
  const path = pathOf(stateDir);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.${process.pid}`, path);
};

/** Removes the file of this process. */
export const removeRuntimeFile = (stateDir: string): void => {
  rmSync(pathOf(stateDir), { force: true });
};
