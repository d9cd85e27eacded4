import { afterAll, beforeAll, expect, test } from 'vitest';
import { writers } from '@rookery/monitoring/ingest/writers';
import { minutesAgo, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

test('the page and the action of an activity are stored without secrets and addresses, never wider than they may be', async () => {
  const activity = {
    time: minutesAgo(1),
    user_id: 'u',
    session_id: 's',
    activity_type: 'action',
  } as const;
  await room.deliver(writers['user-activity'], 't', {
    a: {
      ...activity,
      page_url: 'https://x.example/reset?token=SECRETTOKEN&email=jane@x.example',
      action: 'invite jane@x.example',
    },
    b: { ...activity, page_url: `/a?${'n=1&'.repeat(124)}`, action: 'a@b.example '.repeat(8) },
    c: activity,
  });

  const [a, b, c] = (await room.rows(
    'page_url, action',
    `tb_user_activity where tenant_id = 't' order by id`,
  )) as { page_url: string | null; action: string | null }[];
  expect(a).toEqual({
    page_url: 'https://x.example/reset?token=[redacted]&email=[redacted]',
    action: 'invite [redacted]',
  });
  expect([b?.page_url?.length, b?.action?.length]).toEqual([500, 88]);
  expect(c).toEqual({ page_url: null, action: null });
});

const metric = (email: string, token: string) => ({
  time: minutesAgo(1),
  metric_name: 'latency',
  request_count: 1,
  error_count: 0,
  endpoint: `/v1/users/${email}?token=${token}`,
  tags: { zone: 'a', mail: email, api_key: token },
});

test('the endpoint and the tags of a metric are stored without them, and what then reads the same is one series', async () => {
  await room.deliver(writers['performance-metrics'], 't', {
    a: metric('jane@x.example', 'hunter2'),
    b: metric('joe@x.example', 'hunter3'),
    c: { ...metric('', ''), endpoint: '/v1/users/{user_id}', tags: { zone: 'a' } },
  });

  expect(
    await room.rows('endpoint, tags, request_count', 'tb_performance_metric order by endpoint'),
  ).toEqual([
    {
      endpoint: '/v1/users/[redacted]?token=[redacted]',
      tags: { zone: 'a', mail: '[redacted]', api_key: '[redacted]' },
      request_count: 2,
    },
    { endpoint: '/v1/users/{user_id}', tags: { zone: 'a' }, request_count: 1 },
  ]);
});
