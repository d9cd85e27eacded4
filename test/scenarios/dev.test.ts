import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childEnv } from '../world/child-env.ts';

const root = join(import.meta.dirname, '../..');
const shared = join(root, '../shared/data');
const real = existsSync(join(shared, 'emails.csv.gz'));

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'rookery-dev-'));
  // Postgres runs as nobody when we are root, and must pass through.
  await chmod(data, 0o711);
});
afterAll(() => rm(data, { recursive: true, force: true }));

const start = (...args: string[]) => {
  const child = spawn(process.execPath, [join(root, 'infra/local/dev.ts'), ...args], {
    cwd: root,
    env: childEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const done = once(child, 'close').then(() => ({ code: child.exitCode, out, err }));
  return {
    child,
    done,
    said: async (text: string): Promise<string> => {
      while (!`${out}${err}`.includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended without "${text}": ${err}`);
        await once(child.stderr, 'data');
      }
      return out;
    },
  };
};

// Every process whose command line names our data directory: the runner itself and its Postgres.
const left = (): string[] =>
  spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(data));

const totals = (out: string): string[] =>
  out
    .split('\n')
    .find((line) => line.startsWith('total'))
    ?.trim()
    .split(/\s{2,}/) ?? [];

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
  expect(left()).toEqual([]);

  const second = await start('--once', '--data', data).done;

  expect([second.code, second.err]).toEqual([0, expect.stringContaining('is kept')]);
  expect(second.err).toMatch(/audit: .* played before; .* under 2 signed checkpoints$/m);
  expect(totals(second.out)).toEqual(totals(first.out));
  expect(left()).toEqual([]);
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
  expect(left()).toEqual([]);
});

test('a hang-up of the terminal stops it like Ctrl-C', async () => {
  const running = start('--data', data);
  await running.said('ready in');
  running.child.stdout.destroy();
  running.child.stderr.destroy();

  running.child.kill('SIGHUP');
  await running.done;

  expect(left()).toEqual([]);
});

test('a file that is not there is one line, and nothing stays behind', async () => {
  const { code, err } = await start('--once', '--data', data, '--emails', 'nowhere.csv').done;

  expect(code).toBe(2);
  expect(err).toMatch(/^file-missing: nowhere\.csv/m);
  expect(left()).toEqual([]);
});

test.skipIf(!real)(
  'the 83,083 real e-mails of 12 tenants come out right, 42,965 replied (skipped when ../shared/data is not here)',
  async () => {
    const files = [
      '--emails',
      join(shared, 'emails.csv.gz'),
      '--tenants',
      join(shared, 'tenants.csv'),
    ];

    const { code, out, err } = await start('--once', '--data', data, ...files).done;

    expect([code, err]).toEqual([0, expect.stringContaining('nothing drifts')]);
    // days, sent, delivered, replied
    expect(totals(out).slice(2, 5)).toEqual(['83,083', '83,083', '42,965']);
    expect(totals(out).at(-1)).toBe('0');
    expect(left()).toEqual([]);
  },
);
