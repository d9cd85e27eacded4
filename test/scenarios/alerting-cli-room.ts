import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { explainAlertCommand } from '../../packages/cli/commands/explain-alert.ts';
import { ruleCommand } from '../../packages/cli/commands/rule.ts';
import { rulesCommand } from '../../packages/cli/commands/rules.ts';
import { call, type Ran } from '../world/call.ts';
import { childEnv } from '../world/child-env.ts';
import { openSourceRoom, type SourceRoom } from './alert-source-room.ts';

const root = join(import.meta.dirname, '../..');

/** The command line over a world of its own, with the tenants acme and globex. */
export type CliRoom = SourceRoom & {
  /** Runs a command as a process of its own, which takes a second: where the process is what is tested. */
  readonly rookery: (...words: readonly string[]) => Promise<Ran>;
  /** Runs a command in this process, one at a time. */
  readonly call: (...words: readonly string[]) => Promise<Ran>;
  /** Writes a file and says where it is. */
  readonly file: (name: string, text: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

const commands = new Map(
  [explainAlertCommand, ruleCommand, rulesCommand].map((command) => [command.name(), command]),
);

/** Opens such a room. */
export const openCliRoom = async (): Promise<CliRoom> => {
  const room = await openSourceRoom();
  const { world } = room;
  const folder = await mkdtemp(join(tmpdir(), 'rookery-cli-'));
  const env = {
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_URL_API: world.url('rookery_api'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  await world.admin.script(`insert into olap.tenant (tenant_id) values ('acme'), ('globex')`);
  const rookery = async (...words: readonly string[]): Promise<Ran> => {
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
  return {
    ...room,
    rookery,
    call: (...[name = '', ...words]) => call(commands.get(name), words),
    file: async (name, text) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    },
    close: async () => {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
      await world.close();
    },
  };
};
