import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { redriveLetters } from '@rookery/cli/dead-letters';
import { batchFunction } from '@rookery/lambda/batch';
import { database } from '@rookery/lambda/database';
import { sendBodies } from '@rookery/lambda/event-queues';
import { eventId } from '@rookery/telemetry/identity';
import { judgeBy } from '@rookery/telemetry/opened';
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
        judge: judgeBy(corrected),
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
  // They happened when the door took them, not when they were replayed.
  const whole = {
    event: 'email_seen',
    version: 1,
    actor: null,
    time: at.toISOString(),
    properties,
  };
  const [one, two, three] = [
    ['heron', 'a'],
    ['heron', 'c'],
    ['finch', 'd'],
  ].map(([tenant_id = '', id = '']) => ({
    ...whole,
    tenant_id,
    id: eventId(tenant_id, 'email_seen', id),
  }));
  expect(eventsIn(arrived)).toEqual(expect.arrayContaining([one, two, three]));
  expect(eventsIn(arrived)).toHaveLength(3);
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
