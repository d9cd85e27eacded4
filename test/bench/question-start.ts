import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../../infra/local/postgres.ts';
import { Failure } from '@rookery/kernel/failure';
import { migrate } from '@rookery/db/migrate';
import { openDb } from '@rookery/db/pool';
import { installContract } from '@rookery/source/install';
import { plain } from './line.ts';
import type { Question, Stage } from './stage.ts';

const times = 5;

const least = async (work: (turn: number) => Promise<void>): Promise<number> => {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < times; turn += 1) {
    const started = performance.now();
    await work(turn);
    best = Math.min(best, performance.now() - started);
  }
  return best;
};

const clone = async ({ ground: { maintenance, postgres, proxyPort } }: Stage): Promise<number> => {
  const template = 'bench_template';
  await maintenance.script(`drop database if exists ${template}`);
  await maintenance.script(`create database ${template}`);
  const url = postgres.url('postgres', template);
  await migrate({ url, proxyPort });
  const db = openDb({ url, proxyPort, max: 1 });
  await installContract(db);
  await db.close();
  const best = await least((turn) =>
    maintenance.script(
      `create database bench_clone_${turn} template ${template} strategy file_copy`,
    ),
  );
  for (let turn = 0; turn < times; turn += 1)
    await maintenance.script(`drop database bench_clone_${turn}`);
  return best;
};

const inDirectory = async <T>(work: (dataDir: string) => Promise<T>): Promise<T> => {
  const directory = await mkdtemp(join(tmpdir(), 'rookery-bench-'));
  // Postgres runs as nobody when we are root, and must pass through.
  await chmod(directory, 0o711);
  try {
    return await work(join(directory, 'data'));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const warmStart = () =>
  inDirectory(async (dataDir) => {
    await (await startPostgres({ dataDir })).stop();
    let best = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < times; turn += 1) {
      const started = performance.now();
      const postgres = await startPostgres({ dataDir });
      best = Math.min(best, performance.now() - started);
      await postgres.stop();
    }
    return best;
  });

const dev = fileURLToPath(new URL('../../infra/local/dev.ts', import.meta.url));

// Runs `npm run dev` until it prints a line, then stops it; returns how long the line took.
const devUntil = async (dataDir: string, line: string): Promise<number> => {
  const started = performance.now();
  const child = spawn(process.execPath, [dev, '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const printed = new Promise<number>((resolve) => {
    let text = '';
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      if (text.includes(line)) resolve(performance.now() - started);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
  const took = await Promise.race([
    printed,
    exited.then(() =>
      Promise.reject(
        new Failure('unavailable', 'dev-ended', `npm run dev ended before it printed "${line}"`),
      ),
    ),
  ]);
  child.kill('SIGINT');
  await exited;
  return took;
};

const devWarm = () =>
  inDirectory(async (dataDir) => {
    await devUntil(dataDir, 'Ctrl-C stops everything');
    let best = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 3; turn += 1)
      best = Math.min(best, await devUntil(dataDir, 'ready in'));
    return best;
  });

/** Target 7: a database for a test, and the embedded Postgres warm. */
export const askStart: Question = async (stage) => {
  stage.say('start: test database, warm Postgres, npm run dev');
  return [
    plain('A test database (clone of the migrated template)', (await clone(stage)) / 1_000, 's', {
      most: 0.1,
    }),
    plain('Embedded Postgres, warm start to ready', (await warmStart()) / 1_000, 's', {
      most: 0.5,
    }),
    plain('`npm run dev`, warm, until it says ready', (await devWarm()) / 1_000, 's', { most: 5 }),
  ];
};
