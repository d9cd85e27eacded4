import { join } from 'node:path';
import { ensureKeyFile } from '@rookery/lambda/seal';
import { ensureSignKey } from '@rookery/lambda/sign';
import { bus, queues } from '../topology.ts';
import { startBus, type DeliveredEvent } from './bus.ts';
import { openDatabases, type Env } from './database.ts';
import { choosePort } from './endpoint.ts';
import { applyEnv, functionEnv } from './function-env.ts';
import { startIssuer } from './issuer.ts';
import { startSqs } from './queue.ts';
import { startShop } from './shop.ts';
import { startSink } from './sink.ts';
import { together, type Teardown } from './teardown.ts';
import { startTelemetrySink } from './telemetry-sink.ts';

/** Where state is kept, the environment of this process, the wished port of the API, and whom to tell. */
export type Ground = {
  readonly stateDir: string;
  readonly env: Env;
  readonly port?: number | undefined;
  readonly say: (line: string) => void;
};

const ports = {
  api: 8787,
  sqs: 9324,
  bus: 9325,
  issuer: 9326,
  sink: 9327,
  shop: 9328,
  telemetry: 9329,
  postgres: 54329,
} as const;

const sayMoved = (what: string, wished: number, chosen: number, say: Ground['say']): void => {
  if (chosen !== wished) say(`port ${wished} is taken: ${what} listens on ${chosen}`);
};

const portFor = async (what: string, wished: number, say: Ground['say']): Promise<number> => {
  const chosen = await choosePort(wished);
  sayMoved(what, wished, chosen, say);
  return chosen;
};

// What plays the outside world: the services that notices and events go to, and something to probe.
const startWorld = async (say: Ground['say'], teardown: Teardown) => {
  const sink = teardown.add(await startSink(await portFor('the sink of notices', ports.sink, say)));
  const shop = teardown.add(await startShop(await portFor('the shop', ports.shop, say)));
  const telemetry = teardown.add(
    await startTelemetrySink(await portFor('the sink of events', ports.telemetry, say)),
  );
  return { sink, shop, telemetry };
};

/**
 * Starts what functions need around them: Postgres, SQS, the bus, the token issuer, and what plays the outside world; and sets
 * the environment that they read.
 */
export const startSurroundings = async (options: Ground, teardown: Teardown) => {
  const { stateDir, env, say, port = ports.api } = options;
  const apiPort = await portFor('the API', port, say);
  const sqsPort = await portFor('SQS', ports.sqs, say);
  const busPort = await portFor('EventBridge', ports.bus, say);
  const issuerPort = await portFor('the token issuer', ports.issuer, say);
  const stateFile = join(stateDir, 'queues.json');
  const [databases, queue] = await together(
    openDatabases(stateDir, env, ports.postgres).then(teardown.add),
    startSqs({ queues, port: sqsPort, stateFile }).then(teardown.add),
  );
  const { postgres } = databases;
  if (postgres !== undefined) sayMoved('Postgres', ports.postgres, postgres.port, say);
  const rules = bus.rules.map(({ name, pattern, queue: target, only }) => ({
    name,
    pattern,
    deliver: (event: DeliveredEvent) =>
      queue.send(target, only === 'detail' ? event.detail : event),
  }));
  const events = teardown.add(
    await startBus({ name: bus.name, rules, port: busPort, onError: say }),
  );
  const issuer = teardown.add(await startIssuer({ stateDir, port: issuerPort }));
  const { sink, shop, telemetry } = await startWorld(say, teardown);
  const sealKeyFile = join(stateDir, 'seal.key');
  await ensureKeyFile(sealKeyFile);
  await ensureSignKey(join(stateDir, 'sign.key'));
  const variables = functionEnv({
    database: databases.env,
    proxyPort: databases.proxy?.port,
    queues: queue.urls,
    sqsEndpoint: queue.endpoint,
    busEndpoint: events.endpoint,
    token: issuer,
    sinkUrl: sink.url,
    telemetryUrl: telemetry.url,
    reachable: [`127.0.0.1:${apiPort}`, new URL(sink.url).host, new URL(shop.url).host],
    sealKeyFile,
    archivePlace: join(stateDir, 'archive'),
    checkpointPlace: join(stateDir, 'checkpoints'),
    signKeyFile: join(stateDir, 'sign.key'),
    logLevel: env['LOG_LEVEL'] ?? 'WARN',
  });
  teardown.add(applyEnv(variables));
  return { databases, queue, events, issuer, sink, shop, telemetry, apiPort, variables };
};

/** What `startSurroundings` starts. */
export type Surroundings = Awaited<ReturnType<typeof startSurroundings>>;
