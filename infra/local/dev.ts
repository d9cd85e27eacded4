import { isAbsolute, join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { database } from '@rookery/lambda/database';
import { Failure } from '@rookery/kernel/failure';
import { usageCode } from '../../packages/cli/command.ts';
import { overviewTable } from '../../packages/cli/overview.ts';
import { createScreen, surviveClosedOutput, type Screen } from '../../packages/cli/screen.ts';
import { playTelemetry } from './dev-audit.ts';
import { prepareData, type Files } from './dev-data.ts';
import { interruptible, killPostgres } from './dev-end.ts';
import { keepEventsComing } from './dev-events-live.ts';
import { clock, keepDemoAlive, keepShop, tellNotices, tellRuns } from './dev-live.ts';
import { feedMonitoring, keepMonitoringFed } from './dev-monitoring.ts';
import { fireAndWait, verdict } from './dev-run.ts';
import { playStory } from './dev-story.ts';
import { createTeardown } from './teardown.ts';
import { startRuntime, type Runtime } from './runtime.ts';

type Flags = Files & { readonly once?: boolean; readonly port?: number; readonly data: string };

const root = join(import.meta.dirname, '../..');

const portOption = (text: string): number => {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('A port is a number from 1 to 65535.');
};

const program = new Command('npm run dev --')
  .description(
    'Runs Rookery on this machine: Postgres, SQS, EventBridge, schedules and the HTTP API, on a demo company or on your own e-mails.',
  )
  .option('--once', 'aggregate, recompute and reconcile everything, then exit')
  .option('--emails <csv>', 'e-mails to run on instead of the demo, .csv or .csv.gz')
  .option('--tenants <csv>', 'tenants of those e-mails, .csv or .csv.gz')
  .option('--port <port>', 'port of the HTTP API (default: 8787, or a free one)', portOption)
  .option('--data <dir>', 'where data is kept; own e-mails in its directory imported', '.rookery')
  .addHelpText(
    'after',
    `
Examples:
  npm run dev
  npm run dev -- --once
  npm run dev -- --once --emails emails.csv.gz --tenants tenants.csv

Exit codes with --once:
  0  every cell is done, the reconciliation found no drift and every dead-letter queue is empty
  1  something of that is not so; it says what
  2  it could not start, or was used wrongly

LOG_LEVEL=INFO shows every unit of work, DEBUG=1 the stack of an unexpected error.`,
  )
  .exitOverride();

const urls = (runtime: Runtime, dataDir: string, demo: boolean): string => {
  // 11 queues, each with its dead letters, are too many lines: one URL says how they all are.
  const [, ...queues] = Object.keys(runtime.queue.urls);
  const next = Object.entries(runtime.schedule.next()).flatMap(([name, at]) =>
    at === null ? [] : [`${name} ${at.toISOString().slice(0, 16).replace('T', ' ')}`],
  );
  const flag = dataDir === '.rookery' ? '' : ` --data ${dataDir}`;
  const tenant = demo ? 'heron-analytics' : 't01';
  const lines: [string, string][] = [
    ['API', `${runtime.urls.api}/docs`],
    ['health', `${runtime.urls.api}/health`],
    ['database', runtime.urls.database],
    ['queues', Object.values(runtime.queue.urls)[0]?.url ?? ''],
    ['', `${queues.join(', ')} likewise; each has its -dlq`],
    ['bus', `${runtime.urls.bus}/events`],
    ['token keys', runtime.urls.issuer],
    ['notices', runtime.urls.notices],
    ['events', runtime.urls.events],
    ['status', `${runtime.urls.api}/status/${tenant}`],
    ...next.map((line, i): [string, string] => [i === 0 ? 'next (UTC)' : '', line]),
    ['try', `npm run rookery -- doctor${flag}`],
    ['', `npm run rookery -- reconcile${flag}`],
    ['', `npm run rookery -- backfill --all --dry-run${flag}`],
    ['', 'npm run rookery -- where-does-it-go email_opened'],
    ['', `npm run rookery -- audit verify${flag}`],
    ['', `npm run rookery -- token --tenant ${tenant} --role tenant-admin${flag}`],
    ['', 'npm run rookery -- --help'],
  ];
  return lines.map(([name, text]) => `  ${name.padEnd(11)}${text}`).join('\n');
};

// What both ways of running begin with: the first facts, and of the demo its monitoring and its story.
const begin = async (
  runtime: Runtime,
  screen: Screen,
  signal: AbortSignal,
  { dataDir, demo }: { readonly dataDir: string; readonly demo: boolean },
): Promise<void> => {
  await fireAndWait(runtime, 'changes', screen, signal);
  if (!demo) return;
  await feedMonitoring(runtime, screen, signal);
  await playStory(runtime, dataDir, screen, signal);
  await playTelemetry(runtime, dataDir, screen, signal);
};

const runOnce = async (
  runtime: Runtime,
  screen: Screen,
  signal: AbortSignal,
  { dataDir, demo }: { readonly dataDir: string; readonly demo: boolean },
): Promise<number> => {
  await begin(runtime, screen, signal, { dataDir, demo });
  await fireAndWait(runtime, 'nightly', screen, signal);
  const reconciliation = await fireAndWait(runtime, 'reconciliation', screen, signal);
  console.log(`\n${await overviewTable(database('ops'))}\n`);
  const faults = await verdict(runtime, reconciliation);
  for (const fault of faults) console.error(`not clean: ${fault}`);
  if (faults.length === 0) screen.good('every cell is done, nothing drifts, no letter is dead');
  return faults.length === 0 ? 0 : 1;
};

const seconds = (): string => (performance.now() / 1_000).toFixed(1);

const stayUp = async (
  runtime: Runtime,
  screen: Screen,
  signal: AbortSignal,
  {
    dataDir,
    shownDir,
    demo,
  }: { readonly dataDir: string; readonly shownDir: string; readonly demo: boolean },
): Promise<number> => {
  await begin(runtime, screen, signal, { dataDir, demo });
  runtime.schedule.start();
  console.log(`\n${await overviewTable(database('ops'))}\n`);
  console.log(`${urls(runtime, shownDir, demo)}\n`);
  const living = createTeardown();
  living.add(tellRuns(runtime, screen));
  if (demo) {
    living.add(keepDemoAlive(runtime, screen));
    living.add(keepMonitoringFed(screen));
    living.add(keepEventsComing(screen));
    living.add(keepShop(runtime, screen));
    living.add(tellNotices(runtime, screen));
    screen.say('the demo lives on: some e-mails change a minute before each look for changes,');
    screen.say('what is deleted or moved to another day is found by the night or reconcile,');
    screen.say('the platform and heron-analytics report to monitoring every minute,');
    screen.say('heron-analytics sends a few events a minute to PostHog and the security log,');
    screen.say('and the shop of heron-analytics is closed for two minutes of every ten');
  }
  screen.say(`${clock(new Date())} up; Ctrl-C stops everything`);
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
  await living.run();
  return 0;
};

const main = async (flags: Flags): Promise<number> => {
  // The runtime changes process.env for its functions; what the user gave is decided on this copy.
  const given = { ...process.env };
  surviveClosedOutput();
  const screen = createScreen();
  const own = flags.emails !== undefined || flags.tenants !== undefined;
  const base = isAbsolute(flags.data) ? flags.data : join(root, flags.data);
  const dataDir = own ? join(base, 'imported') : base;
  const shownDir = own ? join(flags.data, 'imported') : flags.data;
  let demo = false;
  const interruption = interruptible(screen, () => killPostgres(dataDir));
  const { signal } = interruption;
  let runtime: Runtime | undefined;
  try {
    runtime = await startRuntime({
      root,
      stateDir: dataDir,
      port: flags.port,
      firing: false,
      say: screen.warn,
      env: given,
      prepare: async (prepared) => {
        demo = await prepareData(prepared, flags, screen, signal, given);
      },
    });
    signal.throwIfAborted();
    screen.good(`ready in ${seconds()} s: ${runtime.urls.api}, data in ${shownDir}`);
    return await (flags.once === true
      ? runOnce(runtime, screen, signal, { dataDir, demo })
      : stayUp(runtime, screen, signal, { dataDir, shownDir, demo }));
  } catch (error) {
    screen.clear();
    if (signal.aborted) return 130;
    throw error;
  } finally {
    await runtime?.stop();
    interruption.stop();
    if (signal.aborted) screen.good('stopped');
  }
};

try {
  process.exitCode = await main(program.parse().opts<Flags>());
} catch (error) {
  const usage = usageCode(error);
  if (usage !== undefined) process.exit(usage);
  const known = error instanceof Failure;
  console.error(
    known
      ? `${error.code}: ${error.message}`
      : `unexpected error: ${error instanceof Error ? error.message : String(error)}`,
  );
  if (process.env['DEBUG']) console.error(error);
  process.exitCode = 2;
}
