import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { admitEvent } from '@rookery/telemetry/admit';
import { plan } from '@rookery/telemetry/plan/plan';
import { handler } from '../../functions/queue/siem.ts';
import { startSiem, type Siem } from '../world/siem.ts';
import { chance } from './chance.ts';
import { contextOf, eventOf, failedOf } from './function-room.ts';
import { openSinkRoom, type SinkRoom } from './sink-room.ts';

let siem: Siem;
let room: SinkRoom;
beforeAll(async () => {
  siem = await startSiem();
  room = await openSinkRoom({ SIEM_PLACE: siem.url, SIEM_TOKEN: 'letmein' });
});
afterAll(async () => {
  await room.close();
  siem.close();
});
beforeEach(() => {
  siem.posts.length = 0;
  siem.taken.clear();
  siem.answer(() => 200);
});

const received_at = new Date().toISOString();
const login = plan.security_login_failed.example;
const failedLogin = (id: string, reason = 'wrong-password') => ({
  id,
  event: 'security_login_failed',
  actor: 'usr_41',
  properties: { ...login, reason },
});
const messageOf = (events: readonly object[], tenant_id = 'heron') => ({
  tenant_id,
  door: 'http' as const,
  received_at,
  events,
});
const busMessage = (id: string) => {
  const { event, ...detail } = failedLogin(id);
  return {
    version: '0',
    id: `bus-${id}`,
    'detail-type': event,
    source: 'penguinmails',
    time: received_at,
    detail: { ...detail, tenant_id: 'heron' },
  };
};
const idOf = (event: object): string => {
  const arrival = { tenantId: 'heron', door: 'http', receivedAt: new Date(received_at) } as const;
  const admission = admitEvent(event, arrival);
  if (!('envelope' in admission)) throw new Error(admission.rejected.reason);
  return admission.envelope.id;
};

