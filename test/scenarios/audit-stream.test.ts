import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEvent } from '@rookery/http/streams/audit-events';
import { isMissingPartition } from '@rookery/db/fault';
import { derivedId } from '@rookery/monitoring/audit/item';
import { writeAuditEvents } from '@rookery/monitoring/audit/write';
import { askOne } from './ask.ts';
import {
  event,
  keyed,
  receivedAt,
  taken,
  openAuditRoom,
  type AuditRoom,
} from './audit-stream-room.ts';

let room: AuditRoom;
beforeAll(async () => {
  room = await openAuditRoom();
});
afterAll(() => room.close());

test('an event is written whole: redacted, with what changed, and its identifier derived when it has none', async () => {
  const written = await room.write('whole', [
    {
      key: 'a',
      item: event({
        resource_name: 'Box of jane@lead.example',
        description: 'Set password=hunter2 for jane@lead.example',
        before_data: { password: 'old', owner: 'jane@lead.example', limit: 50, name: 'A' },
        after_data: { password: 'new', owner: 'joe@lead.example', limit: 80, name: 'A' },
        ip_address: '2001:db8::1',
      }),
    },
  ]);

  expect(written).toEqual({ rows: 1, rejected: [] });
  const [row] = await room.stored('whole');
  expect(row).toMatchObject({
    event_id: derivedId('a'),
    user_email: 'admin@acme.example',
    ip_address: '2001:db8::1',
    outcome: 'success',
    severity: 'info',
    metadata: {},
    resource_id: null,
    resource_name: 'Box of [redacted]',
    description: 'Set password=[redacted] for [redacted]',
    before_data: { password: '[redacted]', owner: '[redacted]', limit: 50, name: 'A' },
    changes: {
      password: '[redacted]',
      owner: { before: '[redacted]', after: '[redacted]' },
      limit: { before: 50, after: 80 },
    },
  });
});

test('changes that were given stay; what was made, deleted or left as it was has none', async () => {
  const record = { a: 1, b: [{ c: 2 }] };
  await room.write(
    'changes',
    keyed([
      event({ event_id: '1', changes: { a: 'by hand' }, before_data: {}, after_data: record }),
      event({ event_id: '2', after_data: record }),
      event({ event_id: '3', before_data: record }),
      event({ event_id: '4', before_data: record, after_data: structuredClone(record) }),
      event({ event_id: '5', before_data: record, after_data: { a: 1 } }),
    ]),
  );

  expect((await room.stored('changes')).map(({ changes }) => changes)).toEqual([
    { a: 'by hand' },
    null,
    null,
    null,
    { b: { before: [{ c: 2 }], after: null } },
  ]);
});

test('the same event under another key is silently one, however often and in whichever batch', async () => {
  const same = event({ event_id: 'AUD-1', after_data: { n: 1, secret: 'x' } });
  expect(await room.write('same', keyed([same, same, same]))).toEqual({ rows: 1, rejected: [] });
  for (const prefix of ['b', 'c', 'd'])
    expect(await room.write('same', keyed([same], prefix))).toEqual({ rows: 0, rejected: [] });
  expect(await room.stored('same')).toHaveLength(1);
});

test('another event under the same event_id is rejected, the first stays, and the good ones beside it are kept', async () => {
  await room.write('other', keyed([event({ event_id: 'AUD-1' })]));
  const differing = [
    { description: 'Something else' },
    { time: receivedAt.toISOString() },
    { ip_address: '203.0.113.10' },
    { after_data: { n: 1 } },
    { severity: 'critical' },
  ];
  for (const [at, change] of differing.entries()) {
    const items = keyed([
      event({ event_id: 'AUD-1', ...change }),
      event({ event_id: `new-${at}` }),
    ]);
    expect(await room.write('other', items)).toEqual({ rows: 1, rejected: [taken] });
  }

  const rows = await room.stored('other');
  expect(rows).toHaveLength(6);
  expect(rows[0]).toMatchObject({
    event_id: 'AUD-1',
    description: 'Changed a mailbox',
    severity: 'info',
  });
});

test('of two events of one batch with one event_id the first counts and the second is rejected', async () => {
  const items = keyed([event({ event_id: 'x' }), event({ event_id: 'x', description: 'Second' })]);
  expect(await room.write('within', items)).toEqual({
    rows: 1,
    rejected: [{ ...taken, key: 'k1' }],
  });
  expect(await room.stored('within')).toMatchObject([{ description: 'Changed a mailbox' }]);
});

test('an event_id is the tenant’s own: another tenant has the same', async () => {
  for (const tenant of ['mine', 'theirs'])
    expect((await room.write(tenant, keyed([event({ event_id: 'AUD-1' })]))).rows).toBe(1);
  const crossed = room.ingest.transaction(
    (tx) => writeAuditEvents(tx, { tenantId: 'mine', receivedAt, items: keyed([event()]) }),
    { tenantId: 'theirs' },
  );
  await expect(crossed).rejects.toThrow(/row-level security/);
});

test('a month without a partition throws, says so, and leaves nothing behind; made, the same batch is written', async () => {
  const far = new Date(receivedAt.getTime() - 400 * 86_400_000).toISOString();
  const items = keyed([event({ event_id: 'now' }), event({ event_id: 'far', time: far })]);
  const failed: unknown = await room.write('far', items).catch((error: unknown) => error);

  expect(isMissingPartition(failed)).toBe(true);
  expect(
    await askOne(
      room.world.admin,
      `select count(*) n from monitoring.audit_event_key where tenant_id = 'far'`,
    ),
  ).toEqual({ n: 0 });
  await room.world.admin.script(
    `select monitoring.ensure_partitions('${far}', '${far}', 'tb_audit_event')`,
  );
  expect((await room.write('far', items)).rows).toBe(2);
});

test.each([
  ['no address', { ip_address: undefined }],
  ['an address with a mask', { ip_address: '10.0.0.0/8' }],
  ['the e-mail of anonymised events', { user_email: 'Anonymized@example.com' }],
  ['an event_id of 51 characters', { event_id: 'x'.repeat(51) }],
  ['a NUL', { description: 'a\0b' }],
  ['a time without a zone', { time: '2025-01-01T00:00:00' }],
  ['an unknown action', { action_type: 'look' }],
  ['an unknown field', { color: 'red' }],
])('the schema refuses %s', (_, change) => {
  expect(auditEvent.safeParse({ ...event(), ...change }).success).toBe(false);
});
