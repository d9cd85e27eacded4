import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { choosePort } from '../../infra/local/endpoint.ts';
import { signToken } from '../../infra/local/issuer.ts';
import { readRuntimeFile, type RuntimeFile } from '../../infra/local/runtime-file.ts';
import { childEnv } from '../world/child-env.ts';

const root = join(import.meta.dirname, '../..');
const file = 'packages/telemetry/plan/business.ts';

// What the developer writes, and all of it.
const entry = `  business_referred: entry({
    ...common,
    description: 'A customer brought another one.',
    pii: ['friend'],
    properties: z.strictObject({ code: word, friend: z.email().optional() }),
    example: { code: 'HERON-7' },
  }),
`;
const first = 'export const business = {\n';

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'rookery-entry-'));
  // Postgres runs as nobody when we are root, and must pass through.
  chmodSync(copy, 0o711);
  for (const part of ['packages', 'functions', 'infra', 'package.json', 'tsconfig.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  const modules = join(copy, 'node_modules');
  mkdirSync(join(modules, '@rookery'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@rookery' && !name.startsWith('.vi'))
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
  for (const name of readdirSync(join(root, 'packages')))
    symlinkSync(join(copy, 'packages', name), join(modules, '@rookery', name));
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

const digests = (): Map<string, string> =>
  new Map(
    globSync('{packages,functions,infra,package.json}/**', { cwd: copy, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );

const rookery = (...args: string[]) =>
  spawnSync(process.execPath, ['packages/cli/main.ts', ...args], {
    cwd: copy,
    encoding: 'utf8',
    env: childEnv,
  });

const where = () => rookery('where-does-it-go', 'business_referred');

const start = async (data: string): Promise<{ running: ChildProcess; found: RuntimeFile }> => {
  const port = String(await choosePort());
  const running = spawn(process.execPath, ['infra/local/dev.ts', '--data', data, '--port', port], {
    cwd: copy,
    env: childEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('ready in')) {
    if (running.exitCode !== null) throw new Error(`npm run dev ended: ${said}`);
    await once(running.stderr, 'data');
  }
  const found = readRuntimeFile(data);
  if (found === undefined) throw new Error(`it runs, and says nowhere how: ${said}`);
  return { running, found };
};

// Both doors of what runs there, as a producer would use them.
const doorsOf = async (data: string, { urls }: RuntimeFile) => {
  const token = await signToken(data, {
    tenantId: 'heron-analytics',
    role: 'tenant-admin',
    subject: 'dev',
    expiresInSeconds: 600,
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const bus = new EventBridgeClient({ endpoint: urls.bus, region: 'eu-central-1', credentials });
  return {
    post: async (events: readonly object[]) => {
      const body = JSON.stringify({ events });
      return (await fetch(`${urls.api}/v1/events`, { method: 'POST', headers, body })).json();
    },
    put: (detail: object) =>
      bus.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: 'rookery',
              Source: 'penguinmails',
              DetailType: 'business_referred',
              Detail: JSON.stringify({ tenant_id: 'heron-analytics', ...detail }),
            },
          ],
        }),
      ),
    shown: async () => (await fetch(`${urls.events}/__events`)).text(),
    close: () => bus.destroy(),
  };
};

const soon = { timeout: 30_000, interval: 100 };
const right = { code: 'HERON-7', friend: 'ada@example.com' };
const wrong = { code: 7, colour: 'red' };

test('one entry in the plan, no other file, and the event is validated and routed by both doors and seen at the local sink', async () => {
  const before = digests();
  const unknown = where();
  const text = readFileSync(join(copy, file), 'utf8');
  writeFileSync(join(copy, file), text.replace(first, `${first}${entry}`));
  const known = where();
  expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringMatching(/^event-unknown: /)]);
  expect([known.status, known.stdout]).toEqual([0, expect.stringMatching(/goes to +posthog/)]);

  const data = join(copy, 'data');
  const { running, found } = await start(data);
  const doors = await doorsOf(data, found);
  const receipt = await doors.post([
    { id: 'by-http', event: 'business_referred', properties: right },
    { id: 'wrong-http', event: 'business_referred', properties: wrong },
  ]);
  await doors.put({ id: 'by-bus', actor: 'usr_7', properties: right });
  await doors.put({ id: 'wrong-bus', properties: wrong });

  expect(receipt).toMatchObject({
    accepted: 1,
    events: [{ verdict: 'accepted' }, { verdict: 'rejected', code: 'properties-invalid' }],
  });
  const arrived = await vi.waitFor(async () => {
    const { events } = JSON.parse(await doors.shown());
    const ours = events.filter(({ event }: { event: string }) => event === 'business_referred');
    expect(ours).toHaveLength(2);
    return ours;
  }, soon);
  expect(arrived).toMatchObject([
    { sink: 'posthog', actor: 'usr_7', properties: { code: 'HERON-7', event_version: 1 } },
    { sink: 'posthog', tenant: 'heron-analytics', properties: { code: 'HERON-7' } },
  ]);
  expect(await doors.shown()).not.toMatch(/ada@example|colour/);
  const refused = { event: 'business_referred', code: 'properties-invalid', rejections: 1 };
  await vi.waitFor(() => {
    const told = rookery('telemetry', 'rejected', '--json', '--data', data);
    const { rejected } = JSON.parse(told.stdout);
    for (const door of ['http', 'bus'])
      expect(rejected).toContainEqual(expect.objectContaining({ ...refused, door }));
  }, soon);

  doors.close();
  running.kill('SIGINT');
  await once(running, 'close');
  const after = digests();
  expect([...after].filter(([path, digest]) => before.get(path) !== digest)).toEqual([
    [join(copy, file), expect.any(String)],
  ]);
  expect(after.size).toBe(before.size);
});
