import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functions } from '../../infra/topology.ts';
import { bundle, type Bundle } from './bundle.ts';

const run = promisify(execFile);

// DESIGN.md §4, target 4: a read function is at most this big.
const limit = 120_000;
const forbidden = /node_modules\/(@aws-sdk\/|@smithy\/|posthog-node\/|zod-openapi\/)[^\n]*/;

// What carries more than a reader, and what for; all else is within the limit.
const larger: readonly { handler: string; limit: number; packages: readonly string[] }[] = [
  // The door puts what it takes into a queue: the client for that (213 KB in all, 2026-11).
  { handler: functions.ingest.handler, limit: 240_000, packages: ['@aws-sdk/', '@smithy/'] },
  // So does the door of events, which knows the tracking plan (217 KB).
  { handler: functions.events.handler, limit: 240_000, packages: ['@aws-sdk/', '@smithy/'] },
  // Manifests of exports are signed by KMS: its client (221 KB).
  { handler: functions.auditExport.handler, limit: 240_000, packages: ['@aws-sdk/', '@smithy/'] },
  // Secrets are sealed by KMS: its client, and the table of addresses (236 KB).
  { handler: functions.targetChanges.handler, limit: 250_000, packages: ['@aws-sdk/', '@smithy/'] },
  // Whoever changes an alert is shown it explained, and recorded (130 KB).
  { handler: functions.alertChanges.handler, limit: 133_000, packages: [] },
  // Windows of maintenance are cron expressions: 9 KB to read them, beside the table of addresses of probes (137 KB).
  { handler: functions.serviceChanges.handler, limit: 140_000, packages: [] },
];
const allowedTo = ({ handler }: Bundle) => larger.find((each) => each.handler === handler);

const isApi = ({ handler }: Bundle): boolean => handler.startsWith('functions/api/');

const most = (one: Bundle): number => allowedTo(one)?.limit ?? limit;

// The sizes of all, biggest last, when one is too big.
const tooBig = (bundles: readonly Bundle[]): string[] => {
  if (!bundles.some((one) => isApi(one) && one.gzipped > most(one))) return [];
  return bundles
    .toSorted((a, b) => a.gzipped - b.gzipped)
    .map(({ handler, gzipped }) => `${(gzipped / 1_000).toFixed(1).padStart(7)} KB  ${handler}`);
};

const outsiders = (bundles: readonly Bundle[]): string[] =>
  bundles.filter(isApi).flatMap((one) => {
    const packages = one.inputs.flatMap((input) => forbidden.exec(input)?.[1] ?? []);
    return [...new Set(packages)]
      .filter((name) => allowedTo(one)?.packages.includes(name) !== true)
      .map((name) => `${one.handler} bundles ${name}`);
  });

// Lambda gives the global; nothing else is there, no variable of the environment either.
const load = `globalThis.awslambda = { streamifyResponse: (handler) => handler };
const handles = () => process.getActiveResourcesInfo().filter((name) => !/^(TTY|Pipe)Wrap$/.test(name));
const before = handles().length;
for (const file of process.argv.slice(1)) {
  if (typeof require(file).handler !== 'function') throw new Error(file + ' exports no handler');
  if (handles().length > before) throw new Error(file + ' opens ' + handles());
}`;

const loadPlainly = (files: readonly string[]) =>
  run(process.execPath, ['-e', load, '--', ...files], { env: {}, cwd: tmpdir(), timeout: 30_000 });

let directory: string;
let bundles: Bundle[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rookery-bundle-'));
  const handlers = Object.values(functions).map(({ handler }) => handler);
  bundles = await bundle(handlers, directory);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

test('every function becomes one bundle', () => {
  expect(bundles.map(({ handler }) => handler).sort()).toEqual(
    Object.values(functions)
      .map(({ handler }) => handler as string)
      .sort(),
  );
});

test(`no API function is over ${limit / 1_000} KB gzipped, but for those that are named, each with its limit`, () => {
  expect(tooBig(bundles)).toEqual([]);
});

test('no API function but the doors, what seals and what signs carries an AWS client, and none PostHog or the OpenAPI writer', () => {
  expect(outsiders(bundles)).toEqual([]);
});

test('a function that is too big or carries an AWS client is noticed', () => {
  // The queue's functions do send messages.
  const worker = bundles.find(({ handler }) => handler === functions.aggregate.handler);
  const disguised = { ...worker!, handler: 'functions/api/heavy.ts', gzipped: limit + 1 };

  expect(tooBig([disguised])).toEqual(['  120.0 KB  functions/api/heavy.ts']);
  expect(outsiders([disguised])).toContain('functions/api/heavy.ts bundles @aws-sdk/');

  const door = bundles.find(({ handler }) => handler === functions.ingest.handler);
  expect(tooBig([{ ...door!, gzipped: 240_001 }])).toEqual(['  240.0 KB  functions/api/ingest.ts']);
  expect(outsiders([{ ...door!, inputs: ['node_modules/posthog-node/x.js'] }])).toEqual([
    'functions/api/ingest.ts bundles posthog-node/',
  ]);
});

test('every bundle loads in a plain Node without environment, prints nothing and opens nothing', async () => {
  expect(await loadPlainly(bundles.map(({ file }) => file))).toEqual({ stdout: '', stderr: '' });
});

test.each([
  ['module.exports = {};', 'exports no handler'],
  ['exports.handler = () => {}; setInterval(() => {}, 1000);', 'opens Timeout'],
  ["exports.handler = () => {}; process.env['STAGE'].length;", 'TypeError'],
])('a bundle that does otherwise is noticed: %s', async (text, fault) => {
  const file = join(directory, 'wrong.cjs');
  await writeFile(file, text);

  await expect(loadPlainly([file])).rejects.toThrow(fault);
});
