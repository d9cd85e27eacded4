import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler as door } from '../../functions/api/ingest.ts';
import { handler as worker } from '../../functions/queue/ingest.ts';
import { ask } from './ask.ts';
import { event, type Entry } from './audit-promotion-room.ts';
import { contextOf, eventOf } from './function-room.ts';
import { openDoorRoom, type DoorRoom } from './ingest-door-room.ts';

let room: DoorRoom;
beforeAll(async () => {
  room = await openDoorRoom('heron');
});
afterAll(() => room.close());

const entries = () =>
  ask<Entry>(room.world.ops, `select l.* from olap.admin_audit_log l order by tenant_id, seq`);

const knock = (items: readonly object[]) =>
  room.ask(door, 'POST /v1/ingest/{stream}', { stream: 'audit-events', body: { items } });

test('twice: what came through the HTTP door is in the log once the worker has it, and once', async () => {
  const said = await knock([
    {
      ...event({ event_id: 'e1', before_data: { role: 'a' }, after_data: { role: 'b' } }),
      id: '1',
    },
    { ...event({ event_id: 'e2', action_type: 'login', resource_type: 'session' }), id: '2' },
  ]);
  expect(said).toMatchObject({ status: 202, json: { accepted: 2 } });
  const sent = await room.drain();

  for (let n = 0; n < 2; n += 1) {
    const { batchItemFailures } = await worker(eventOf(sent), contextOf());
    expect(batchItemFailures).toEqual([]);
  }

  expect(await entries()).toMatchObject([
    { seq: 1, action: 'role.changed', old_values: { role: 'a' }, new_values: { role: 'b' } },
  ]);
});

test('what the log refuses is in the dead letters with the reason, and was accepted by the door', async () => {
  const before = await entries();
  const body = event({ event_id: 'e3', after_data: { role: 'b', body: '<html>' } });
  expect((await knock([{ ...body, id: '3' }])).json.accepted).toBe(1);

  await worker(eventOf(await room.drain()), contextOf());

  const { Messages = [] } = await room.sqs.client.send(
    new ReceiveMessageCommand({
      QueueUrl: room.sqs.urls.ingest.dlqUrl,
      MessageAttributeNames: ['All'],
    }),
  );
  expect(Messages.map(({ MessageAttributes: of }) => of?.['reason']?.StringValue)).toEqual([
    expect.stringContaining('leave "body" out of after_data of event e3'),
  ]);
  expect(await entries()).toEqual(before);
});
