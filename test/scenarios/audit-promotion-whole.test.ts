import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMissingPartition } from '@rookery/db/fault';
import { writeAuditEvents } from '@rookery/monitoring/audit/write';
import { folder } from '@rookery/monitoring/retention/place';
import { runAll } from '@rookery/monitoring/retention/run';
import { ask } from './ask.ts';
import {
  event,
  openPromotionRoom,
  withoutPartitions,
  type PromotionRoom,
} from './audit-promotion-room.ts';

let room: PromotionRoom;
beforeAll(async () => {
  room = await openPromotionRoom();
});
afterAll(() => room.close());

const write = (tenantId: string, given: Readonly<Record<string, unknown>> = {}) =>
  room.ingest.transaction(
    (tx) =>
      writeAuditEvents(tx, {
        tenantId,
        receivedAt: room.now,
        items: [{ key: 'k', item: event({ event_id: 'e', ...given }) }],
      }),
    { tenantId },
  );

test('never half: where the log has no month for it, an event is not written either; the worker makes the month', async () => {
  await withoutPartitions(room.world);

  await expect(write('whole')).rejects.toSatisfy(isMissingPartition);
  expect([await room.events('whole'), await room.entries('whole')]).toEqual([0, []]);

  const { unit } = await room.deliver('whole', { k: event({ event_id: 'e' }) });
  expect(unit).toMatchObject({ rows: 1, rejected: 0 });
  expect([await room.events('whole'), (await room.entries('whole')).length]).toEqual([1, 1]);
  expect(await room.faults('whole')).toEqual([]);
});

test('never half: a transaction that fails afterwards has written neither, and its place in the chain is free', async () => {
  const cut = room.ingest.transaction(
    async (tx) => {
      const items = [{ key: 'k', item: event() }];
      await writeAuditEvents(tx, { tenantId: 'cut', receivedAt: room.now, items });
      throw new Error('cut off');
    },
    { tenantId: 'cut' },
  );

  await expect(cut).rejects.toThrow('cut off');
  expect([await room.events('cut'), await room.entries('cut')]).toEqual([0, []]);
  await write('cut');
  expect((await room.entries('cut')).map(({ seq }) => seq)).toEqual([1]);
});

const bodies: readonly Readonly<Record<string, unknown>>[] = [
  { after_data: { role: 'a', response: { status: 200 } } },
  { before_data: { deep: [{ requestBody: '{}' }] } },
  { changes: { html: { before: 'a', after: 'b' } } },
  { metadata: { query_duration_ms: 3 } },
];

test('an event of the list with a request, a content or a measurement is refused by the name of the field, the others are not', async () => {
  const bad = bodies.map((given, at) => [`bad${at}`, event({ event_id: `b${at}`, ...given })]);
  const good = Array.from({ length: 20 }, (_, at) => [`good${at}`, event({ event_id: `g${at}` })]);
  const items = Object.fromEntries([...good.slice(0, 9), ...bad, ...good.slice(9)]);

  const { unit, dead } = await room.deliver('bodies', items);

  expect(unit).toMatchObject({ rows: 20, rejected: 4 });
  for (const [at, field] of [
    '"response" out of after_data',
    '"requestBody" out of before_data',
    '"html" out of changes',
    '"query_duration_ms" out of metadata',
  ].entries())
    // prettier-ignore
    expect(dead[0]?.attributes.reason).toContain(`leave ${field} of event b${at}`);
  expect([await room.events('bodies'), (await room.entries('bodies')).length]).toEqual([20, 20]);
});

test('an event that is not on the list may have what the log refuses', async () => {
  const items = bodies.map((given, at) => [
    `k${at}`,
    event({ resource_type: 'mailbox', ...given }),
  ]);
  const { unit } = await room.deliver('free', Object.fromEntries(items));
  expect(unit).toMatchObject({ rows: 4, rejected: 0 });
});

const row = (tenant: string, id: string) =>
  `('${tenant}', '${id}', now(), 'ann', 'a@b.example', 'owner', 'delete', 'api-key', 'd', '::1')`;

// Events of several tenants, written in one statement.
const both = (...rows: readonly (readonly [string, string])[]) => `
  insert into monitoring.audit_event_key (tenant_id, event_id, time)
    values ${rows.map(([tenant, id]) => `('${tenant}', '${id}', now())`).join(', ')};
  insert into monitoring.tb_audit_event (tenant_id, event_id, time, user_id, user_email, user_role, action_type,
    resource_type, description, ip_address) values ${rows.map(([tenant, id]) => row(tenant, id)).join(', ')}`;

test('whoever writes the event: each role promotes, several tenants in one statement too, each into its own chain', async () => {
  const text = both(['who-a', 'api']);
  await room.world.api.transaction((tx) => tx.script(text), {
    tenantId: 'who-a',
    role: 'tenant-admin',
  });
  await room.world.admin.script(
    `begin; ${both(['who-b', '1'], ['who-a', '2'], ['who-b', '0'])}; commit`,
  );

  const events = async (tenant: string) =>
    (await room.entries(tenant)).map(({ seq, metadata }) => [seq, metadata['audit_event']]);
  expect(await events('who-a')).toEqual([[1, 'api'], [2, '2']]); // prettier-ignore
  expect(await events('who-b')).toEqual([[1, '0'], [2, '1']]); // prettier-ignore
  expect([await room.faults('who-a'), await room.faults('who-b')]).toEqual([[], []]);
});

test('anonymising and archiving audit events promotes nothing again and leaves the log as it is', async () => {
  await write('old');
  const before = await room.entries('old');
  const path = await mkdtemp(join(tmpdir(), 'archive-'));
  const bench = { db: room.world.ops, place: folder(path) };
  const later = (days: number) => new Date(room.now.getTime() + days * 86_400_000);

  await runAll(bench, later(40), null);
  const anonymised = await ask(
    room.world.ops,
    `select user_email from monitoring.tb_audit_event where tenant_id = 'old'`,
  );
  await runAll(bench, later(800), null);

  expect(anonymised).toEqual([{ user_email: 'anonymized@example.com' }]);
  expect(
    await ask(
      room.world.ops,
      `select 1 from monitoring.tb_audit_event_archive where tenant_id = 'old'`,
    ),
  ).toHaveLength(1);
  expect(before).toHaveLength(1);
  expect(await room.entries('old')).toEqual(before);
  await rm(path, { recursive: true });
});
