import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ErrorItem } from '@rookery/monitoring/errors/item';
import { writers } from '@rookery/monitoring/ingest/writers';
import { typesByDay } from '@rookery/monitoring/reports/errors';
import { occurrence } from './errors-room.ts';
import { asked, minutesAgo, now, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const deliver = (tenant: string, items: Readonly<Record<string, ErrorItem>>) =>
  room.deliver(writers.errors, tenant, items);

// Of the day before the clock's, a second apart; ten users.
const yesterday = minutesAgo(1_440).slice(0, 10);
const today = minutesAgo(0).slice(0, 10);
const many = (count: number, day = yesterday, prefix = 'k') =>
  Array.from({ length: count }, (_, n) => {
    const time = new Date(Date.parse(`${day}T01:00:00Z`) + n * 1_000);
    const item = occurrence({ occurred_at: time.toISOString(), user_id: `u${n % 10}` });
    return [`${prefix}${n}`, item] as const;
  });
const inBatches = async (tenant: string, items: ReturnType<typeof many>, size: number) => {
  for (let n = 0; n < items.length; n += size)
    await deliver(tenant, Object.fromEntries(items.slice(n, n + size)));
};

const kept = (tenant: string, day = yesterday) =>
  room.rows(
    'occurred_at',
    `tb_error_instance where tenant_id = '${tenant}' and occurred_at >= '${day}' and occurred_at < '${day}'::date + 1 order by 1`,
  );
const trend = (tenant: string) =>
  room.world.api.transaction(
    async (tx) => {
      const query = { days: 7, of: 'occurrences' as const, limit: 10 };
      return (await typesByDay(tx, { tenantId: tenant, now, query })).body.data;
    },
    { tenantId: tenant },
  );
const line = (day: string, error_count: number) => ({
  day,
  error_type: 'TypeError',
  error_count,
  affected_users: 10,
  groups: 1,
});

test('5,000 occurrences of a day are counted one by one, of which some forty are kept, the first ten whole', async () => {
  await inBatches('storm', many(5_000), 500);

  const instances = await kept('storm');
  // 10, a tenth of 90, a hundredth of 900, a thousandth of 4,000: 32, give or take what hashes are.
  expect(instances.length).toBeGreaterThan(15);
  expect(instances.length).toBeLessThan(60);
  const firstTen = many(10).map(([, item]) => ({ occurred_at: item.occurred_at.slice(0, 19) }));
  expect(instances.slice(0, 10)).toEqual(
    firstTen.map(({ occurred_at }) => ({ occurred_at: `${occurred_at}+00:00` })),
  );
  expect(await trend('storm')).toEqual([line(yesterday, 5_000)]);
  expect(
    await room.rows(
      'occurrence_count as n, affected_users',
      `tb_error_log where tenant_id = 'storm'`,
    ),
  ).toEqual([{ n: 5_000, affected_users: 10 }]);
});

test('the same occurrences keep the same instances, in batches of any size, and delivered again none', async () => {
  await inBatches('storm again', many(5_000), 250);

  expect(await kept('storm again')).toEqual(await kept('storm'));
  const again = await deliver('storm again', Object.fromEntries(many(500)));
  expect(again).toEqual({ rows: 0, repeated: 500, rejected: [] });
  expect(await kept('storm again')).toEqual(await kept('storm'));
});

test('the next day starts with ten whole ones again, and is counted for itself', async () => {
  await inBatches('storm', many(30, today, 'next'), 10);

  const first = many(10, today).map(([, item]) => `${item.occurred_at.slice(0, 19)}+00:00`);
  const instances = (await kept('storm', today)) as { occurred_at: string }[];
  expect(instances.slice(0, 10).map(({ occurred_at }) => occurred_at)).toEqual(first);
  expect(instances.length).toBeLessThan(20);
  expect(await trend('storm')).toEqual([line(today, 30), line(yesterday, 5_000)]);
});

test('all of the first ten are kept, and about a tenth of the ninety after them, each of a batch of its own', async () => {
  await inBatches('hundred', many(10), 1);
  expect(await kept('hundred')).toHaveLength(10);

  await inBatches('hundred', many(100).slice(10), 1);

  const more = (await kept('hundred')).length - 10;
  expect(more).toBeGreaterThan(0);
  expect(more).toBeLessThan(30);
});

const canaries = [
  'jane.canary@lead.example',
  '203.0.113.77',
  '2001:db8::c0:ffee',
  'sk_live_c4n4ryc4n4ry',
  'hunter2canary',
];
const told = `for ${canaries.slice(0, 4).join(', ')} password=hunter2canary`;

test('what is secret or personal in texts and facts is in no table of errors, and the rest is', async () => {
  const item = occurrence({
    message: `cannot send ${told}`,
    stack_trace: `TypeError: ${told}\n    at send (/srv/src/send.ts:1:1)`,
    endpoint: `/v1/leads/jane.canary@lead.example?token=sk_live_c4n4ryc4n4ry`,
    file_path: '/srv/jane.canary@lead.example/send.ts',
    function_name: 'send(203.0.113.77)',
    user_agent: 'bot (+jane.canary@lead.example)',
    context: { lead: told, password: 'hunter2canary', kept: 'stays', deep: [{ [told]: told }] },
    breadcrumbs: [{ said: told, authorization: 'Bearer hunter2canary' }, { kept: 'stays' }],
  });

  await deliver('secret', { k: item });
  await deliver('secret', { l: item });

  for (const table of [
    'tb_error_log',
    'tb_error_instance',
    'error_user',
    'error_day',
    'error_user_day',
    'ingest_item',
  ]) {
    const text = JSON.stringify(await room.rows('*', `${table} where tenant_id = 'secret'`));
    for (const canary of canaries)
      expect([table, canary, text.includes(canary)]).toEqual([table, canary, false]);
  }
  const [instance] = await room.rows(
    'context, stack_trace',
    `tb_error_instance where tenant_id = 'secret'`,
  );
  expect(instance).toMatchObject({
    context: { password: '[redacted]', kept: 'stays' },
    stack_trace: expect.stringContaining('at send (/srv/src/send.ts:1:1)'),
  });
});

test('facts and texts are cut to their size, and said to be', async () => {
  const long = 'word '.repeat(3_000);
  await deliver('long', {
    k: occurrence({ message: long, stack_trace: long.repeat(4), context: { long } }),
  });

  expect(
    await room.rows(
      `length(message) as message, length(stack_trace) as stack, octet_length(context::text) <= 4200 as cut,
        right(message, 1) as last`,
      `tb_error_log where tenant_id = 'long'`,
    ),
  ).toEqual([{ message: 4_000, stack: 16_000, cut: true, last: '…' }]);
});

test('a tenant sees and changes nothing of the same error of another', async () => {
  const item = occurrence({ user_id: 'u' });
  await deliver('left', { k: item });
  await deliver('right', { k: item, l: item });

  for (const table of ['tb_error_log', 'tb_error_instance', 'error_day', 'error_user_day']) {
    const rows = await room.world.api.transaction(
      (tx) => tx.query(asked('distinct tenant_id', table), null),
      {
        tenantId: 'left',
      },
    );
    expect([table, rows]).toEqual([table, [{ row: { tenant_id: 'left' } }]]);
  }
  expect(
    await room.rows(
      'tenant_id, occurrence_count as n',
      `tb_error_log where tenant_id in ('left', 'right') order by 1`,
    ),
  ).toEqual([
    { tenant_id: 'left', n: 1 },
    { tenant_id: 'right', n: 2 },
  ]);
  expect(await trend('left')).toMatchObject([{ error_count: 1 }]);
});
