import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActivityItem } from '@rookery/monitoring/activity/write';
import { writers } from '@rookery/monitoring/ingest/writers';
import { closeIdleSessions } from '@rookery/monitoring/sessions/close';
import type { SessionItem } from '@rookery/monitoring/sessions/session';
import { minutesAgo, now, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const session = (given: Partial<SessionItem> = {}): SessionItem => ({
  event: 'start',
  time: minutesAgo(60),
  session_id: 's',
  user_id: 'u',
  ...given,
});
const activity = (minutes: number, given: Partial<ActivityItem> = {}): ActivityItem => ({
  time: minutesAgo(minutes),
  user_id: 'u',
  session_id: 's',
  activity_type: 'page-view',
  ...given,
});
const sessionsOf = (tenant: string) =>
  room.rows(
    `id, extract(epoch from ('${now.toISOString()}' - started_at))::integer / 60 as began,
     extract(epoch from ('${now.toISOString()}' - last_seen))::integer / 60 as seen,
     extract(epoch from ('${now.toISOString()}' - ended_at))::integer / 60 as ended,
     ended_by, duration, page_views, actions, browser, metadata`,
    `tb_user_session where tenant_id = '${tenant}' order by id`,
  );
const close = () => closeIdleSessions(room.world.ops, now, () => true);

type Sent = ['sessions', SessionItem] | ['activity', ActivityItem];

const events: readonly Sent[] = [
  ['sessions', session({ browser: 'Firefox', metadata: { plan: 'pro' } })],
  ['activity', activity(59, { browser: 'Firefox' })],
  ['activity', activity(50, { activity_type: 'action', browser: 'Safari' })],
  ['activity', activity(45, { activity_type: 'feature-use' })],
  ['sessions', session({ event: 'end', time: minutesAgo(40) })],
];

const send = async (tenant: string, [kind, item]: Sent, key: string) =>
  kind === 'sessions'
    ? room.deliver(writers.sessions, tenant, { [key]: item })
    : room.deliver(writers['user-activity'], tenant, { [key]: item });

const orders = (all: readonly number[]): number[][] =>
  all.length === 0
    ? [[]]
    : all.flatMap((first) =>
        orders(all.filter((n) => n !== first)).map((rest) => [first, ...rest]),
      );

test('start, activity and end come out as the same session in all 120 orders, each delivered twice', async () => {
  const all = orders([0, 1, 2, 3, 4]);
  for (const [n, order] of all.entries())
    for (const at of [...order, ...order]) {
      const event = events[at];
      if (event !== undefined) await send(`order${n}`, event, `k${at}`);
    }

  const ended = {
    id: 's',
    began: 60,
    seen: 40,
    ended: 40,
    ended_by: 'user',
    duration: 1200,
    page_views: 1,
    actions: 2,
    browser: 'Firefox',
    metadata: { plan: 'pro' },
  };
  for (const n of all.keys()) expect(await sessionsOf(`order${n}`)).toEqual([ended]);
});

test('a session is ended for being idle at 30 minutes and not before, at the moment it was last seen', async () => {
  await room.deliver(writers['user-activity'], 'idle', {
    a: activity(45, { session_id: 'far' }),
    b: activity(31, { session_id: 'far' }),
    c: activity(30, { session_id: 'just' }),
    d: activity(29, { session_id: 'near' }),
  });

  expect(await close()).toBe(2);
  expect(await close()).toBe(0);

  expect(await sessionsOf('idle')).toMatchObject([
    { id: 'far', began: 45, ended: 31, ended_by: 'idle', duration: 840, page_views: 2 },
    { id: 'just', began: 30, ended: 30, ended_by: 'idle', duration: 0 },
    { id: 'near', began: 29, ended: null, ended_by: null, duration: null },
  ]);
});

test('late activity counts in a session that was ended for being idle, and opens it again when it is later', async () => {
  const key = (() => {
    let n = 0;
    return () => `k${(n += 1)}`;
  })();
  const add = (minutes: number) =>
    room.deliver(writers['user-activity'], 'late', { [key()]: activity(minutes) });
  await add(90);
  await add(80);
  await close();

  await add(85);
  expect(await sessionsOf('late')).toMatchObject([
    { ended: 80, ended_by: 'idle', duration: 600, page_views: 3 },
  ]);
  await add(95);
  expect(await sessionsOf('late')).toMatchObject([
    { began: 95, ended: 80, ended_by: 'idle', duration: 900, page_views: 4 },
  ]);
  await add(60);
  expect(await sessionsOf('late')).toMatchObject([
    { seen: 60, ended: null, ended_by: null, duration: null, page_views: 5 },
  ]);
  await close();
  expect(await sessionsOf('late')).toMatchObject([
    { began: 95, ended: 60, ended_by: 'idle', duration: 2100, page_views: 5 },
  ]);
});

test('activity after its end extends a session that its user ended; it stays ended', async () => {
  await room.deliver(writers.sessions, 'after', { e: session({ event: 'end' }) });
  await room.deliver(writers['user-activity'], 'after', { a: activity(50) });

  expect(await sessionsOf('after')).toMatchObject([
    { began: 60, ended: 50, ended_by: 'user', duration: 600, page_views: 1 },
  ]);
});

test('closers beside each other and beside a writer close each session once and wait for nobody', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 400 }, (_, n) => [`k${n}`, activity(70, { session_id: `s${n}` })]),
  );
  await room.deliver(writers['user-activity'], 'many', many);

  const closed = await room.ingest.transaction(
    async (tx) => {
      // A writer holds s0 while the closers run.
      await writers['user-activity'].write(tx, {
        tenantId: 'many',
        receivedAt: now,
        items: [{ key: 'held', item: activity(10, { session_id: 's0' }) }],
      });
      return Promise.all([close(), close(), close(), close()]);
    },
    { tenantId: 'many' },
  );

  expect(closed.reduce((sum, n) => sum + n, 0)).toBe(399);
  expect(
    await room.rows('count(*)', `tb_user_session where tenant_id = 'many' and ended_by = 'idle'`),
  ).toEqual([{ count: 399 }]);
  expect(await sessionsOf('many')).toContainEqual(
    expect.objectContaining({ id: 's0', seen: 10, ended: null, page_views: 2 }),
  );
});

