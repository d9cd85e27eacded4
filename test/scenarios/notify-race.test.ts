import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { tell } from '@rookery/monitoring/notices/outbox-tell';
import { gate, meeting } from './errors-room.ts';
import { openNotifyRoom, type NotifyRoom } from './notify-room.ts';
import { tenant } from './notify-wish.ts';

const signing = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

let room: NotifyRoom;
beforeAll(async () => {
  room = await openNotifyRoom();
  await room.target('webhook', 'crm', signing, '/webhook/crm');
});
afterAll(() => room.close());

let seen = 0;
afterEach(() => {
  seen = room.sink.arrivals().length;
});
const arrived = (): (string | null)[] =>
  room.sink
    .arrivals()
    .slice(seen)
    .map(({ key }) => key);
const later = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);
const write = (id: string) => room.write({ id, channel: 'webhook', recipient: 'crm' });

test('beside itself: of many workers with the same attempt one sends, round after round', async () => {
  for (let round = 0; round < 20; round += 1) {
    await write(`race-${round}`);
    const endings = await Promise.all(
      Array.from({ length: 8 }, () => room.attempt(`race-${round}`, 1)),
    );
    expect(endings.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'none'), 'sent']);
  }

  expect(arrived()).toHaveLength(20);
});

test('control: workers that look whether it was sent, and send without a lease, tell it twice', async () => {
  await write('naive');
  const bothLooked = meeting(2);
  const naive = async (): Promise<void> => {
    const [row] = await room.rows('naive');
    await bothLooked();
    if (row?.state !== 'pending') return;
    await room.desk().carriers.post({
      url: `${room.sink.url}/webhook/crm`,
      body: '{"type":"alert.firing","data":{"alerts":[]}}',
      sign: { id: 'naive', secrets: [signing] },
    });
    await room.world.admin.script(`update monitoring.notice set state = 'sent' where id = 'naive'`);
  };

  await Promise.all([naive(), naive()]);

  expect(arrived()).toEqual(['naive', 'naive']);
});

test('repeated and out of order: messages of attempts that were made change nothing', async () => {
  await write('twice');
  room.sink.fail({ channel: 'webhook', fault: '500', times: 1 });

  expect(await room.attempt('twice', 2)).toBe('none');
  expect(await room.attempt('twice', 1)).toBe('again');
  expect(await room.attempt('twice', 1)).toBe('none');
  expect(await room.attempt('twice', 2)).toBe('sent');
  expect(await room.attempt('twice', 1)).toBe('none');
  expect(await room.attempt('twice', 2)).toBe('none');
  expect(await room.attempt('twice', 3)).toBe('none');

  expect(arrived()).toEqual(['twice']);
});

// A desk whose database is gone the moment after the channel took the notice.
const dying = (at?: Date) => {
  const desk = room.desk(at);
  const query: typeof desk.ops.query = (statement, params) =>
    statement.title === 'note that a notice was sent'
      ? Promise.reject(new Error('killed'))
      : desk.ops.query(statement, params);
  return { ...desk, ops: { ...desk.ops, query } };
};

test('killed between sending and noting it: told once more, under the same webhook-id, and never a third time', async () => {
  await write('killed');

  await expect(tell(dying(), { tenantId: tenant, id: 'killed', attempt: 1 })).rejects.toThrow(
    'killed',
  );
  expect(await room.relay(later(60))).toBe(0);
  expect(await room.relay(later(95))).toBe(1);
  expect(await room.attempt('killed', 2, later(95))).toBe('sent');
  expect(await room.relay(later(500))).toBe(0);

  expect(arrived()).toEqual(['killed', 'killed']);
});

test('late: a sender whose lease lapsed is believed, whatever becomes of the attempt after it', async () => {
  await write('slow');
  const answered = gate();
  const slow = room.desk();
  const slowPost: typeof slow.carriers.post = async (call) => {
    const answer = await slow.carriers.post(call);
    await answered.opened;
    return answer;
  };
  const first = tell(
    { ...slow, carriers: { ...slow.carriers, post: slowPost } },
    { tenantId: tenant, id: 'slow', attempt: 1 },
  );
  while (arrived().length === 0) await pause(5);

  const next = room.desk(later(200));
  const failing = async (): Promise<never> => {
    answered.open();
    await first;
    throw new Failure('unavailable', 'test', 'no luck');
  };
  const second = await tell(
    { ...next, carriers: { ...next.carriers, post: failing } },
    { tenantId: tenant, id: 'slow', attempt: 2 },
  );

  expect([await first, second]).toEqual(['sent', 'none']);
  expect(await room.rows('slow')).toMatchObject([{ state: 'sent', problem: null }]);
  expect(arrived()).toEqual(['slow']);
});

test('a message that is lost is sent again by the next run; one that comes back later finds the attempt made', async () => {
  await room.work();
  await write('lost');

  expect(await room.relay()).toBe(1);
  expect(await room.relay(later(60))).toBe(1);
  expect(await room.work()).toBe(2);
  expect(await room.relay(later(120))).toBe(0);

  expect(arrived()).toEqual(['lost']);
});

test('a sender that never comes back is given up, and says so', async () => {
  await write('poison');
  await room.world.admin.script(
    `update monitoring.notice set state = 'sending', attempts = 30, lease_until = now() where id = 'poison'`,
  );

  expect(await room.relay(later(1))).toBe(0);

  expect(await room.rows('poison')).toMatchObject([
    { state: 'failed', problem: expect.stringContaining('30 times without a word') },
  ]);
});
