import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '@rookery/kernel/failure';
import { listening } from '../world/outbound-room.ts';
import { loads, shape, type State } from './question-alerts-evaluate.ts';
import type { Load } from './question-alerts-place.ts';

/** The least seconds that Prometheus took for each shape and state. */
export type Peer = {
  readonly version: string;
  readonly seconds: (load: Load, state: State) => number;
};

const everySeconds = 3;

// Rules of one group are evaluated one after the other in one thread, as ours are.
const rulesOf = (load: Load): string => {
  const rule = (n: number): string => `
      - alert: a${n}
        expr: bench_metric${load.rules === 1 ? '' : `{of${load.rules}="${n}"}`} > 5`;
  return `
  - name: '${shape(load)}'
    interval: ${everySeconds}s
    rules:${Array.from({ length: load.rules }, (_, n) => rule(n)).join('')}`;
};

const configOf = (port: number): string => `
scrape_configs:
  - job_name: bench
    scrape_interval: ${everySeconds}s
    static_configs: [{ targets: ['127.0.0.1:${port}'] }]
rule_files: [rules.yml]
`;

type Shown = { values: (n: number, scrape: number) => number; scrapes: number; at: number };

// What is scraped: 10,000 series, and in which group of rules each is.
const shower = (shown: Shown): Server =>
  createServer((_, response) => {
    shown.scrapes += 1;
    const lines = Array.from({ length: 10_000 }, (__, n) => {
      const labels = loads.map(({ rules }) => `of${rules}="${n % rules}"`).join(',');
      return `bench_metric{n="${n}",${labels}} ${shown.values(n, shown.scrapes)}`;
    });
    response.end(`${lines.join('\n')}\n`, () => {
      shown.at = Date.now();
    });
  });

type Timing = { readonly at: number; readonly seconds: number };

const readTimings = async (url: string): Promise<ReadonlyMap<string, Timing>> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const read = (metric: string): Map<string, number> =>
    new Map(
      [...text.matchAll(new RegExp(`^${metric}\\{rule_group=".*;(.*)"\\} (\\S+)$`, 'gm'))].map(
        ([, group = '', value]) => [group, Number(value)],
      ),
    );
  const ends = read('prometheus_rule_group_last_evaluation_timestamp_seconds');
  const durations = read('prometheus_rule_group_last_duration_seconds');
  return new Map(
    [...durations].map(([group, seconds]) => [
      group,
      { at: (ends.get(group) ?? 0) * 1_000, seconds },
    ]),
  );
};

const startPrometheus = async (directory: string, port: number): Promise<ChildProcess> => {
  const child = spawn(
    process.env['PROMETHEUS'] ?? 'prometheus',
    [
      `--config.file=${join(directory, 'config.yml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  await once(child, 'spawn');
  return child;
};

// Waits until each group was evaluated `times` times with what is scraped from now on; the least seconds of each.
const watch = async (url: string, shown: Shown, times: number): Promise<Map<string, number>> => {
  const before = shown.scrapes;
  while (shown.scrapes === before) await pause(50);
  // Prometheus has to take in what it was sent.
  const since = shown.at + 500;
  const seen = new Map<string, Map<number, number>>();
  const isDone = (): boolean =>
    seen.size === loads.length && [...seen.values()].every(({ size }) => size >= times);
  for (const until = Date.now() + 120_000; !isDone() && Date.now() < until; await pause(250))
    for (const [group, { at, seconds }] of await readTimings(url).catch(
      () => new Map<string, Timing>(),
    )) {
      if (at < since) continue;
      seen.set(group, (seen.get(group) ?? new Map<number, number>()).set(at, seconds));
    }
  if (!isDone()) throw new Failure('unavailable', 'peer-silent', 'Prometheus evaluates nothing');
  return new Map([...seen].map(([group, all]) => [group, Math.min(...all.values())]));
};

const measureIn = async (url: string, shown: Shown): Promise<Peer['seconds']> => {
  const least = new Map<string, number>();
  const note = async (state: State | null, values: Shown['values'], times: number) => {
    shown.values = values;
    for (const [group, seconds] of await watch(url, shown, times)) {
      const key = `${group} ${state}`;
      least.set(key, Math.min(least.get(key) ?? Infinity, seconds));
    }
  };
  for (let turn = 0; turn < 3; turn += 1) {
    await note(null, () => 1, 1);
    await note('first', () => 9, 1);
  }
  await note('steady', () => 9, 5);
  await note(
    'changing',
    (n, scrape) => (n % 40 === scrape % 2 ? 1 : n % 20 === 2 ? 9 + (scrape % 2) : 9),
    5,
  );
  return (load, state) => least.get(`${shape(load)} ${state}`) ?? NaN;
};

/** Has a Prometheus evaluate the same beside us, in memory; null when there is none to be run. */
export const measurePrometheus = async (): Promise<Peer | null> => {
  const directory = await mkdtemp(join(tmpdir(), 'rookery-prometheus-'));
  const shown: Shown = { values: () => 1, scrapes: 0, at: 0 };
  const server = shower(shown);
  const free = createServer();
  let child: ChildProcess | undefined;
  try {
    const port = await listening(free);
    free.close();
    await writeFile(join(directory, 'config.yml'), configOf(await listening(server)));
    await writeFile(join(directory, 'rules.yml'), `groups:${loads.map(rulesOf).join('')}\n`);
    child = await startPrometheus(directory, port);
    const url = `http://127.0.0.1:${port}`;
    const seconds = await measureIn(url, shown);
    const info: unknown = await (await fetch(`${url}/api/v1/status/buildinfo`)).json();
    return { version: /"version":"([^"]+)"/.exec(JSON.stringify(info))?.[1] ?? 'unknown', seconds };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  } finally {
    if (child?.exitCode === null && child.kill()) await once(child, 'exit');
    server.close();
    server.closeAllConnections();
    await rm(directory, { recursive: true, force: true });
  }
};
