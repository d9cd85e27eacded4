import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { redriveLetters } from '@rookery/cli/dead-letters';
import { batchFunction } from '@rookery/lambda/batch';
import { database } from '@rookery/lambda/database';
import { sendBodies } from '@rookery/lambda/event-queues';
import { admitBusEvent, admitEvent } from '@rookery/telemetry/admit';
import { entry } from '@rookery/telemetry/plan/entry';
import { plan } from '@rookery/telemetry/plan/plan';
import { queuedMessage } from '@rookery/telemetry/queued';
import { countEach } from '@rookery/telemetry/rejected';
import { rejectionsOfAll } from '@rookery/telemetry/rejected.sql';
import { routeBatch } from '@rookery/telemetry/router';
import { handler as router } from '../../functions/queue/events.ts';
import { eventsIn, noteOf, openTelemetryRoom, type TelemetryRoom } from './telemetry-room.ts';

const at = new Date();

// The plan as it should have been: with the event that producers send already.
const corrected = {
  ...plan,
  email_seen: entry({
    nature: 'behaviour',
    description: 'Somebody looked at an e-mail.',
    owner: 'delivery',
    version: 1,
    sinks: ['posthog'],
    pii: [],
    properties: z.strictObject({ email_id: z.string() }),
    example: { email_id: 'eml_1' },
  }),
};

let room: TelemetryRoom;
beforeAll(async () => {
  room = await openTelemetryRoom('heron');
});
afterAll(() => room.close());

// functions/queue/events.ts as it is after the deployment of the corrected plan.
const mended = batchFunction({
  name: 'events',
  schema: queuedMessage,
  deadLetterUrl: () => room.sqs.urls.events.dlqUrl,
  work: (messages) =>
    routeBatch(
      {
        judge: {
          event: (sent, arrival) => admitEvent(sent, arrival, corrected),
          busEvent: (bus, receivedAt) => admitBusEvent(bus, receivedAt, corrected),
        },
        send: sendBodies,
        count: (rejections) => countEach(database('ingest'), rejections),
      },
      messages,
    ),
});

const redrive = () =>
  redriveLetters(room.sqs.client, { name: 'events', ...room.sqs.urls.events }, undefined, () => {});

test('dead letters reach their sink once the plan is corrected; what is still wrong is kept again, and counted once', async () => {
  const properties = { email_id: 'eml_1' };
  const seen = (id: string) => ({ id, event: 'email_seen', properties });
  await room.send({
    at,
    body: { events: [seen('a'), { id: 'b', event: 'email_gone', properties }, seen('c')] },
  });
  const overBus = {
    version: '0',
    id: 'bus-1',
    source: 'penguinmails',
    'detail-type': 'email_seen',
    time: at.toISOString(),
    detail: { tenant_id: 'finch', id: 'd', properties },
  };
  await room.sqs.send('events', overBus);
  await room.work('events', router);
  const stillWrong = await redrive();
  await room.work('events', router);
  const moved = await redrive();
  await room.work('events', mended);

  expect([stillWrong.length, moved.length]).toEqual([2, 2]);
  const arrived = await room.drain('posthog');
  const bodies = arrived.map(({ Body = '' }) => JSON.parse(Body));
  expect(bodies.filter((body) => 'detail' in body)).toEqual([overBus]);
  const own = arrived.filter(({ Body = '' }) => 'events' in JSON.parse(Body));
  expect(eventsIn(own)).toEqual([seen('a'), seen('c')]);
  // It happened when the door took it, not when it was replayed.
  expect(bodies.find((body) => 'events' in body).received_at).toBe(at.toISOString());
  const left = await room.drain('events', 'dead');
  expect(left.map((letter) => noteOf(letter, 'code'))).toEqual(['event-unknown']);
  expect(eventsIn(left)).toEqual([{ id: 'b', event: 'email_gone', properties }]);
  const counted = await room.world.ops.query(rejectionsOfAll, { since: new Date(0), limit: 10 });
  expect(counted.map(({ tenant_id, event, rejections }) => [tenant_id, event, rejections])).toEqual(
    [
      ['heron', 'email_seen', 2],
      ['finch', 'email_seen', 1],
      ['heron', 'email_gone', 1],
    ],
  );
});