test('activity leaves one mark for each hour and UTC day of a batch', async () => {
  await room.deliver(writers['user-activity'], 'marks', {
    a: activity(1),
    b: activity(2),
    c: activity(60),
    d: activity(24 * 60),
  });

  const marks = (table: string) =>
    room.rows(
      `extract(epoch from ('${now.toISOString()}' - bucket))::float8 / 60 as minutes`,
      `${table} where tenant_id = 'marks' order by 1`,
    );
  expect(await marks('user_activity_hourly_dirty')).toEqual([
    { minutes: 7.5 },
    { minutes: 67.5 },
    { minutes: 24 * 60 + 7.5 },
  ]);
  expect(await marks('user_activity_daily_dirty')).toEqual([
    { minutes: 12 * 60 + 7.5 },
    { minutes: 36 * 60 + 7.5 },
  ]);
});

test('metadata is redacted when written', async () => {
  const metadata = { password: 'hunter2', note: 'of ada@example.com' };
  await room.deliver(writers['user-activity'], 'secret', { a: activity(1, { metadata }) });
  await room.deliver(writers.sessions, 'secret', { b: session({ metadata }) });

  const found = [
    ...(await room.rows('metadata', `tb_user_activity where tenant_id = 'secret'`)),
    ...(await room.rows('metadata', `tb_user_session where tenant_id = 'secret'`)),
  ];
  expect(found).toHaveLength(2);
  expect(JSON.stringify(found)).not.toMatch(/hunter2|ada@/);
});
