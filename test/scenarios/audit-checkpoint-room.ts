import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedKeys } from '@rookery/lambda/checkpoint-keys';
import { closeDatabases } from '@rookery/lambda/database';
import { ensureSignKey, signerFor } from '@rookery/lambda/sign';
import { openSigned } from '@rookery/lambda/signed';
import { folder } from '@rookery/monitoring/retention/place';
import type { Checkpoint } from '@rookery/warehouse/audit/checkpoint';
import { readAll, shelfAt, type Shelf } from '@rookery/warehouse/audit/checkpoint-shelf';
import { verifyAudit, type ChainResult } from '@rookery/warehouse/audit/verify';
import { applyEnv } from '../../infra/local/function-env.ts';
import { auditCommand } from '../../packages/cli/commands/audit.ts';
import { call, type Ran } from '../world/call.ts';
import { childEnv } from '../world/child-env.ts';
import { openWorld, type World } from '../world/world.ts';
import { contextOf } from './function-room.ts';

const root = join(import.meta.dirname, '../..');
const main = join(root, 'packages/cli/main.ts');

const spoken = async (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Ran> => {
  const child = spawn(process.execPath, [main, 'audit', ...args], {
    cwd: root,
    env: { ...childEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
};

/** A world with chains of audit, the function that signs them, and the folder in which checkpoints lie. */
export type CheckpointRoom = {
  readonly world: World;
  readonly place: string;
  readonly shelf: Shelf;
  /** Writes so many entries of a tenant, as the door would. */
  readonly write: (tenantId: string, count?: number) => Promise<void>;
  /** As one who is above all triggers. */
  readonly tamper: (sql: string) => Promise<void>;
  /** Fires the schedule for a slot. */
  readonly fire: (slot: string) => Promise<unknown>;
  /** Runs `rookery audit …` on it, in this process. */
  readonly rookery: (...args: readonly string[]) => Promise<Ran>;
  /** The same as a process of its own, which takes a second: where the process is what is tested. */
  readonly program: (...args: readonly string[]) => Promise<Ran>;
  /** A path beside the checkpoints that nobody else uses. */
  readonly at: (name: string) => string;
  readonly files: () => Promise<string[]>;
  readonly checkpoints: () => Promise<readonly Checkpoint[]>;
  /** What verifying finds with the checkpoints, as `tenant kind seq`; without them on request. */
  readonly found: (trusting?: boolean) => Promise<string[]>;
  readonly close: () => Promise<void>;
};

const faultsOf = (results: readonly ChainResult[]): string[] =>
  results.flatMap(({ faults }) =>
    faults.map(({ tenantId, kind, seq }) => `${tenantId} ${kind} ${seq}`),
  );

/** Opens it; `variables` go over those of a laptop. */
export const openCheckpointRoom = async (
  variables: Readonly<Record<string, string>> = {},
): Promise<CheckpointRoom> => {
  const world = await openWorld();
  const home = await mkdtemp(join(tmpdir(), 'rookery-checkpoints-'));
  const place = join(home, 'checkpoints-place');
  const key = join(home, 'sign.key');
  await ensureSignKey(key);
  const env = applyEnv({
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    SIGN_KEY: `file:${key}`,
    CHECKPOINT_PLACE: place,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    LOG_LEVEL: 'SILENT',
    ...variables,
  });
  const shelf = shelfAt(folder(place), new Date());
  const { handler } = await import('../../functions/schedule/checkpoints.ts');
  const read = async () => {
    const keys = { keys: [await signerFor(`file:${key}`).publicKey()] };
    return readAll(shelf, (text) => openSigned(text, keys, 'rookery-checkpoint'));
  };
  const noted = async () =>
    (await read()).filed.flatMap(({ checkpoint: { heads, at } }) =>
      heads.map(({ tenant_id: tenantId, seq, hash }) => ({ tenantId, seq, hash, at })),
    );
  return {
    world,
    place,
    shelf,
    write: (tenantId, count = 1) =>
      world.admin.script(`
        insert into olap.admin_audit_log (tenant_id, admin_user_id, action, resource_type, resource_id, ip_address, notes,
          new_values)
        select '${tenantId}', 'user-' || g, 'role.granted', 'user', 'u' || g, '10.0.0.' || g % 250, 'note ' || g,
          jsonb_build_object('role', 'admin', 'n', g)
        from generate_series(1, ${count}) g`),
    tamper: (sql) =>
      world.admin.script(`begin; set local session_replication_role = replica; ${sql}; commit`),
    fire: async (slot) => handler({ job: 'checkpoints', scheduledTime: slot }, contextOf(120_000)),
    rookery: (...args) => call(auditCommand, args),
    program: (...args) =>
      spoken(args, {
        DATABASE_URL_OPS: world.url('rookery_ops'),
        SIGN_KEY: `file:${key}`,
        CHECKPOINT_PLACE: place,
      }),
    at: (name) => join(home, name),
    files: async () => (await readdir(join(place, 'checkpoints')).catch(() => [])).toSorted(),
    checkpoints: async () => (await read()).filed.map(({ checkpoint }) => checkpoint),
    found: async (trusting = false) => {
      const checkpoints = trusting ? [] : await noted();
      return faultsOf(await verifyAudit(world.ops, { tenantIds: null, checkpoints }));
    },
    close: async () => {
      await closeDatabases();
      env.stop();
      await rm(home, { recursive: true, force: true });
      await world.close();
    },
  };
};

/** The keys that a room published. */
export const keysOf = (room: CheckpointRoom) => publishedKeys(room.shelf);
