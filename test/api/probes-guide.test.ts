import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { probe } from '@rookery/http/probes';
import { writeFindings } from '@rookery/monitoring/health/check';
import { lookForChecks } from '@rookery/monitoring/health/due';
import type { ProbeMessage } from '@rookery/monitoring/health/message';
import { settle } from '@rookery/monitoring/health/settle';
import { findingsOf, targetsOf } from '@rookery/monitoring/health/target';
import { windowsAt } from '@rookery/monitoring/health/windows';
import { kinds } from '@rookery/probe/kinds';
import { runProbes } from '@rookery/probe/run';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startShop, type Shop } from '../../infra/local/shop.ts';
import { answersOf, guideEnv } from './guide-answers.ts';
import { blocksIn, type Block } from './guide-blocks.ts';
import { openApi, type Api } from './stack.ts';

const file = 'docs/probes.md';
const tenantId = 'heron-analytics';
const minuteMs = 60_000;

let shop: Shop;
let api: Api;
let allowed: ReturnType<typeof applyEnv>;
let env: Readonly<Record<string, string>>;
let slot = Math.floor(Date.now() / minuteMs) * minuteMs;

beforeAll(async () => {
  shop = await startShop(0);
  allowed = applyEnv({ OUTBOUND_ALLOW: new URL(shop.url).host });
  api = await openApi();
  env = guideEnv(api, tenantId);
});
afterAll(async () => {
  await api.close();
  allowed.stop();
  await shop.stop();
});

// The shop of the test is not at the port of the demo's.
const answers = (block: Block | undefined): Promise<unknown[]> =>
  answersOf(
    block && {
      ...block,
      lines: block.lines.map((line) => line.replace('http://127.0.0.1:9328', shop.url)),
    },
    env,
  );

// What the schedule and the queue do in the next minute.
const minute = async (): Promise<void> => {
  const { ops } = api.world;
  slot += minuteMs;
  const at = new Date(slot);
  const windows = await windowsAt(ops, at);
  await settle(ops, at, windows);
  const messages: ProbeMessage[] = [];
  await lookForChecks(ops, {
    slot: at,
    windows,
    send: async (some) => void messages.push(...some),
  });
  for (const message of messages) {
    const targets = await targetsOf(ops, message);
    const exceptions = [new URL(shop.url).host];
    const run = await runProbes(targets, { exceptions, references: [] });
    await writeFindings(ops, at, findingsOf(message, run));
  }
};

const blocks = (section: string) => blocksIn(file, section);
const lines = (block: Block | undefined): readonly string[] => block?.lines ?? [];

test('the first probe: made, it finds the shop open; its page and its badge say so', async () => {
  const [make, look, tell] = blocks('The first probe');
  expect(await answers(make)).toMatchObject([{ data: { id: 'storefront', status: 'unknown' } }]);
  await minute();
  expect(await answers(look)).toMatchObject([
    { data: { status: 'healthy', checks: [{ status: 'healthy', details: { status: 200 } }] } },
  ]);
  expect(await answers(tell)).toMatchObject([
    { data: { failure_threshold: 2 } },
    { data: { id: 'services-down' }, warnings: [] },
  ]);
  const [page] = blocks('Status page and badge');
  const [status, badge] = (page?.lines ?? []).map((line) => ({ heading: '', lines: [line] }));
  expect(await answers(status)).toMatchObject([
    { status: 'healthy', services: [{ id: 'storefront', status: 'healthy' }] },
  ]);
  const address = /\$API(\S+?)"/.exec(badge?.lines[0] ?? '')?.[1] ?? '';
  const { status: code, text } = await api.ask(undefined, { target: address });
  expect([code, text]).toEqual([200, expect.stringContaining('Storefront')]);
});

test('a heartbeat: its key pings it and nothing else, and it is healthy within a minute', async () => {
  const [make, ping] = blocks('Heartbeats');
  const strange = lines(ping).map((line) => line.replace('nightly-backup', 'storefront'));
  // The key that a block makes is gone with its shell: one for all of it.
  const all = { heading: '', lines: [...lines(make), ...lines(ping), ...strange] };
  expect(await answers(all)).toMatchObject([
    { data: { id: 'nightly-backup', status: 'unknown', success_threshold: 1 } },
    { data: { id: 'nightly-backup', heartbeat_at: expect.any(String) } },
    { status: 403, code: 'forbidden' },
  ]);
  await minute();
  const target = '/v1/monitoring/services/nightly-backup';
  const { text } = await api.ask({ tenantId, role: 'tenant-member' }, { target });
  expect(JSON.parse(text)).toMatchObject({ data: { status: 'healthy' } });
});

test('a maintenance window is taken as it is written', async () => {
  expect(await answers(blocks('Maintenance windows')[0])).toMatchObject([
    { data: { id: 'sunday-night', services: ['storefront'], cron: '0 2 * * 0' } },
  ]);
});

test('there is an example of every kind of probe, and each is one', () => {
  const json = readFileSync(file, 'utf8').match(/^```json\n([\s\S]*?)^```/m)?.[1] ?? '';
  const shown = z.array(probe).parse(JSON.parse(json));
  expect(shown.map(({ kind }) => kind).toSorted()).toEqual(
    [...Object.keys(kinds), 'heartbeat'].toSorted(),
  );
});
