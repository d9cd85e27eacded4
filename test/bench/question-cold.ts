import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { functions } from '../../infra/topology.ts';
import { bundle, type Bundle } from '../contracts/bundle.ts';
import { plain, type Line } from './line.ts';
import type { Question } from './stage.ts';

const run = promisify(execFile);
const times = 15;

// The CPU of all threads: compiling in the background costs a small Lambda as much as the rest does.
const measure = `globalThis.awslambda = { streamifyResponse: (handler) => handler };
const before = process.cpuUsage();
require(process.argv[1]);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);`;

const cpuOfLoading = async (file: string): Promise<number> => {
  const { stdout } = await run(process.execPath, ['-e', measure, '--', file], { env: {} });
  return Number(stdout);
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

// In turn, so that a busy machine is unfair to all of them alike.
const mediansOf = async (files: readonly string[]): Promise<Map<string, number>> => {
  const spent = new Map<string, number[]>(files.map((file) => [file, []]));
  for (let turn = 0; turn < times; turn += 1)
    for (const [file, costs] of spent) costs.push(await cpuOfLoading(file));
  return new Map([...spent].map(([file, costs]) => [file, median(costs)]));
};

// The target is one of functions that somebody waits for; of those of queues one is told.
const isApi = (handler: string): boolean => handler.startsWith('functions/api/');
const told = 'functions/queue/posthog.ts';

const linesOf = ({ handler, file, gzipped }: Bundle, cpu: Map<string, number>, none: number) => {
  const all = cpu.get(file) ?? Number.NaN;
  const most = (bound: number) => (isApi(handler) ? { most: bound } : undefined);
  return [
    plain(
      `\`${handler}\`: loading it in a fresh process, CPU`,
      all - none,
      'ms',
      most(45),
      `${all.toFixed(1)} ms, less ${none.toFixed(1)} ms of an empty module; median of ${times}`,
    ),
    plain(`\`${handler}\`: its bundle, gzipped`, gzipped / 1_000, 'KB', most(120)),
  ];
};

/** Target 4, second half: what a cold start of each API function has to load. */
export const askCold: Question = async (stage): Promise<readonly Line[]> => {
  stage.say('cold: bundles of the API functions');
  const directory = await mkdtemp(join(tmpdir(), 'rookery-bench-'));
  try {
    const handlers = Object.values(functions).map(({ handler }) => handler);
    const bundles = await bundle(
      handlers.filter((handler) => isApi(handler) || handler === told),
      directory,
    );
    const empty = join(directory, 'empty.cjs');
    await writeFile(empty, '');
    const cpu = await mediansOf([empty, ...bundles.map(({ file }) => file)]);
    const none = cpu.get(empty) ?? Number.NaN;
    return bundles.flatMap((one) => linesOf(one, cpu, none));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
