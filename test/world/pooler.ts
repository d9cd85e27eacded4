import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identity } from '../../infra/local/ground.ts';
import type { Target } from '../../infra/local/proxy.ts';

/** A pooler before a Postgres, as Neon has one before each compute. */
export type Pooler = Target & { readonly stop: () => Promise<void> };

const command = process.env['PGBOUNCER'] ?? 'pgbouncer';

/** Why there is no pooler here, or nothing: before 1.21 PgBouncer knows no prepared statements, which Neon's keeps. */
export const poolerMissing = (): string | undefined => {
  const { stdout, error } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  if (error !== undefined) return `no ${command} on this machine; name one with PGBOUNCER`;
  const [, major = '0', minor = '0'] = /PgBouncer (\d+)\.(\d+)/.exec(stdout) ?? [];
  if (Number(major) > 1 || Number(minor) >= 21) return undefined;
  return `${command} is ${major}.${minor}; 1.21 or newer is needed`;
};

// What Neon documents of its own (docs/connect/connection-pooling), but for the size: the smaller a pool, the more sessions
// meet in a connection.
const settings = (port: number, directory: string, size: number, { host, port: to }: Target) => `
[databases]
* = host=${host} port=${to}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${directory}/users
pool_mode = transaction
max_client_conn = 10000
max_prepared_statements = 1000
default_pool_size = ${size}
query_wait_timeout = 120
`;

const answers = async (port: number): Promise<boolean> => {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

/** Starts PgBouncer in transaction mode for these users and passwords, with `size` connections a user and database. */
export const startPooler = async (
  target: Target,
  logins: Readonly<Record<string, string>>,
  { port, size }: { readonly port: number; readonly size: number },
): Promise<Pooler> => {
  const directory = await mkdtemp(join(tmpdir(), 'rookery-pooler-'));
  await chmod(directory, 0o711);
  const users = Object.entries(logins).map(([user, password]) => `"${user}" "${password}"\n`);
  await writeFile(join(directory, 'users'), users.join(''));
  const file = join(directory, 'pgbouncer.ini');
  await writeFile(file, settings(port, directory, size, target));
  const child = spawn(command, ['-q', file], { ...identity(), stdio: 'ignore' });
  const ended = once(child, 'exit');
  const deadline = performance.now() + 10_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error('PgBouncer did not start');
    await sleep(20);
  }
  return {
    host: '127.0.0.1',
    port,
    stop: async () => {
      child.kill('SIGQUIT');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
};
