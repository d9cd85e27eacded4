import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { busOfAudit } from '@rookery/lambda/tracking';
import { ingestMessage } from '@rookery/monitoring/ingest/message';
import { admitBusEvent, admitEvent } from '@rookery/telemetry/admit';
import { openAuditor } from '@rookery/telemetry/audit/audit';
import { auditDetailType, busSource } from '@rookery/telemetry/bus-rules';
import { plan } from '@rookery/telemetry/plan/plan';
import type { Entry } from '@rookery/telemetry/plan/entry';
import { queuedMessage } from '@rookery/telemetry/queued';
import { sweepRejections } from '@rookery/telemetry/rejected';
import { routeBatch } from '@rookery/telemetry/router';
import { sinkNames } from '@rookery/telemetry/sink';
import { handler as rejections } from '../../functions/api/event-rejections.ts';
import { handler as router } from '../../functions/queue/events.ts';
import { ask } from './ask.ts';
import { contextOf, eventOf } from './function-room.ts';
import { noteOf, openTelemetryRoom, queues, type TelemetryRoom } from './telemetry-room.ts';

type Row = {
  readonly tenant_id: string;
  readonly code: string;
  readonly event: string | null;
  readonly door: string;
};

const entries: [string, Entry][] = Object.entries(plan);

let room: TelemetryRoom;
let client: EventBridgeClient;
beforeAll(async () => {
  room = await openTelemetryRoom('heron');
  client = new EventBridgeClient({});
});
afterAll(async () => {
  client.destroy();
  await room.close();
});
beforeEach(async () => {
  for (const queue of queues) {
    await room.drain(queue);
    await room.drain(queue, 'dead');
  }
  await room.world.admin.script('delete from monitoring.rejected_event');
});

const put = async (events: readonly { readonly name: string; readonly detail: object }[]) => {
  for (let at = 0; at < events.length; at += 10)
    await client.send(
      new PutEventsCommand({
        Entries: events.slice(at, at + 10).map(({ name, detail }) => ({
          EventBusName: 'rookery-test',
          Source: busSource,
          DetailType: name,
          Detail: JSON.stringify(detail),
        })),
      }),
    );
  await room.delivered();
};

const rows = () =>
  ask<Row>(
    room.world.admin,
    'select tenant_id, code, event, door from monitoring.rejected_event order by 1, 2, 3',
  );

const message = (...events: readonly unknown[]) => ({
  tenant_id: 'heron',
  door: 'http',
  received_at: '2026-11-20T12:00:00.000Z',
  events,
});

test('every event of the plan that is put on the bus is in the queues of its category and sinks, none at the router', async () => {
  await put(
    entries.map(([name, { example }]) => ({
      name,
      detail: { tenant_id: 'heron', properties: example },
    })),
  );

  for (const sink of sinkNames) {
    const names = (await room.drain(sink)).map(({ Body = '' }) => JSON.parse(Body)['detail-type']);
    const wanted = entries.flatMap(([name, { sinks }]) =>
      (sinks as readonly string[]).includes(sink) ? [name] : [],
    );
    // A rule is of a category: where its events differ in their sinks, a sink lets some of them pass.
    expect(names).toEqual(expect.arrayContaining(wanted));
    expect(new Set(names).size).toBe(names.length);
  }
  expect(await room.drain('events')).toEqual([]);
});

test('a record of the audit goes to the queue ingest, as the message that its worker takes', async () => {
  const { audit } = openAuditor(busOfAudit(busSource, auditDetailType));
  await audit('tenant.deleted', {
    tenantId: 'heron',
    actor: { id: 'u-1', email: 'ada@heron.example', role: 'owner' },
    resourceId: 'heron',
    reason: 'asked for it',
    ip: '192.0.2.7',
  });
  await room.delivered();

  const bodies = (await room.drain('ingest')).map(({ Body = '' }) => JSON.parse(Body));
  expect(bodies.map((body) => ingestMessage.parse(body))).toMatchObject([
    { tenant_id: 'heron', stream: 'audit-events', items: [{ key: expect.any(String) }] },
  ]);
  expect(await room.drain('events')).toEqual([]);
});

test('names that no category has are counted, with their tenants, and kept with the reason', async () => {
  await put([
    { name: 'page_viewed', detail: { tenant_id: 'heron', properties: {} } },
    { name: 'order.paid', detail: { properties: {} } },
  ]);
  await room.work('events', router);

  expect(await rows()).toEqual([
    { tenant_id: 'heron', code: 'event-unknown', event: 'page_viewed', door: 'bus' },
    { tenant_id: 'platform', code: 'tenant-missing', event: 'order.paid', door: 'bus' },
  ]);
  const dead = await room.drain('events', 'dead');
  expect(dead.map((letter) => noteOf(letter, 'code')).toSorted()).toEqual([
    'event-unknown',
    'tenant-missing',
  ]);
  expect(dead.map((letter) => noteOf(letter, 'reason'))).toContainEqual(
    expect.stringContaining('page_viewed is not in the tracking plan'),
  );
  expect(dead.map(({ Body = '' }) => JSON.parse(Body)['detail-type']).toSorted()).toEqual([
    'order.paid',
    'page_viewed',
  ]);
});

