import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { left, start, totals } from './dev-room.ts';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'rookery-dev-'));
  // Postgres runs as nobody when we are root, and must pass through.
  await chmod(data, 0o711);
});
afterAll(() => rm(data, { recursive: true, force: true }));

test('--once aggregates the demo, plays its story, proves it right, exits 0 and leaves no process; a second run keeps the data', async () => {
  const first = await start('--once', '--data', data).done;

  expect([first.code, first.err]).toEqual([0, expect.stringContaining('nothing drifts')]);
  // It fails unless both alerts were told by every channel, beginning and end.
  expect(first.err).toContain('story: a shop went down and up, a mailbox bounced and recovered');
  // And unless each event was once at its sink, those refused among the rejections, and the audit held.
  expect(first.err).toMatch(/events by two doors: \d+ are at http:\S+, each once; .* 2 refused/);
  expect(first.err).toMatch(/^ {2}event-unknown: flock_landed/m);
  expect(first.err).toMatch(/audit: a role, .* 2 chains hold, under 1 signed checkpoint$/m);
  expect(Number(totals(first.out)[2]?.replace(',', ''))).toBeGreaterThan(19_000);
  expect(totals(first.out).at(-1)).toBe('0');
  expect(first.err).not.toMatch(/^\s+at |Warning/m);
  expect(first.out).not.toMatch(/\{"(level|_aws)"/);
  expect(left(data)).toEqual([]);

  const second = await start('--once', '--data', data).done;

  expect([second.code, second.err]).toEqual([0, expect.stringContaining('is kept')]);
  expect(second.err).toMatch(/audit: .* played before; .* under 2 signed checkpoints$/m);
  expect(totals(second.out)).toEqual(totals(first.out));
  expect(left(data)).toEqual([]);
});

test('--once is exit 1 and names it when a letter is dead', async () => {
  const letters = { 'aggregate-dlq': [{ body: 'poison', messageAttributes: {} }] };
  await writeFile(join(data, 'queues.json'), JSON.stringify(letters));

  const { code, err } = await start('--once', '--data', data).done;

  expect(code).toBe(1);
  expect(err).toContain('not clean: aggregate-dlq holds 1 dead letters');
  await rm(join(data, 'queues.json'));
});

test('without --once it stays up and answers until Ctrl-C, which leaves no process', async () => {
  const running = start('--data', data);
  await running.said('Ctrl-C stops everything');
  const { out } = { out: await running.said('health') };
  const url = /http:\S+\/health/.exec(out)?.[0] ?? '';

  expect((await fetch(url)).status).toBe(200);
  expect(out).toMatch(/changes \d{4}-\d\d-\d\d \d\d:\d\d/);
  const second = await start('--once', '--data', data).done;
  expect([second.code, second.err]).toEqual([2, expect.stringMatching(/^runtime-running: /)]);

  // npm passes on the Ctrl-C that the terminal has sent already: two at once are one.
  running.child.kill('SIGINT');
  running.child.kill('SIGINT');
  const done = await running.done;

  expect([done.code, done.err]).toEqual([0, expect.stringContaining('✔ stopped')]);
  expect(left(data)).toEqual([]);
});

test('a hang-up of the terminal stops it like Ctrl-C', async () => {
  const running = start('--data', data);
  await running.said('ready in');
  running.child.stdout.destroy();
  running.child.stderr.destroy();

  running.child.kill('SIGHUP');
  await running.done;

  expect(left(data)).toEqual([]);
});

test('a file that is not there is one line, and nothing stays behind', async () => {
  const { code, err } = await start('--once', '--data', data, '--emails', 'nowhere.csv').done;

  expect(code).toBe(2);
  expect(err).toMatch(/^file-missing: nowhere\.csv/m);
  expect(left(data)).toEqual([]);
});
