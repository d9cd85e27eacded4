import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSourceRoom, type SourceRoom } from './alert-source-room.ts';

const root = join(import.meta.dirname, '../..');

/** What a command printed, and its exit code. */
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** The command line over a world of its own, whose tenant is acme where a test names none. */
export type CliRoom = SourceRoom & {
  readonly rookery: (...words: readonly string[]) => Promise<Ran>;
  /** Writes a file and says where it is. */
  readonly file: (name: string, text: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Opens such a room. */
export const openCliRoom = async (): Promise<CliRoom> => {
  const room = await openSourceRoom();
  const { world } = room;
  const folder = await mkdtemp(join(tmpdir(), 'rookery-cli-'));
  const rookery = async (...words: readonly string[]): Promise<Ran> => {
    const child = spawn(process.execPath, [join(root, 'packages/cli/main.ts'), ...words], {
      cwd: root,
      env: {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL_OPS: world.url('rookery_ops'),
        DATABASE_URL_API: world.url('rookery_api'),
        DATABASE_PROXY_PORT: String(world.proxyPort),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    await once(child, 'close');
    return { code: child.exitCode, out, err };
  };
  return {
    ...room,
    rookery,
    file: async (name, text) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    },
    close: async () => {
      await rm(folder, { recursive: true });
      await world.close();
    },
  };
};