test('what is in order goes on to its sinks, and only the rest of a message is kept, a letter a reason', async () => {
  const good = {
    id: 'g',
    event: 'infra_error_rate',
    properties: { service: 'a', requests: 1, errors: 0 },
  };
  const odd = [
    { id: '1', event: 'email_seen', properties: {} },
    { id: '2', event: 'email_opened', properties: {} },
    { id: '3', event: 'email_seen', properties: {} },
  ];
  await room.sqs.send('events', message(odd[0], good, odd[1], odd[2]));
  await room.work('events', router);

  for (const sink of ['metrics', 'console'] as const)
    expect((await room.drain(sink)).map(({ Body = '' }) => JSON.parse(Body))).toEqual([
      message(good),
    ]);
  const dead = await room.drain('events', 'dead');
  expect(
    dead
      .map((letter) => [noteOf(letter, 'code'), JSON.parse(letter.Body ?? '')])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ).toEqual([
    ['event-unknown', message(odd[0], odd[2])],
    ['properties-invalid', message(odd[1])],
  ]);
  expect(await rows()).toHaveLength(3);
});

const twenty = Array.from({ length: 10 }, (_, n) =>
  message(...Array.from({ length: 20 }, (__, m) => ({ id: `${n}-${m}`, event: 'nope' }))),
);

test('delivered again, out of order and beside itself, a rejection is counted once', async () => {
  const deliver = () => router(eventOf(twenty.toReversed()), contextOf());
  const answers = await Promise.all([deliver(), router(eventOf(twenty), contextOf()), deliver()]);
  answers.push(await deliver());

  expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
  expect(await rows()).toHaveLength(200);
});

test('control: a counter that knows no ids counts each delivery', async () => {
  let naive = 0;
  const count = async (rejections: readonly unknown[]) => (naive += rejections.length);
  const judge = { event: admitEvent, busEvent: admitBusEvent };
  const batch = twenty.map((body, n) => ({
    messageId: `m${n}`,
    sentAt: new Date(),
    message: queuedMessage.parse(body),
    body: JSON.stringify(body),
  }));
  for (const _ of [1, 2]) await routeBatch({ judge, send: async () => {}, count }, batch);

  expect(naive).toBe(400);
});

test('a message that is none is kept, and does not keep its neighbours', async () => {
  const batch = eventOf(['{"events":', '17', { tenant_id: 'heron' }, message({ event: 'nope' })]);
  const answer = await router(batch, contextOf());

  expect(answer.batchItemFailures).toEqual([]);
  expect(await room.drain('events', 'dead')).toHaveLength(4);
  expect(await rows()).toHaveLength(1);
});

test('when the database is away nothing is acknowledged and nothing is kept twice', async () => {
  await room.world.admin.script('revoke insert on monitoring.rejected_event from rookery_ingest');
  const batch = eventOf([message({ id: 'a', event: 'nope' })]);
  const failed = await router(batch, contextOf());
  await room.world.admin.script('grant insert on monitoring.rejected_event to rookery_ingest');
  const again = await router(batch, contextOf());

  expect([failed.batchItemFailures.length, again.batchItemFailures.length]).toEqual([1, 0]);
  expect(await room.drain('events', 'dead')).toHaveLength(1);
});

const read = (tenantId: string, query = {}, role = 'tenant-admin') =>
  room.ask(rejections, 'GET /v1/events/rejections', {
    query,
    headers: { authorization: `Bearer ${room.token(role, tenantId)}` },
  });

const nope = (id: string) => ({ id, event: 'email_seen' });

test('a tenant reads what was rejected of it by reason, with the newest words, and nothing of others', async () => {
  await router(
    eventOf([message(nope('a'), nope('b'), { id: 'c', event: 'email_opened' })]),
    contextOf(),
  );
  const own = await read('heron');
  const foreign = await read('finch');
  const later = await read('heron', { since: new Date(Date.now() + 60_000).toISOString() });
  const member = await read('heron', {}, 'tenant-member');

  expect(own.json.data).toMatchObject([
    { code: 'event-unknown', event: 'email_seen', door: 'http', rejections: 2 },
    {
      code: 'properties-invalid',
      event: 'email_opened',
      rejections: 1,
      reason: expect.stringContaining('email_id'),
    },
  ]);
  expect([foreign.json.data, later.json.data, member.status]).toEqual([[], [], 403]);
});

test('rejections are forgotten after 30 days, and not a minute before', async () => {
  await router(
    eventOf([message({ id: 'a', event: 'nope' }, { id: 'b', event: 'nope' })]),
    contextOf(),
  );
  await room.world.admin.script(
    `update monitoring.rejected_event set rejected_at = now() - interval '30 days 1 minute'
     where id = (select min(id::text)::uuid from monitoring.rejected_event)`,
  );
  const now = new Date();

  expect(await sweepRejections(room.world.ops, now, () => true)).toBe(1);
  expect(await sweepRejections(room.world.ops, now, () => true)).toBe(0);
  expect(await rows()).toHaveLength(1);
});
