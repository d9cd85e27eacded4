import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../infra/local/postgres.ts';
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
    maintenance.script(`create database bench_clone_${turn} template ${template} strategy file_copy`),
  );
  for (let turn = 0; turn < times; turn += 1)
    await maintenance.script(`drop database bench_clone_${turn}`);
  return best;
};

const warmStart = async (): Promise<number> => {
  const directory = await mkdtemp(join(tmpdir(), 'rookery-bench-'));
  await chmod(directory, 0o711);
  const dataDir = join(directory, 'data');
  try {
    await (await startPostgres({ dataDir })).stop();
    let best = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < times; turn += 1) {
      const started = performance.now();
      const postgres = await startPostgres({ dataDir });
      best = Math.min(best, performance.now() - started);
      await postgres.stop();
    }
    return best;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

/** Target 7: a database for a test, and the embedded Postgres warm. */
export const askStart: Question = async (stage) => {
  stage.say('start: test database, warm Postgres');
  return [
    plain('A test database (clone of the migrated template)', (await clone(stage)) / 1_000, 's', { most: 0.1 }),
    plain('Embedded Postgres, warm start to ready', (await warmStart()) / 1_000, 's', { most: 0.5 }),
  ];
};
