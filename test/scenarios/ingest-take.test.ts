import { afterAll, beforeAll, expect, test } from 'vitest';
import { take, type Stream } from '@rookery/monitoring/ingest/take';
import { ensureStreamPartitions } from '@rookery/monitoring/ingest/partition.sql';
import { sweepKeys } from '@rookery/monitoring/ingest/sweep';
import { writers } from '@rookery/monitoring/ingest/writers';
import type { ActivityItem } from '@rookery/monitoring/activity/write';
import { asked, minutesAgo, now, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const stream = writers['user-activity'];
const activity = (given: Partial<ActivityItem> = {}): ActivityItem => ({
  time: minutesAgo(1),
  user_id: 'u',
  session_id: 's',
  activity_type: 'action',
  ...given,
});
const three = { a: activity(), b: activity(), c: activity() };
const countOf = (tenant: string) =>
  room.rows('count(*)', `tb_user_activity where tenant_id = '${tenant}'`);

test('a batch delivered five times, one after the other, counts once', async () => {
  const taken = [];
  for (let n = 0; n < 5; n += 1) taken.push(await room.deliver(stream, 'five', three));

  expect(taken).toEqual([
    { rows: 3, repeated: 0, rejected: [] },
    ...Array.from({ length: 4 }, () => ({ rows: 0, repeated: 3, rejected: [] })),
  ]);
  expect(await countOf('five')).toEqual([{ count: 3 }]);
  expect(await room.rows('actions', `tb_user_session where tenant_id = 'five'`)).toEqual([
    { actions: 3 },
  ]);
});

// Eight deliveries that have all begun before the first can end, in two overlapping batches.
const beside = (tenant: string, through: Stream<ActivityItem>) =>
  Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      room.deliver(through, tenant, n % 2 === 0 ? three : { c: activity(), d: activity() }),
    ),
  );

test('eight deliveries beside each other, overlapping, count each item once', async () => {
  const taken = await beside('beside', stream);

  expect(taken.reduce((sum, { rows }) => sum + rows, 0)).toBe(4);
  expect(await countOf('beside')).toEqual([{ count: 4 }]);
});

test('control: looking whether a key was written before writing it counts items twice', async () => {
  const look = async (tenant: string) => {
    const [found] = (await countOf(tenant)) as { count: number }[];
    if (found?.count !== 0) return;
    await room.ingest.transaction(
      async (tx) => {
        const items = Object.entries(three).map(([key, item]) => ({ key, item }));
        await stream.write(tx, { tenantId: tenant, receivedAt: now, items });
      },
      { tenantId: tenant },
    );
  };

  await Promise.all(Array.from({ length: 8 }, () => look('control')));

  const [{ count } = { count: 0 }] = (await countOf('control')) as { count: number }[];
  expect(count).toBeGreaterThan(3);
});

test('a key that comes twice in one batch counts once; the same key of another tenant or stream is another', async () => {
  const items = [activity({ action: 'first' }), activity({ action: 'second' })];
  const place = { ingest: room.ingest, now, healed: () => {} };
  const taken = await take(place, stream, {
    tenantId: 'twice',
    receivedAt: now,
    items: items.map((item) => ({ key: 'k', item })),
  });
  expect(taken).toEqual({ rows: 1, repeated: 1, rejected: [] });
  expect(await room.rows('action', `tb_user_activity where tenant_id = 'twice'`)).toEqual([
    { action: 'first' },
  ]);

  expect(await room.deliver(stream, 'other', { k: activity() })).toMatchObject({ rows: 1 });
  const started = { event: 'start', time: minutesAgo(2), session_id: 's', user_id: 'u' } as const;
  expect(await room.deliver(writers.sessions, 'twice', { k: started })).toMatchObject({
    rows: 1,
    repeated: 0,
  });
});

test('an item that the database refuses is returned with the reason, and every other one of its batch is written', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 50 }, (_, n) => [`k${n}`, activity({ action: `a${n}` })]),
  );
  const poison = {
    ...many,
    k17: activity({ user_id: 'x'.repeat(51) }),
    k40: activity({ os: '\0' }),
  };

  const taken = await room.deliver(stream, 'poison', poison);

  expect(taken).toMatchObject({ rows: 48, repeated: 0 });
  expect(taken.rejected).toEqual([
    { key: 'k17', reason: expect.stringContaining('too long') },
    { key: 'k40', reason: expect.stringContaining('Unicode') },
  ]);
  expect(await countOf('poison')).toEqual([{ count: 48 }]);

  const again = await room.deliver(stream, 'poison', poison);
  expect(again).toMatchObject({ rows: 0, repeated: 48 });
  expect(again.rejected).toHaveLength(2);
  expect(await countOf('poison')).toEqual([{ count: 48 }]);
});

