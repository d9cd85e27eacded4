import { ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { StreamName } from '@rookery/http/streams/names';
import { handler as door } from '../../functions/api/ingest.ts';
import { handler as activityReads } from '../../functions/api/monitoring-activity.ts';
import { handler as reads } from '../../functions/api/monitoring.ts';
import { handler as worker } from '../../functions/queue/ingest.ts';
import { handler as rollup } from '../../functions/schedule/rollup.ts';
import { recordOf } from '../../infra/local/event-source.ts';
import { ask } from './ask.ts';
import { contextOf, failedOf } from './function-room.ts';
import { openDoorRoom, type DoorRoom } from './ingest-door-room.ts';

const now = new Date();
const minutesAgo = (minutes: number): string =>
  new Date(now.getTime() - minutes * 60_000).toISOString();

let room: DoorRoom;
beforeAll(async () => {
  room = await openDoorRoom('heron');
});
afterAll(() => room.close());
beforeEach(async () => {
  await take('url');
  await take('dlqUrl');
});

// Every message of the queue or of its dead letters, as it was received.
const take = async (which: 'url' | 'dlqUrl'): Promise<Message[]> => {
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await room.sqs.client.send(
      new ReceiveMessageCommand({
        QueueUrl: room.sqs.urls.ingest[which],
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages);
  }
};
const deliver = (messages: readonly Message[]) =>
  worker({ Records: messages.map((message) => recordOf('ingest', message)) }, contextOf());

const time = minutesAgo(5);
const good = {
  'performance-metrics': { time, metric_name: 'm', request_count: 3, error_count: 1 },
  errors: { occurred_at: time, error_type: 'TypeError', message: 'x is not a function' },
  'audit-events': {
    time,
    user_id: 'ann',
    user_email: 'ann@heron.example',
    user_role: 'admin',
    action_type: 'update',
    resource_type: 'campaign',
    description: 'changed the limit',
    ip_address: '192.0.2.1',
  },
  'user-activity': { time, user_id: 'ann', session_id: 'seen', activity_type: 'action' },
  sessions: { event: 'start', time, session_id: 'started', user_id: 'bob' },
  'integration-events': {
    occurred_at: time,
    integration_id: 'stripe',
    event_type: 'api-call',
    direction: 'outbound',
    success: true,
  },
} as const satisfies Record<StreamName, object>;

// What the good items left behind, as one row; a repeat that counts would show in the numbers.
const written = async () => {
  const [row] = await ask<Record<string, unknown>>(
    room.world.admin,
    `select (select sum(request_count) from monitoring.tb_performance_metric where tenant_id = 'mixed')::integer as requests,
      (select sum(occurrence_count) from monitoring.tb_error_log where tenant_id = 'mixed')::integer as errors,
      (select count(*) from monitoring.tb_audit_event where tenant_id = 'mixed')::integer as audited,
      (select count(*) from monitoring.tb_user_activity where tenant_id = 'mixed')::integer as acts,
      (select count(*) from monitoring.tb_integration_event where tenant_id = 'mixed')::integer as calls,
      (select string_agg(id || ' ' || actions, ', ' order by id) from monitoring.tb_user_session
        where tenant_id = 'mixed') as sessions`,
  );
  return row;
};
const once = {
  requests: 3,
  errors: 1,
  audited: 1,
  acts: 1,
  calls: 1,
  sessions: 'seen 1, started 0',
};

test('twice: of each stream a good item is written once, and a bad one lies among the dead letters with the reason', async () => {
  await room.world.admin.script(`insert into monitoring.tb_integration_health
    (tenant_id, id, name, integration_type, configured_at) values ('mixed', 'stripe', 'Stripe', 'payment-gateway', now())`);
  for (const [stream, item] of Object.entries(good))
    await room.sqs.send('ingest', {
      tenant_id: 'mixed',
      stream,
      received_at: now.toISOString(),
      items: [
        { key: 'good', item },
        { key: 'bad', item: { ...item, colour: 'red' } },
      ],
    });
  const messages = await take('url');
  expect(messages).toHaveLength(6);

  expect(failedOf(await deliver(messages))).toEqual([]);
  expect(await written()).toEqual(once);
  const letters = await take('dlqUrl');
  const told = letters.map(({ Body = '', MessageAttributes = {} }) => ({
    ...(JSON.parse(Body) as { stream: StreamName; items: readonly { key: string }[] }),
    reason: MessageAttributes['reason']?.StringValue,
    code: MessageAttributes['code']?.StringValue,
  }));
  expect(told.map(({ stream }) => stream).toSorted()).toEqual(Object.keys(good).toSorted());
  for (const { items, reason, code } of told) {
    expect(items.map(({ key }) => key)).toEqual(['bad']);
    expect([code, reason]).toEqual(['items-rejected', expect.stringMatching(/^bad: .*colour/)]);
  }

  // SQS delivers what was not deleted again, here beside itself as well.
  const again = await Promise.all([deliver(messages), deliver(messages)]);
  expect(again.flatMap(failedOf)).toEqual([]);
  expect(await written()).toEqual(once);
});

test('a message that is none is laid aside whole, and the others of its batch are written', async () => {
  await room.sqs.send('ingest', { tenant_id: 'whole', stream: 'weather', items: [] });
  await room.sqs.send('ingest', {
    tenant_id: 'whole',
    stream: 'user-activity',
    received_at: now.toISOString(),
    items: [{ key: 'k', item: good['user-activity'] }],
  });

  expect(failedOf(await deliver(await take('url')))).toEqual([]);

  const [letter, ...more] = await take('dlqUrl');
  expect(more).toEqual([]);
  expect(letter?.MessageAttributes?.['code']?.StringValue).toBe('message-invalid');
  expect(
    await ask(
      room.world.admin,
      `select user_id from monitoring.tb_user_activity where tenant_id = 'whole'`,
    ),
  ).toEqual([{ user_id: 'ann' }]);
});

const post = async (stream: StreamName, items: readonly object[]) => {
  const said = await room.ask(door, 'POST /v1/ingest/{stream}', { stream, body: { items } });
  expect([said.status, said.json.accepted, said.json.rejected]).toEqual([202, items.length, 0]);
};

test('end to end: what the door takes is in the reads, as one would compute it by hand', async () => {
  const call = { metric_name: 'http_ms', endpoint: '/a', method: 'GET' };
  await post('performance-metrics', [
    { ...call, time: minutesAgo(180), request_count: 3, error_count: 1, values: [100, 200, 300] },
    { ...call, time: minutesAgo(20), request_count: 1, error_count: 0, values: [1000] },
    { ...call, time: minutesAgo(20), endpoint: '/b', request_count: 2, error_count: 0 },
    { ...call, time: minutesAgo(25 * 60), request_count: 50, error_count: 50 },
  ]);
  const act = (user_id: string, minutes: number) => ({
    time: minutesAgo(minutes),
    user_id,
    session_id: `s-${user_id}`,
    activity_type: 'action',
  });
  const day = 24 * 60;
  await post('user-activity', [
    act('ann', 10),
    act('ann', 3 * day),
    act('bob', 120),
    act('cid', 3 * day),
    act('dee', 10 * day),
  ]);

  expect(failedOf(await deliver(await take('url')))).toEqual([]);
  expect(await take('dlqUrl')).toEqual([]);
  await rollup({ job: 'rollup', scheduledTime: now.toISOString() }, contextOf(240_000));

  const q3 = await room.ask(reads, 'GET /v1/monitoring/performance', {});
  expect(q3.status).toBe(200);
  // Of 100, 200, 300 and 1000 the second is the median and the last the p95: log buckets 268 and 349 of sketch.ts.
  expect(q3.json.data).toEqual([
    {
      metric_name: 'http_ms',
      endpoint: '/a',
      total_requests: 4,
      avg_p50: 199.77,
      avg_p95: 993.43,
      avg_p99: 993.43,
      avg_error_rate: 25,
      total_errors: 1,
    },
    {
      metric_name: 'http_ms',
      endpoint: '/b',
      total_requests: 2,
      avg_p50: null,
      avg_p95: null,
      avg_p99: null,
      avg_error_rate: 0,
      total_errors: 0,
    },
  ]);
  expect(q3.json.complete_through).toBe(q3.json.as_of);

  const q16 = await room.ask(activityReads, 'GET /v1/monitoring/active-users', {});
  expect(q16.status).toBe(200);
  expect(q16.json.data).toEqual({
    active_last_hour: 1,
    active_last_24h: 2,
    active_last_7d: 3,
    active_last_30d: 4,
  });

  const other = { authorization: `Bearer ${room.token('operator', 'kite')}` };
  const foreign = await room.ask(reads, 'GET /v1/monitoring/performance', { headers: other });
  expect(foreign.json.data).toEqual([]);
});