test('a line tells everything of an event, what is about persons too, and is posted as NDJSON with the token', async () => {
  await room.sqs.send('siem', messageOf([failedLogin('a')]));
  await room.sqs.send('siem', busMessage('b'));

  expect(await room.work('siem', handler)).toBe(1);

  const [post, ...more] = siem.posts;
  expect(more).toEqual([]);
  expect(post?.headers).toMatchObject({
    'content-type': 'application/x-ndjson',
    authorization: 'Bearer letmein',
    'idempotency-key': expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(post?.lines.map(({ id }) => id).toSorted()).toEqual(
    [idOf(failedLogin('a')), idOf(failedLogin('b'))].toSorted(),
  );
  expect(post?.lines[0]).toEqual({
    id: expect.any(String),
    time: received_at,
    tenant_id: 'heron',
    event: 'security_login_failed',
    version: 1,
    actor: 'usr_41',
    severity: 'warning',
    properties: { ...login, reason: 'wrong-password' },
  });
});

test('an event that several messages of a batch hold is posted once', async () => {
  for (let n = 0; n < 5; n += 1) await room.sqs.send('siem', messageOf([failedLogin('same')]));

  await room.work('siem', handler);

  expect([...siem.taken]).toEqual([[idOf(failedLogin('same')), 1]]);
});

test('events for other sinks are passed over, and what is no event goes to the router, not to the SIEM', async () => {
  const other = { id: 'l', event: 'infra_latency', properties: plan.infra_latency.example };
  const none = { id: 'n', event: 'security_nothing', properties: {} };
  await room.sqs.send('siem', messageOf([failedLogin('c'), other, none]));

  await room.work('siem', handler);

  expect([...siem.taken.keys()]).toEqual([idOf(failedLogin('c'))]);
  const [forwarded, ...more] = await room.take('events');
  expect(more).toEqual([]);
  expect(JSON.parse(forwarded?.Body ?? '')).toEqual(messageOf([none]));
  expect(await room.take('siem', 'dlqUrl')).toEqual([]);
});

const isPoison = (line: object) => JSON.stringify(line).includes('"reason":"poison"');

test.each([400, 413, 422])(
  'of a parcel refused with %i the events at fault are found and given up with the reason, the others are taken',
  async (status) => {
    const events = Array.from({ length: 40 }, (_, n) =>
      failedLogin(`${status}-${n}`, n % 13 === 5 ? 'poison' : 'plain'),
    );
    for (let n = 0; n < 4; n += 1)
      await room.sqs.send('siem', messageOf(events.slice(n * 10, n * 10 + 10)));
    siem.answer(({ lines }) => (lines.some(isPoison) ? status : 200));

    expect(await room.work('siem', handler)).toBe(1);

    const good = events.filter((event) => !isPoison(event));
    const bad = events.filter(isPoison);
    expect(siem.taken).toEqual(new Map(good.map((event) => [idOf(event), 1])));
    const letters = await room.take('siem', 'dlqUrl');
    expect(
      letters.flatMap(({ Body = '' }) => (JSON.parse(Body) as { events: object[] }).events),
    ).toEqual(expect.arrayContaining(bad));
    expect(letters).toHaveLength(3);
    for (const { MessageAttributes = {} } of letters) {
      expect(MessageAttributes['code']?.StringValue).toBe('events-refused');
      expect(MessageAttributes['reason']?.StringValue).toContain(`the SIEM answers ${status}`);
    }
    expect(siem.posts.length).toBeLessThan(40);
  },
);

test.each([401, 403, 404, 405, 408, 429, 500, 503, { redirect: 'http://127.0.0.1:1/' }])(
  'after %j nothing is given up: all come again',
  async (said) => {
    let calls = 0;
    siem.answer(() => (calls++ < 3 ? said : 200));
    await room.sqs.send('siem', messageOf([failedLogin(`w${JSON.stringify(said)}`)]));

    expect(await room.work('siem', handler)).toBe(4);

    expect([...siem.taken.values()]).toEqual([1]);
    expect(await room.take('siem', 'dlqUrl')).toEqual([]);
  },
);

test('one event that makes the receiver fail keeps no other back, and is not given up', async () => {
  const events = Array.from({ length: 60 }, (_, n) =>
    failedLogin(`s${n}`, n === 31 ? 'poison' : 'plain'),
  );
  for (let n = 0; n < 10; n += 1)
    await room.sqs.send('siem', messageOf(events.slice(n * 6, n * 6 + 6)));
  let posts = 0;
  siem.answer(({ lines }) => ((posts += 1) < 30 && lines.some(isPoison) ? 500 : 200));

  expect(await room.work('siem', handler)).toBeGreaterThan(1);

  expect([...siem.taken.keys()].toSorted()).toEqual(events.map(idOf).toSorted());
  const again = [...siem.taken].filter(([, times]) => times > 1);
  expect(again.length).toBeLessThanOrEqual(5);
  expect(await room.take('siem', 'dlqUrl')).toEqual([]);
});

test('a receiver that fails whatever it gets is asked a few times a batch', async () => {
  const events = Array.from({ length: 500 }, (_, n) => failedLogin(`d${n}`));
  siem.answer(() => 500);

  const answer = await handler(eventOf([messageOf(events)]), contextOf());

  expect(failedOf(answer)).toEqual(['m0']);
  expect(siem.posts.length).toBeLessThan(16);
});

test('600 events through 30 % of faults of every kind: each is in the receiver, none is lost, none given up', async () => {
  const random = chance(6);
  const events = Array.from({ length: 600 }, (_, n) => failedLogin(`f${n}`));
  for (let n = 0; n < 200; n += 1)
    await room.sqs.send('siem', messageOf(events.slice(n * 3, n * 3 + 3)));
  const faults = [500, 502, 503, 429, 'reset', 'lost', 'hang'] as const;
  let seen = 0;
  siem.answer(({ lines }) => {
    if (lines.length > 24) return 413;
    if (random() > 0.3) return 200;
    const fault = faults[seen++ % faults.length] ?? 500;
    return fault;
  });

  await room.work('siem', handler, 1_000);

  expect([...siem.taken.keys()].toSorted()).toEqual(events.map(idOf).toSorted());
  expect(seen).toBeGreaterThanOrEqual(faults.length);
  const deliveries = [...siem.taken.values()].reduce((sum, times) => sum + times, 0);
  expect(deliveries / events.length).toBeLessThan(2);
  expect(await room.take('siem', 'dlqUrl')).toEqual([]);
});
