import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SinkFault } from '../../infra/local/sink-fault.ts';
import { ask } from './ask.ts';
import { openNotifyRoom, type NotifyRoom } from './notify-room.ts';
import { named, toldSince, type Wish } from './notify-wish.ts';

const signing = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const channels = ['email', 'sms', 'slack', 'webhook', 'pagerduty'] as const;

let room: NotifyRoom;
beforeAll(async () => {
  room = await openNotifyRoom();
  await room.target('slack', 'ops', `${room.sink.url}/slack/ops`);
  await room.target('webhook', 'crm', signing, '/webhook/crm');
  await room.target('pagerduty', 'pager', 'a'.repeat(32));
});
afterAll(() => room.close());

const recipients = { sms: '+4915112345678', slack: 'ops', webhook: 'crm', pagerduty: 'pager' };
const wish = (n: number, at: Date, prefix: string): Wish => {
  const channel = channels[n % channels.length]!;
  const recipient = channel === 'email' ? `n${n}@x.example` : recipients[channel];
  return { ...named(`${prefix}-${String(n).padStart(3, '0')}`), channel, recipient, at };
};

// How often each notice arrived: the sink's own count, by channel, since then.
const countsSince = (before: number): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { channel } of room.sink.arrivals().slice(before))
    counts[channel] = (counts[channel] ?? 0) + 1;
  return counts;
};

const failAll = (fault: SinkFault, times: number): void => {
  for (const channel of channels) room.sink.fail({ channel, fault, times });
};

// A day of relays on a moved clock: attempts are made straight by the list of what is due.
const attempts = async (from: Date, minutes: number): Promise<Record<string, number>> => {
  const endings: Record<string, number> = {};
  for (let minute = 0; minute < minutes; minute += 1) {
    const at = new Date(from.getTime() + minute * 60_000);
    const due = await ask<{ id: string; attempt: number }>(
      room.world.admin,
      `select id, attempts + 1 as attempt from monitoring.notice where next_attempt_at <= '${at.toISOString()}'
       and (state = 'pending' or (state = 'sending' and lease_until <= '${at.toISOString()}'))`,
    );
    for (const { id, attempt } of due) {
      const ending = await room.attempt(id, attempt, at);
      endings[ending] = (endings[ending] ?? 0) + 1;
    }
  }
  return endings;
};

const roundMs = 150 * 60_000;

test('an outage of every channel, of every kind that is not a lost answer, delays all and loses or doubles nothing', async () => {
  const from = new Date();
  const before = room.sink.arrivals().length;
  await room.write(...Array.from({ length: 25 }, (_, n) => wish(n, from, 'out')));

  for (const [round, fault] of (['500', '429', 'reset'] as const).entries()) {
    failAll(fault, 1_000);
    const endings = await attempts(new Date(from.getTime() + round * roundMs), roundMs / 60_000);
    expect(Object.keys(endings)).toEqual(['again']);
  }
  expect(room.sink.arrivals()).toHaveLength(before);
  failAll('500', 0);
  const endings = await attempts(new Date(from.getTime() + 3 * roundMs), 240);

  expect(endings).toEqual({ sent: 25 });
  expect(toldSince(room.sink, before).toSorted()).toEqual(
    Array.from({ length: 25 }, (_, n) => `out-${String(n).padStart(3, '0')}`),
  );
  const tries = (await room.rows()).map(({ attempts: many }) => many);
  expect(Math.max(...tries)).toBeLessThan(12);
});

test('a service that hangs costs ten seconds and is tried again; its neighbours are not told twice', async () => {
  const from = new Date();
  const before = room.sink.arrivals().length;
  await room.write(...Array.from({ length: 5 }, (_, n) => wish(n, from, 'hang')));
  failAll('hang', 1);
  const started = performance.now();

  const endings = await Promise.all(channels.map((_, n) => room.attempt(`hang-00${n}`, 1, from)));
  const ms = performance.now() - started;

  expect(endings).toEqual(channels.map(() => 'again'));
  expect(ms).toBeGreaterThan(9_500);
  expect(ms).toBeLessThan(15_000);
  await Promise.all(channels.map((_, n) => room.attempt(`hang-00${n}`, 2, from)));
  expect(countsSince(before)).toEqual({ email: 1, sms: 1, slack: 1, webhook: 1, pagerduty: 1 });
});

test('an answer that is lost after the channel took it is told twice at most, by the same key where there is one', async () => {
  const before = room.sink.arrivals().length;
  await room.write(...Array.from({ length: 5 }, (_, n) => wish(n, new Date(), 'lost')));
  failAll('lost', 1);

  for (const n of [0, 1, 2, 3, 4]) expect(await room.attempt(`lost-00${n}`, 1)).toBe('again');
  for (const n of [0, 1, 2, 3, 4]) expect(await room.attempt(`lost-00${n}`, 2)).toBe('sent');

  expect(countsSince(before)).toEqual({ email: 2, sms: 2, slack: 2, webhook: 2, pagerduty: 2 });
  const keys = room.sink
    .arrivals()
    .slice(before)
    .map(({ key }) => key)
    .filter((key) => key !== null);
  expect(keys.toSorted()).toEqual([
    'lost-003',
    'lost-003',
    expect.stringMatching(/^rookery\/heron\//),
    expect.stringMatching(/^rookery\/heron\//),
  ]);
  expect(new Set(keys).size).toBe(2);
});

test('one that nobody takes for three days fails, and says what was wrong to the last', async () => {
  const from = new Date(Date.now() - 4 * 86_400_000);
  await room.write({ ...wish(2, from, 'dead') });
  room.sink.fail({ channel: 'slack', fault: '500', times: 10_000 });
  const endings = await attempts(from, 3 * 1_440 + 200);
  room.sink.fail({ channel: 'slack', fault: '500', times: 0 });

  expect(endings['failed']).toBe(1);
  expect(await room.rows('dead-002')).toMatchObject([
    { state: 'failed', problem: 'tried for three days, the last time: answered 500' },
  ]);
  const [dead] = await room.rows('dead-002');
  expect(dead?.attempts).toBeGreaterThan(25);
});
