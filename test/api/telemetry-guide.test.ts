import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamItems } from '@rookery/http/streams/streams';
import { publishKey } from '@rookery/lambda/checkpoint-keys';
import { database } from '@rookery/lambda/database';
import { signerFor } from '@rookery/lambda/sign';
import { openSigned } from '@rookery/lambda/signed';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { folder } from '@rookery/monitoring/retention/place';
import { judgeBy } from '@rookery/telemetry/opened';
import { queuedMessage } from '@rookery/telemetry/queued';
import { countEach } from '@rookery/telemetry/rejected';
import { routeBatch } from '@rookery/telemetry/router';
import { shelfAt } from '@rookery/warehouse/audit/checkpoint-shelf';
import { apiKeyCommand } from '../../packages/cli/commands/api-key.ts';
import { auditCommand } from '../../packages/cli/commands/audit.ts';
import { telemetryCommand } from '../../packages/cli/commands/telemetry.ts';
import { whereDoesItGoCommand } from '../../packages/cli/commands/where-does-it-go.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { tenant } from '../world/builders.ts';
import { answersOf, guideEnv } from './guide-answers.ts';
import { blocksIn, shell, type Block } from './guide-blocks.ts';
import { runLine } from './guide-commands.ts';
import { codeIn, jsonIn } from './guide-parts.ts';
import { openApi, type Api } from './stack.ts';

const tenantId = 'heron-analytics';
const [telemetry, audit] = ['docs/telemetry.md', 'docs/audit.md'] as const;
const commands: Readonly<Record<string, Command>> = {
  audit: auditCommand,
  telemetry: telemetryCommand,
  'api-key': apiKeyCommand,
  'where-does-it-go': whereDoesItGoCommand,
};

let api: Api;
let home: string;
let env: Readonly<Record<string, string>>;
let applied: ReturnType<typeof applyEnv>;

beforeAll(async () => {
  api = await openApi();
  await tenant(api.world.admin, { tenant_id: tenantId });
  await api.desk.settle();
  home = await mkdtemp(join(tmpdir(), 'rookery-guide-'));
  const { API, TOKEN, ...databases } = guideEnv(api, tenantId);
  const place = join(home, 'checkpoints');
  applied = applyEnv({ ...databases, CHECKPOINT_PLACE: place });
  const signer = signerFor(process.env['SIGN_KEY'] ?? '');
  await publishKey(shelfAt(folder(place), new Date()), await signer.publicKey());
  const tokenOf = (role: 'auditor' | 'operator') => api.token({ tenantId, role });
  env = { API, TOKEN, AUDITOR: tokenOf('auditor'), OPERATOR: tokenOf('operator') } as typeof env;
});
afterAll(async () => {
  applied.stop();
  await api.close();
  await rm(home, { recursive: true });
});

// The files of the examples lie in a folder of the test.
const here = (line: string): string =>
  line.replaceAll(/(?<=^|\s)(headers\.txt|audit\.ndjson\S*|keys\.json|q1\.csv)/g, `${home}/$1`);

/** The answers of a block of curl; tokens are the test's own, a key is made as the block says. */
const ask = async (block: Block | undefined): Promise<unknown[]> => {
  const lines: string[] = [];
  let made = {};
  for (const line of (block?.lines ?? []).map(here)) {
    const [, name = '', inner = ''] = /^export (\w+)=(?:\$\()?(.*?)\)?$/.exec(line) ?? [];
    if (name === '') lines.push(line);
    else if (name === 'KEY') made = { KEY: (await run(inner)).out };
  }
  return answersOf({ heading: '', lines }, { ...env, ...made });
};

const run = (line: string) => runLine(commands, here(line));
const isOurs = (line: string): boolean => line.startsWith('npm run ');
const blocks = (file: string, section: string) => blocksIn(file, section);
const runAll = async (block: Block | undefined) => {
  const said = [];
  for (const line of block?.lines ?? []) said.push(await run(line));
  return said;
};

test('the first event: taken, the others refused with what to do, counted and found by reason', async () => {
  const [send, rejections, look] = blocks(telemetry, 'The first event');
  expect(await ask(send)).toEqual([jsonIn(telemetry)]);
  // What the router does meanwhile: two of the three were not admitted at the door.
  const queued = (await api.drainEvents()).map((body, n) => {
    const message = queuedMessage.parse(JSON.parse(body));
    return { messageId: String(n), sentAt: new Date(), message, body };
  });
  const unjudged = queued.filter(({ message }) => 'events' in message);
  const count = countEach.bind(null, database('ingest'));
  const { dead } = await routeBatch({ judge: judgeBy(), count, send: async () => {} }, unjudged);
  expect(dead.map(({ failure }) => failure.code)).toEqual(['properties-invalid', 'event-unknown']);
  const [answer] = (await ask(rejections)) as { data: { code: string }[] }[];
  expect(answer?.data.map(({ code }) => code)).toEqual(['event-unknown', 'properties-invalid']);
  const { code, out } = await run(look?.lines[0] ?? '');
  expect([code, out]).toEqual([0, expect.stringContaining('2 events rejected in 7 days')]);
});

