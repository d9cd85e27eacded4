import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { redriveLetters } from '../../packages/cli/dead-letters.ts';
import { openNotifyRoom, type NotifyRoom } from './notify-room.ts';
import { named, tenant, toldSince } from './notify-wish.ts';

let room: NotifyRoom;
beforeAll(async () => {
  room = await openNotifyRoom();
});
afterAll(() => room.close());

const write = (id: string, groupId?: string) =>
  room.write({
    ...named(id),
    channel: 'email',
    recipient: 'ops@x.example',
    ...(groupId === undefined ? {} : { groupId }),
  });
const corrupt = (id: string, content: string) =>
  room.world.admin.script(`update monitoring.notice set content = '${content}' where id = '${id}'`);
const later = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);
const depth = async () => (await room.sqs.pending()).notify;
const dead = (attempt: object | string) =>
  room.sqs.client.send(
    new SendMessageCommand({
      QueueUrl: room.sqs.urls.notify.dlqUrl,
      MessageBody: typeof attempt === 'string' ? attempt : JSON.stringify(attempt),
    }),
  );
const redrive = () =>
  redriveLetters(room.sqs.client, { name: 'notify', ...room.sqs.urls.notify }, undefined, () => {});

test.each([
  ['nothing', '{}'],
  ['a kind there is not', '{"kind": "?", "alerts": []}'],
  ['alerts of another shape', '{"kind": "firing", "severity": "error", "alerts": [1], "more": 0}'],
])(
  'a notice whose content is %s fails and says so; its neighbours and those behind it are told',
  async (_, content) => {
    const before = room.sink.arrivals().length;
    const ids = ['bad', 'behind', 'beside'].map((name) => `${name}-${content.length}`);
    const [bad = '', behind = '', beside = ''] = ids;
    await write(bad, `line-${content.length}`);
    await corrupt(bad, content);
    await write(behind, `line-${content.length}`);
    await write(beside);

    await room.relay();
    await room.work();
    await room.relay(later(1));
    await room.work();

    expect(await room.rows(bad)).toMatchObject([
      { state: 'failed', problem: 'what it tells cannot be read: it is our fault' },
    ]);
    expect(toldSince(room.sink, before).toSorted()).toEqual([behind, beside]);
    expect(await depth()).toEqual({ queue: 0, dlq: 0 });
  },
);

test('a message that nobody can read is buried with its reason, and costs no notice', async () => {
  const before = room.sink.arrivals().length;
  await write('whole');
  await room.sqs.send('notify', { tenant_id: tenant, notice_id: 'whole' });
  await room.sqs.send('notify', { tenant_id: tenant, notice_id: 'whole', attempt: 'first' });
  await room.relay();

  expect(await room.work()).toBe(3);

  expect(await depth()).toEqual({ queue: 0, dlq: 2 });
  expect(toldSince(room.sink, before)).toEqual(['whole']);
  // Redriven as they are they are buried again.
  expect(await redrive()).toHaveLength(2);
  expect(await room.work()).toBe(2);
  expect(await depth()).toEqual({ queue: 0, dlq: 2 });
});

const attempt = (id: string) => ({ tenant_id: tenant, notice_id: id, attempt: 1 });

test('dead letters that are redriven twice tell what was not told yet, once, and nothing that was', async () => {
  const before = room.sink.arrivals().length;
  for (const id of ['told', 'waits']) await write(id);
  await room.attempt('told', 1);
  for (const id of ['told', 'waits', 'gone']) await dead(attempt(id));

  await redrive();
  await room.work();
  for (const id of ['told', 'waits', 'gone']) await dead(attempt(id));
  await redrive();
  await room.work();

  expect(toldSince(room.sink, before)).toEqual(['told', 'waits']);
  expect(await room.rows('waits')).toMatchObject([{ state: 'sent', attempts: 1, problem: null }]);
});
