import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTurn } from './turn.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rookery-turn-'));
  lock = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// Writes down when it begins and ends, with a while between; `alone` is what it does it by.
const program = (alone: string, ms: number): string => `
  import { appendFileSync } from 'node:fs';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { inTurn } from ${JSON.stringify(join(import.meta.dirname, 'turn.ts'))};
  const note = (text) => appendFileSync(${JSON.stringify(join(folder, 'notes'))}, text);
  await ${alone}(async () => { note('('); await sleep(${ms}); note(')'); });`;

const start = (alone: string, ms: number) =>
  spawn(process.execPath, ['--input-type=module', '-e', program(alone, ms)], { stdio: 'inherit' });

const under = () => `((work) => inTurn(${JSON.stringify(lock)}, work))`;
const beside = '((work) => work())';
const notes = (): string => {
  const file = join(folder, 'notes');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

// A process that was killed while it had its turn.
const killed = async (): Promise<void> => {
  const child = start(under(), 60_000);
  while (!notes().includes('(')) await sleep(10);
  child.kill('SIGKILL');
  await once(child, 'exit');
  rmSync(join(folder, 'notes'));
};

const all = (alone: string) =>
  Promise.all(Array.from({ length: 5 }, () => once(start(alone, 150), 'exit')));

test('five that find at once what a killed one left work one after another, and leave nothing', async () => {
  await killed();
  expect(readdirSync(lock)).toHaveLength(1);

  await all(under());

  expect(notes()).toBe('()()()()()');
  expect([readdirSync(folder), readdirSync(lock)]).toEqual([['lock', 'notes'], []]);
}, 60_000);

test('control: without a turn they work beside each other', async () => {
  await all(beside);

  expect(notes()).toContain('((');
}, 60_000);

test('who waits is told for whom, once; work that fails gives the lock back', async () => {
  const told: string[] = [];
  const begun = Promise.withResolvers<void>();
  const first = inTurn(lock, () => {
    begun.resolve();
    return sleep(500);
  });
  await begun.promise;
  const second = inTurn(
    lock,
    () => Promise.reject(new Error('lost')),
    (pid) => told.push(pid),
  );

  await expect(second).rejects.toThrow('lost');
  await first;

  expect(told).toEqual([String(process.pid)]);
  expect(await inTurn(lock, () => Promise.resolve('free'))).toBe('free');
});

test('a turn of a process of before that had our id is no turn of ours', async () => {
  mkdirSync(lock);
  writeFileSync(join(lock, `${process.pid}.before`), '');

  expect(await inTurn(lock, () => Promise.resolve('ours'))).toBe('ours');
});

test('a place that cannot be written fails at once', async () => {
  await expect(inTurn(join(folder, 'no/such/lock'), () => Promise.resolve())).rejects.toThrow(
    'ENOENT',
  );
});
