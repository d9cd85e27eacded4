import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamItems } from '@rookery/http/streams/streams';
import { publishKey } from '@rookery/lambda/checkpoint-keys';
import { database } from '@rookery/lambda/database';
import { signerFor } from '@rookery/lambda/sign';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { folder } from '@rookery/monitoring/retention/place';
import { actions, ownActions } from '@rookery/telemetry/audit/actions';
import type { Action } from '@rookery/telemetry/audit/action';
import { categories, classes } from '@rookery/telemetry/audit/keeping';
import { judgeBy } from '@rookery/telemetry/opened';
import { queuedMessage } from '@rookery/telemetry/queued';
import { countEach } from '@rookery/telemetry/rejected';
import { routeBatch } from '@rookery/telemetry/router';
import { checklist } from '@rookery/telemetry/where';
import { shelfAt } from '@rookery/warehouse/audit/checkpoint-shelf';
import { apiKeyCommand } from '../../packages/cli/commands/api-key.ts';
import { auditCommand } from '../../packages/cli/commands/audit.ts';
import { telemetryCommand } from '../../packages/cli/commands/telemetry.ts';
import { whereDoesItGoCommand } from '../../packages/cli/commands/where-does-it-go.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { answersOf, guideEnv } from './guide-answers.ts';
import { blocksIn, type Block } from './guide-blocks.ts';
import { runLine } from './guide-commands.ts';
import { bare, codeIn, inCell, jsonIn, tableBelow } from './guide-parts.ts';
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

test('where-does-it-go answers as the checklist of the guide says', async () => {
  const said = await runAll(blocks(telemetry, 'Where does it go')[0]);
  expect(said.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(said[2]?.out).toContain('goes to     posthog');
  expect(tableBelow(telemetry, '| is this so? | it goes to |')).toEqual(
    checklist.map(({ asks, place }) => `| ${asks} | ${place} |`),
  );
});

test('the entry and the calls that are shown are those that other tests add and compile', async () => {
  const [entry = '', call = ''] = codeIn(telemetry);
  const added = await readFile('test/scenarios/plan-entry.test.ts', 'utf8');
  expect(bare(added)).toContain(bare(entry));
  const compiled = await readFile('test/contracts/wrong-sinks/right.ts', 'utf8');
  expect(bare(compiled)).toContain(bare(call));
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
  expect(await ask(head)).toMatchObject([{ data: { seq: 4 } }]);

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

test('actions, classes and categories are told as the code has them', () => {
  const listed = Object.entries<Action>(actions).map(
    ([name, { description, deeds, things, named, class: kept, category }]) =>
      `| \`${name}\` | ${description} | ${inCell(deeds)} of ${inCell(things)}${named === true ? ', by name' : ''} | ${kept} | ${category} |`,
  );
  const own = Object.entries(ownActions).map(
    ([name, { description, class: kept, category }]) =>
      `| \`${name}\` | ${description} | the log itself | ${kept} | ${category} |`,
  );
  const header = '| action | somebody | recognised by | class | category |';
  expect(tableBelow(audit, header)).toEqual([...listed, ...own]);
  const told = tableBelow(audit, '| class | goes after `personal_days` | for |');
  expect(told.map((row) => row.split(' | ').slice(0, 2).join(' | '))).toEqual(
    Object.entries(classes).map(([name, some]) => `| \`${name}\` | ${inCell(some) || 'nothing'}`),
  );
  expect(tableBelow(audit, '| category | everything goes after days | `personal_days` |')).toEqual(
    Object.entries(categories).map(
      ([name, { keepDays, personalDays }]) =>
        `| \`${name}\` | ${keepDays ?? 'never'} | ${personalDays} |`,
    ),
  );
});
