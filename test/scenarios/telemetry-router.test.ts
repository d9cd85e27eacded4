import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventId } from '@rookery/telemetry/identity';
import { judgeBy } from '@rookery/telemetry/opened';
import { queuedMessage } from '@rookery/telemetry/queued';
import { routeBatch } from '@rookery/telemetry/router';
import { handler as router } from '../../functions/queue/events.ts';
import { contextOf, eventOf } from './function-room.ts';
import {
  emptied,
  messageOf as message,
  noteOf,
  openTelemetryRoom,
  rejectionRows,
  type TelemetryRoom,
} from './telemetry-room.ts';

let room: TelemetryRoom;
beforeAll(async () => {
  room = await openTelemetryRoom('heron');
});
afterAll(async () => {
  await room.close();
});
beforeEach(() => emptied(room));

const rows = () => rejectionRows(room);

test('what is in order goes on to its sinks, and only the rest of a message is kept, a letter a reason', async () => {
  const good = {
    id: 'g',
    event: 'infra_error_rate',
    properties: { service: 'a', requests: 1, errors: 0 },
  };
  const admitted = {
    id: eventId('heron', good.event, good.id),
    event: good.event,
    version: 1,
    tenant_id: 'heron',
    actor: null,
    time: message().received_at,
    properties: good.properties,
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
      { envelopes: [admitted] },
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
  const judge = judgeBy();
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
