import { mkdirSync } from 'node:fs';
import { Failure } from '@rookery/kernel/failure';
import { closeDatabases } from '@rookery/lambda/database';
import { cors, functions, queues, routes, schedules } from '../topology.ts';
import type {
  FunctionName,
  QueueName,
  QueueSpec,
  ScheduleName,
  ScheduleSpec,
} from '../topology.ts';
import { createAuthorizer } from './authorizer.ts';
import type { Bus } from './bus.ts';
import type { DatabaseEnv, Env } from './database.ts';
import { consume } from './event-source.ts';
import { startHttp, type Http } from './http.ts';
import { createInvoker, type Invoke } from './invoke.ts';
import { mapNamed, namesOf } from './named.ts';
import type { Postgres } from './postgres.ts';
import type { Proxy } from './proxy.ts';
import type { Depth, Sqs } from './queue.ts';
import {
  readRuntimeFile,
  removeRuntimeFile,
  stateDirOf,
  writeRuntimeFile,
} from './runtime-file.ts';
import { createSchedules, type LocalSchedule, type Schedules } from './schedule.ts';
import type { Shop } from './shop.ts';
import type { Sink } from './sink.ts';
import { startSurroundings, type Surroundings } from './surroundings.ts';
import { createTeardown, type Teardown } from './teardown.ts';
import type { TelemetrySink } from './telemetry-sink.ts';

/** What `prepare` may use: databases, queues and bus are up, but nothing consumes, fires or answers yet. */
export type Prepared = {
  readonly database: DatabaseEnv;
  readonly proxyPort: number | undefined;
  readonly postgres: Postgres | undefined;
};

/** How to start; everything but `root`, the checkout, has a default. */
export type RuntimeOptions = {
  readonly root: string;
  /** Where data and state are kept: `.rookery` in the checkout, elsewhere in tests. */
  readonly stateDir?: string;
  /** The wished port of the HTTP API; as with all ports, another is chosen, and said, when it is taken. */
  readonly port?: number | undefined;
  readonly env?: Env;
  /** Migrations and first data. */
  readonly prepare?: (prepared: Prepared) => Promise<void>;
  /** False: schedules fire by `schedule.fire` only, as `--once` needs. */
  readonly firing?: boolean;
  readonly say?: (line: string) => void;
};

/** The whole stack of infra/topology.ts in this process. */
export type Runtime = {
  readonly urls: {
    readonly api: string;
    readonly sqs: string;
    readonly bus: string;
    readonly database: string;
    /** Where the public keys of the local tokens are. */
    readonly issuer: string;
    /** Shows the notices that were sent. */
    readonly notices: string;
    /** Shows the events that went to PostHog and to the security log. */
    readonly events: string;
    /** A small web shop that probes look at. */
    readonly shop: string;
  };
  readonly database: DatabaseEnv;
  readonly postgres: Postgres | undefined;
  readonly proxy: Proxy | undefined;
  readonly queue: Sqs<QueueName>;
  readonly bus: Bus;
  readonly schedule: Schedules<ScheduleName>;
  readonly sink: Sink;
  readonly telemetry: TelemetrySink;
  readonly shop: Shop;
  readonly http: Http;
  readonly invoke: Invoke<FunctionName>;
  /** How many messages are left in each queue and its dead-letter queue. */
  readonly pending: () => Promise<Readonly<Record<QueueName, Depth>>>;
  /** True when the bus and the queues hold nothing and no function runs; dead letters do not count. */
  readonly idle: () => Promise<boolean>;
  /** Stops all of it, last started first: no process, socket or timer stays. */
  readonly stop: () => Promise<void>;
};

type Settled = RuntimeOptions &
  Required<Pick<RuntimeOptions, 'env' | 'firing' | 'say' | 'stateDir'>>;

// Consumers, schedules and the API: what makes functions run.
const startTriggers = async (
  { firing, say }: Settled,
  { queue, issuer, apiPort }: Surroundings,
  invoke: Invoke<FunctionName>,
  teardown: Teardown,
) => {
  for (const [name, spec] of namesOf<QueueName, QueueSpec>(queues)) {
    const { batchSize, maxConcurrency, function: consumer } = spec;
    teardown.add(
      consume({
        client: queue.client,
        name,
        url: queue.urls[name].url,
        batchSize,
        maxConcurrency,
        invoke: (event) => invoke(consumer, event),
        onError: say,
      }),
    );
  }
  const local = mapNamed<ScheduleName, ScheduleSpec, LocalSchedule>(schedules, (spec) => ({
    ...spec,
    cadence: spec.cadence.local,
    invoke: (event) => invoke(spec.function, event),
  }));
  const schedule = teardown.add(createSchedules({ schedules: local, onError: say }));
  if (firing) schedule.start();
  const http = teardown.add(
    await startHttp({
      cors,
      port: apiPort,
      onError: say,
      authorize: createAuthorizer(issuer),
      routes: routes.map((route) => ({
        ...route,
        invoke: (event: unknown) => invoke(route.function, event),
      })),
    }),
  );
  return { schedule, http };
};

const start = async (options: Settled, teardown: Teardown): Promise<Runtime> => {
  const { root, stateDir, prepare } = options;
  const surroundings = await startSurroundings(options, teardown);
  const { databases, queue, events, issuer, sink, shop, telemetry, variables } = surroundings;
  const { env: database, proxy, postgres } = databases;
  await prepare?.({ database, proxyPort: proxy?.port, postgres });
  // Functions keep their connections between invocations: they go when no function runs any more.
  teardown.add({ stop: closeDatabases });
  const { invoke, running } = createInvoker<FunctionName>({ functions, root });
  const { schedule, http } = await startTriggers(options, surroundings, invoke, teardown);
  const urls = {
    api: http.url,
    sqs: queue.endpoint,
    bus: events.endpoint,
    database: database.DATABASE_URL,
    issuer: issuer.jwksUrl,
    notices: sink.url,
    events: telemetry.url,
    shop: shop.url,
  };
  writeRuntimeFile(stateDir, {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    urls,
    queues: queue.urls,
    ...(proxy === undefined ? {} : { proxyPort: proxy.port }),
    ...(postgres === undefined ? {} : { postgresPid: postgres.pid }),
    env: variables,
  });
  teardown.add({
    stop: () => {
      removeRuntimeFile(stateDir);
    },
  });
  return {
    urls,
    database,
    postgres,
    proxy,
    queue,
    bus: events,
    schedule,
    sink,
    telemetry,
    shop,
    http,
    invoke,
    pending: queue.pending,
    idle: async () => {
      if (running() > 0 || events.underway() > 0) return false;
      const depths = Object.values(await queue.pending());
      return running() === 0 && depths.every((depth) => depth.queue === 0);
    },
    stop: teardown.run,
  };
};

/**
 * Starts everything on 127.0.0.1: Postgres, SQS, the bus, the token issuer, schedules and the HTTP API, with the
 * handlers in this process, and sets the environment they read. When a part fails to start, those before it are
 * stopped again.
 */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const { root, env = process.env, firing = true, say = console.error } = options;
  const { stateDir = stateDirOf(root) } = options;
  const other = readRuntimeFile(stateDir);
  if (other !== undefined && other.pid !== process.pid)
    throw new Failure(
      'conflict',
      'runtime-running',
      `process ${other.pid} already runs here, at ${other.urls.api}: use it, or stop it first`,
    );
  mkdirSync(stateDir, { recursive: true });
  const teardown = createTeardown();
  try {
    return await start({ ...options, stateDir, env, firing, say }, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
};
