import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { asciiJson } from '@rookery/kernel/text';
import { closeDatabases } from '@rookery/lambda/database';
import { judgeEvents } from '@rookery/telemetry/door';
import { handler } from '../../functions/api/events.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { eventOf } from '../../infra/local/http-event.ts';
import { signToken, startIssuer } from '../../infra/local/issuer.ts';
import { contextOf } from '../scenarios/function-room.ts';
import { plain, ratio, type Line } from './line.ts';
import { competeHere } from './measure-here.ts';
import { databaseName } from './question-api.sql.ts';
import type { Stage } from './stage.ts';
import { eventsOf } from './telemetry-events.ts';
import { telemetryEnv, type TelemetryPlace } from './telemetry-place.ts';

const repeats = 15;
const tenantId = 'heron';

const requestOf = (token: string, body: object) =>
  eventOf(
    {
      method: 'POST',
      target: '/v1/events',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
      sourceIp: '127.0.0.1',
      port: 0,
      requestId: 'bench',
      at: new Date(),
    },
    { routeKey: 'POST /v1/events', parameters: {} },
  );

// The messages that the door would send, sent with the SDK and nothing else, queue after queue as the door does.
const bareSender = (place: TelemetryPlace) => {
  const client = new SQSClient({ endpoint: place.sqs, region: 'us-east-1' });
  const receivedAt = new Date();
  const docket = { tenantId, receivedAt, keys: 'bench' };
  const { loads } = judgeEvents(eventsOf(receivedAt, 0), docket);
  const bodies = loads.map(({ queue, messages }) => ({
    QueueUrl: place.urls[queue].url,
    Entries: messages.map((message, n) => ({ Id: String(n), MessageBody: asciiJson(message) })),
  }));
  return {
    messages: loads.reduce((sum, { messages }) => sum + messages.length, 0),
    send: async () => {
      for (const batch of bodies)
        if (batch.Entries.length > 0) await client.send(new SendMessageBatchCommand(batch));
    },
    close: () => {
      client.destroy();
    },
  };
};

/** A request of 500 events through the function, against sending what it sends. */
export const doorLines = async (
  { ground, place: { warehouseAdmin }, say }: Stage,
  place: TelemetryPlace,
): Promise<Line[]> => {
  say('telemetry: the door');
  const stateDir = await mkdtemp(join(tmpdir(), 'rookery-bench-'));
  const issuer = await startIssuer({ stateDir, port: 0 });
  const [database] = await warehouseAdmin.query(databaseName, {});
  const env = applyEnv({
    ...telemetryEnv(place),
    DATABASE_URL_API: ground.postgres.url('rookery_api', database?.name ?? 'postgres'),
    DATABASE_PROXY_PORT: String(ground.proxyPort),
    TOKEN_ISSUER: issuer.issuer,
    TOKEN_AUDIENCE: issuer.audience,
    TOKEN_JWKS_URL: issuer.jwksUrl,
  });
  const token = await signToken(stateDir, {
    tenantId,
    role: 'tenant-admin',
    subject: 'bench',
    expiresInSeconds: 3_600,
  });
  const bare = bareSender(place);
  let from = 0;
  let request = requestOf(token, {});
  try {
    const run = await competeHere(repeats, {
      door: {
        prepare: async () => {
          request = requestOf(token, { events: eventsOf(new Date(), (from += 500)) });
        },
        run: async () => {
          const { statusCode } = await handler(request, contextOf());
          if (statusCode !== 202) throw new Error(`the door answered ${statusCode}`);
        },
      },
      bare: { run: bare.send },
    });
    return [
      ratio(
        'POST /v1/events of 500 through its function / sending its messages with the SDK alone, CPU',
        run.door,
        run.bare,
        undefined,
      ),
      ratio('the same, wall', run.door, run.bare, undefined, 'wall'),
      plain('Messages that 500 events of all kinds become', bare.messages, 'rows', undefined),
    ];
  } finally {
    bare.close();
    await closeDatabases();
    env.stop();
    await issuer.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
};