test('README: an event is sent, and its place and the audit are asked for', async () => {
  const [block] = blocks('README.md', 'Track it, and prove it');
  const { lines = [] } = block ?? {};
  expect(await ask({ heading: '', lines: lines.filter((line) => !isOurs(line)) })).toMatchObject([
    { accepted: 1, rejected: 0 },
  ]);
  for (const line of lines.filter(isOurs))
    expect([line, (await run(line)).code]).toEqual([line, 0]);
});

test('where-does-it-go answers as the checklist of the guide says', async () => {
  const said = await runAll(blocks(telemetry, 'Where does it go')[0]);
  expect(said.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(said[2]?.out).toContain('goes to     posthog');
});

test('the first entry: an action over HTTP is found in the audit, and proves itself', async () => {
  const [send, find] = blocks(audit, 'The first entry');
  expect(await ask(send)).toMatchObject([{ accepted: 1, rejected: 0 }]);
  for (const message of await api.drain()) {
    const worker = { ingest: database('ingest'), now: new Date(), healed: () => {} };
    await takeMessage(streamItems, worker, message);
  }
  expect(await ask(find)).toMatchObject([
    { data: [{ action: 'role.granted', new_values: { role: 'tenant-admin' } }] },
  ]);
  const [search, one, head] = blocks(audit, 'What an auditor does');
  expect(await ask(search)).toMatchObject([{ data: [{ resource_id: 'usr_40' }] }]);
  // Whoever looks at the head is recorded before it is told.
  const seqOf = async () => ((await ask(head)) as { data: { seq: number } }[])[0]?.data.seq ?? 0;
  const before = await seqOf();
  expect(before).toBeGreaterThanOrEqual(4);
  expect(await seqOf()).toBe(before + 1);

  const [entry] = (await ask(one)) as { data: { new_values: unknown; notes: unknown } }[];
  const module: unknown = await import(
    `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(codeIn(audit)[0] ?? ''))}`
  );
  const { isWhole } = module as { isWhole: (entry: unknown) => boolean };
  expect(isWhole(entry?.data)).toBe(true);
  expect(isWhole({ ...entry?.data, action: 'role.revoked' })).toBe(false);
});

test('an export is taken along and proved offline; with one byte more it is refused', async () => {
  const [, , , take, prove] = blocks(audit, 'What an auditor does');
  expect(await ask(take)).toEqual([]);
  const said = await runAll(prove);
  expect(said.map(({ code }) => code)).toEqual([0, 0]);
  expect(said[1]?.out).toContain('byte by byte');
  await appendFile(join(home, 'audit.ndjson'), ' ');
  expect(await run(prove?.lines[1] ?? '')).toMatchObject({ code: 1 });
});

test('an operator verifies, signs, exports, asks what would age, and holds', async () => {
  const said = await runAll(blocks(audit, 'What an operator does')[0]);
  expect(said.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
  const [place, hold] = blocks(audit, 'How long');
  expect(await ask(place)).toMatchObject([
    { data: { id: 1, reason: 'Case 26-117' } },
    { data: [{ id: 1 }] },
  ]);
  expect((await runAll(hold)).map(({ code }) => code)).toEqual([0, 0, 0]);
});

test('the signing key that operations make signs, and is another one', async () => {
  const [make] = blocks('docs/operations.md', 'To change SIGN_KEY');
  const { code } = await shell(`cd ${home}\n${make?.lines.join('\n')}`, {});
  expect(code).toBe(0);
  const [old, fresh] = [process.env['SIGN_KEY'] ?? '', `file:${join(home, 'sign.key')}`].map(
    signerFor,
  );
  const key = await fresh?.publicKey();
  expect(key?.kid).not.toBe((await old?.publicKey())?.kid);
  const signed = await fresh?.sign('rookery-manifest', { n: 1 });
  expect(
    await openSigned(signed ?? '', { keys: key === undefined ? [] : [key] }, 'rookery-manifest'),
  ).toEqual({ n: 1 });
});
