import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addApiKey } from '@rookery/lambda/api-key.sql';
import { describe } from '@rookery/kernel/failure';
import { newApiKey } from '@rookery/lambda/api-key';
import { choosePort } from '../../infra/local/endpoint.ts';
import { signToken } from '../../infra/local/issuer.ts';
import { startRuntime, type Runtime } from '../../infra/local/runtime.ts';
import type { Stage } from '../../packages/cli/smoke-stage.ts';
import { emails, tenant } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';

/** A whole stage on this machine, as npm run dev has it, with a tenant that has e-mails. */
export type SmokeRoom = {
  readonly desk: Desk;
  readonly runtime: Runtime;
  readonly stateDir: string;
  /** Everything given that checks may need. */
  readonly stage: Stage & { readonly token: string; readonly apiKey: string };
  readonly token: (tenantId: string, role: 'tenant-admin' | 'tenant-member') => Promise<string>;
  readonly close: () => Promise<void>;
};

const root = join(import.meta.dirname, '../..');

/** The tenant of the room. */
export const tenantId = 'heron';

const seed = async ({ world, settle }: Desk): Promise<void> => {
  await tenant(world.admin, { tenant_id: tenantId, timezone: 'UTC' });
  const sent_at = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const campaigns = Array.from({ length: 40 }, (_, i) => `campaign-${i}`);
  await emails(
    world.admin,
    campaigns.map((campaign_id) => ({ tenant_id: tenantId, sent_at, campaign_id })),
  );
  await settle();
};

const keyOf = async ({ world }: Desk): Promise<string> => {
  const { id, text, hash: keyHash } = newApiKey(tenantId);
  const scopes = ['errors'];
  const now = new Date();
  const made = { name: 'smoke', createdBy: 'test', now, expiresAt: null };
  await world.ops.query(addApiKey, { tenantId, id, keyHash, scopes, ...made });
  return text;
};

// Of two runtimes that start in the same instant one may take the port that the other has just found free: it starts again.
const started = async (
  stateDir: string,
  { world }: Pick<Desk, 'world'>,
  tries = 5,
): Promise<Runtime> => {
  try {
    return await startRuntime({
      root,
      stateDir,
      port: await choosePort(),
      env: { DATABASE_URL: world.url('postgres'), LOG_LEVEL: 'SILENT' },
      firing: false,
      say: () => {},
    });
  } catch (error) {
    if (tries === 1 || !describe(error).includes('EADDRINUSE')) throw error;
    return started(stateDir, { world }, tries - 1);
  }
};

/** Opens it; schedules do not fire by themselves. */
export const openSmokeRoom = async (): Promise<SmokeRoom> => {
  const desk = await openDesk();
  await seed(desk);
  const stateDir = await mkdtemp(join(tmpdir(), 'rookery-smoke-'));
  const runtime = await started(stateDir, desk);
  const token: SmokeRoom['token'] = (whose, role) =>
    signToken(stateDir, { tenantId: whose, role, subject: 'smoke', expiresInSeconds: 3_600 });
  return {
    desk,
    runtime,
    stateDir,
    token,
    stage: {
      api: runtime.urls.api,
      streams: {},
      token: await token(tenantId, 'tenant-admin'),
      apiKey: await keyOf(desk),
      isWriting: true,
      timeoutMs: 10_000,
    },
    close: async () => {
      await runtime.stop();
      await rm(stateDir, { recursive: true, force: true });
      await desk.close();
    },
  };
};