test('an item that its writer rejects gives its key back: delivered again, it is rejected again, not forgotten', async () => {
  const picky: Stream<ActivityItem> = {
    ...stream,
    write: async (tx, batch) => {
      const good = batch.items.filter(({ item }) => item.action !== 'bad');
      const bad = batch.items.filter(({ item }) => item.action === 'bad');
      const { rows } = await stream.write(tx, { ...batch, items: good });
      return { rows, rejected: bad.map(({ key }) => ({ key, reason: 'no' })) };
    },
  };
  const items = { a: activity(), b: activity({ action: 'bad' }) };

  const rejected = [{ key: 'b', reason: 'no' }];
  expect(await room.deliver(picky, 'picky', items)).toEqual({ rows: 1, repeated: 0, rejected });
  expect(await room.deliver(picky, 'picky', items)).toEqual({ rows: 0, repeated: 1, rejected });
});

test('an item of 29 days and one minute, or of 10 minutes and one ahead, is rejected; on the near side it is written', async () => {
  const days = 29 * 24 * 60;
  const taken = await room.deliver(stream, 'time', {
    old: activity({ time: minutesAgo(days + 1) }),
    late: activity({ time: minutesAgo(days - 1) }),
    soon: activity({ time: minutesAgo(-9) }),
    ahead: activity({ time: minutesAgo(-11) }),
  });

  expect(taken).toEqual({
    rows: 2,
    repeated: 0,
    rejected: [
      { key: 'old', reason: 'its time is more than 29 days ago' },
      { key: 'ahead', reason: 'its time is more than 10 minutes ahead' },
    ],
  });
});

test('a metric of 6 days and one minute is rejected; on the near side it is written', async () => {
  const metric = { metric_name: 'm', request_count: 1, error_count: 0 };
  const days = 6 * 24 * 60;
  const taken = await room.deliver(writers['performance-metrics'], 'time', {
    old: { ...metric, time: minutesAgo(days + 1) },
    late: { ...metric, time: minutesAgo(days - 1) },
  });

  expect(taken).toEqual({
    rows: 1,
    repeated: 0,
    rejected: [{ key: 'old', reason: 'its time is more than 6 days ago' }],
  });
});

test('a missing partition is made and the batch is written: an error that heals', async () => {
  await room.world.admin.script(`
    do $$ declare p record; begin
      for p in select inhrelid::regclass as name from pg_inherits
        where inhparent in ('monitoring.tb_user_activity'::regclass, 'monitoring.tb_performance_metric'::regclass)
          and pg_get_expr((select relpartbound from pg_class where oid = inhrelid), inhrelid) < 'FOR VALUES FROM (''${minutesAgo(14 * 24 * 60)}'
      loop execute format('drop table %s', p.name); end loop; end $$`);
  room.healed.length = 0;

  const old = { time: minutesAgo(20 * 24 * 60) };
  const lanes = [1, 2, 3, 4].map((n) =>
    room.deliver(stream, 'heal', { [`old${n}`]: activity(old), [`new${n}`]: activity() }),
  );
  expect((await Promise.all(lanes)).map(({ rows }) => rows)).toEqual([2, 2, 2, 2]);

  expect(await countOf('heal')).toEqual([{ count: 8 }]);
  expect(room.healed.map(([name]) => name)).toContain('user-activity');
  expect(room.healed.reduce((sum, [, made]) => sum + made, 0)).toBeGreaterThan(0);
});

test('a tenant reads and changes nothing of another: neither its rows nor its keys', async () => {
  await room.deliver(stream, 'left', { k: activity() });
  await room.deliver(stream, 'right', { k: activity({ user_id: 'other' }) });

  const seen = await room.ingest.transaction(
    (tx) => tx.query(asked('tenant_id, key', 'ingest_item'), null),
    { tenantId: 'left' },
  );
  expect(seen).toEqual([{ row: { tenant_id: 'left', key: 'k' } }]);
  expect(
    await room.rows(
      'tenant_id, user_id, actions',
      `tb_user_session where tenant_id in ('left', 'right') order by 1`,
    ),
  ).toEqual([
    { tenant_id: 'left', user_id: 'u', actions: 1 },
    { tenant_id: 'right', user_id: 'other', actions: 1 },
  ]);
});

test('keys are forgotten after 30 days, and not a minute before', async () => {
  await room.world.admin.script(`update monitoring.ingest_item set received_at = '2026-01-01';
    update monitoring.ingest_item set received_at = received_at - interval '1 minute' where tenant_id = 'five'`);

  const slot = new Date('2026-01-31T00:00:00Z');
  expect(await sweepKeys(room.world.ops, slot, () => true)).toBe(3);
  expect(await sweepKeys(room.world.ops, slot, () => true)).toBe(0);
  expect(await room.rows('count(*)', `ingest_item where tenant_id = 'five'`)).toEqual([
    { count: 0 },
  ]);
});

test('partitions are made two weeks ahead, three months for audit events, and a second run makes none', async () => {
  const from = new Date('2031-01-01T00:00:00Z');
  const make = () => room.world.ops.query(ensureStreamPartitions, { from });

  // 15 days; 4 streams by the week, from Monday 30 December to that of 13 January: 3 each; January to April, twice.
  expect(await make()).toEqual([{ made: 15 + 4 * 3 + 2 * 4 }]);
  expect(await make()).toEqual([{ made: 0 }]);
});
