import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDatabases } from '@rookery/lambda/database';
import { verifyObject, writeObjects } from '@rookery/monitoring/retention/cold';
import { goingOn, type RetentionMessage } from '@rookery/monitoring/retention/message';
import { archivePlace } from '@rookery/monitoring/retention/place';
import { verify } from '@rookery/monitoring/retention/verify';
import { handler as work } from '../../functions/queue/retention.ts';
import { handler as look } from '../../functions/schedule/retention.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { startSqs, type Sqs } from '../../infra/local/queue.ts';
import { contextOf, eventOf, failedOf } from './function-room.ts';
import { openRoom, stage, type Room } from './retention-room.ts';

const slot = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const spec = { visibilitySeconds: 30, maxReceiveCount: 5, retentionDays: 1 };

let room: Room;
let sqs: Sqs<'retention'>;
let env: ReturnType<typeof applyEnv>;
beforeAll(async () => {
  room = await openRoom();
  await stage(room);
  sqs = await startSqs({ queues: { retention: spec }, port: 0 });
  env = applyEnv({
    DATABASE_URL_OPS: room.world.url('rookery_ops'),
    DATABASE_PROXY_PORT: String(room.world.proxyPort),
    RETENTION_QUEUE_URL: sqs.urls.retention.url,
    RETENTION_DLQ_URL: sqs.urls.retention.dlqUrl,
    ARCHIVE_PLACE: room.path,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    LOG_LEVEL: 'SILENT',
  });
}, 60_000);
afterAll(async () => {
  await closeDatabases();
  env.stop();
  await sqs.stop();
  await room.close();
});

const drain = async (url: string): Promise<Message[]> => {
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages);
  }
};
const bodies = async (): Promise<RetentionMessage[]> =>
  (await drain(sqs.urls.retention.url)).map(
    ({ Body }) => JSON.parse(Body ?? '') as RetentionMessage,
  );

test('the schedule queues what is due and the queue does it, day by day, messages twice and out of order', async () => {
  await room.world.admin.script(`
    select monitoring.ensure_partitions(now() - interval '400 days', now() - interval '400 days', s.stream) from monitoring.streams() s;
    insert into monitoring.tb_alert (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold, triggered_at, resolved_at)
      select 'a', i, 'r', 'resolved', 'error', 'm', 1, 1, now() - interval '99 days', now() - interval '91 days' from generate_series(1, 2500) i;
    insert into monitoring.audit_event_key (tenant_id, event_id, time) values ('b', 'e', now() - interval '400 days');
    insert into monitoring.tb_audit_event (tenant_id, time, event_id, user_id, user_email, user_role, action_type, resource_type, description, ip_address)
      select tenant_id, time, event_id, 'u', 'ann@example.com', 'r', 'read', 't', 'd', '203.0.113.7' from monitoring.audit_event_key;
    -- So that the row is deleted, and not its partition dropped, whatever day of the month it is.
    insert into monitoring.legal_hold (tenant_id, table_name, held_from, reason, placed_by)
      values ('c', 'tb_audit_event', now() - interval '400 days', 'case 7', 'u')`);

  let messages = 0;
  // Anonymised on the first day, archived on the second, deleted on the third: each looks anew.
  for (const day of [0, 1, 2]) {
    const at = new Date(slot.getTime() + day * 1_000);
    await look({ job: 'retention', scheduledTime: at.toISOString() }, contextOf());
    const sent = await bodies();
    messages += sent.length;
    for (const message of [...sent, ...sent.toReversed()])
      expect(failedOf(await work(eventOf([message]), contextOf()))).toEqual([]);
  }

  expect(messages).toBe(4);
  expect([
    await room.count('tb_alert'),
    await room.count('tb_audit_event'),
    await room.count('tb_audit_event_archive'),
  ]).toEqual([0, 0, 1]);
  const recount = { db: room.world.ops, place: room.place, now: slot, search: 'ann@example' };
  expect(await verify(recount)).toMatchObject({ ok: true, objects: 1 });
  expect(await drain(sqs.urls.retention.dlqUrl)).toEqual([]);
  expect(
    await room.ask(
      `select table_name, action, rows from monitoring.retention_run where action <> 'drop' order by scheduled_time, table_name`,
      { table_name: 'varchar', action: 'varchar', rows: 'int8?' },
    ),
  ).toEqual([
    { table_name: 'tb_alert', action: 'delete', rows: 2500 },
    { table_name: 'tb_audit_event', action: 'anonymise', rows: 1 },
    { table_name: 'tb_audit_event', action: 'archive', rows: 1 },
    { table_name: 'tb_audit_event', action: 'delete', rows: 1 },
  ]);
});

const message: RetentionMessage = {
  kind: 'retention',
  tenant_id: 'a',
  table_name: 'tb_alert',
  action: 'delete',
  scheduled_time: slot.toISOString(),
};

test('a unit that goes on is bounded: twice without a row, or for ever, it is laid aside with the reason', () => {
  const first = goingOn(message, 100_000);
  expect(first.went_on).toEqual({ times: 1, rows: 100_000, stalled: false });
  const once = goingOn(first, 100_000);
  expect(once.went_on).toEqual({ times: 2, rows: 100_000, stalled: true });
  expect(goingOn(once, 100_001).went_on).toEqual({ times: 3, rows: 100_001, stalled: false });
  expect(() => goingOn(once, 100_000)).toThrow(/delete tb_alert of a gets no further than 100000/);
  const endless = { ...message, went_on: { times: 10_000, rows: 1, stalled: false } };
  expect(() => goingOn(endless, 2)).toThrow(/after 10001 times/);
});

test('messages of tables that retention does not know go to the dead letters at once, with the reason', async () => {
  expect(
    failedOf(await work(eventOf([{ ...message, table_name: 'tb_dashboard' }]), contextOf())),
  ).toEqual([]);
  const [letter, ...more] = await drain(sqs.urls.retention.dlqUrl);
  expect(more).toEqual([]);
  expect(letter?.MessageAttributes?.['reason']?.StringValue).toContain(
    'no policy says when to delete tb_dashboard',
  );
});

test('a bucket of S3 keeps objects as a folder does: written, read back, removed', async () => {
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  const more = applyEnv({ AWS_ENDPOINT_URL_S3: endpoint });
  try {
    await new S3Client({ forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'cold' }));
    const place = archivePlace('s3://cold/archive/of');
    const [object, ...rest] = await writeObjects(place, { table: 't', tenantId: 'ü/..' }, [
      { clock: slot, category: null, line: '{"a":1}' },
      { clock: slot, category: null, line: '{"a":"ß"}' },
    ]);
    expect(rest).toEqual([]);
    expect(await verifyObject(place, object!)).toBe('{"a":1}\n{"a":"ß"}\n');

    await place.write(object!.name, new Uint8Array([1]));
    await expect(verifyObject(place, object!)).rejects.toThrow(/does not hold the 2 rows/);
    await place.remove(object!.name);
    await place.remove(object!.name);
    await expect(place.read(object!.name)).rejects.toThrow(/no readable t\//);
  } finally {
    more.stop();
    await app.close();
  }
});
