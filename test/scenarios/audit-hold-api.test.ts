import { afterAll, beforeAll, expect, test } from 'vitest';
import { legalHoldEndpoints } from '@rookery/http/endpoints/legal-holds';
import { handler as changes } from '../../functions/api/legal-hold-changes.ts';
import { handler as holds } from '../../functions/api/legal-holds.ts';
import { openAlertingRoom, type AlertingRoom, type Wish } from './alerting-api-room.ts';
import { ask } from './ask.ts';
import { faultsOf } from './audit-ageing-room.ts';

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

const path = '/v1/legal-holds';
const body = {
  table_name: 'admin_audit_log',
  held_from: '2025-01-01T00:00:00Z',
  held_until: '2025-04-01T00:00:00+01:00',
  reason: 'Case 25-117',
};
const place = (wish: Wish = {}) =>
  room.ask(changes, `POST ${path}`, { role: 'operator', subject: 'olga', body, ...wish });
const release = (id: number, wish: Wish = {}) =>
  room.ask(changes, `POST ${path}/{hold_id}/release`, {
    role: 'operator',
    subject: 'otto',
    params: { hold_id: String(id) },
    body: { reason: 'settled' },
    ...wish,
  });
const list = (wish: Wish = {}) => room.ask(holds, `GET ${path}`, { role: 'auditor', ...wish });

test('a hold is placed, listed and released, and each of it stands in the audit and in the chain', async () => {
  const placed = await place({ tenant: 'story' });
  const shown = await list({ tenant: 'story', query: { state: 'in-force' } });
  const released = await release(placed.json.data.id, { tenant: 'story' });
  const later = await list({ tenant: 'story', query: { state: 'in-force' } });
  const all = await list({ tenant: 'story' });

  expect([placed.status, shown.status, released.status]).toEqual([201, 200, 200]);
  expect(placed.json.data).toMatchObject({
    ...body,
    held_from: '2025-01-01T00:00:00.000Z',
    held_until: '2025-03-31T23:00:00.000Z',
    tenant_id: 'story',
    placed_by: 'olga',
    released_at: null,
  });
  expect(legalHoldEndpoints.listLegalHolds.response.parse(shown.json).data).toEqual([
    placed.json.data,
  ]);
  expect(released.json.data).toMatchObject({ released_by: 'otto', release_reason: 'settled' });
  expect(later.json.data).toEqual([]);
  expect(all.json.data).toEqual([released.json.data]);
  const entries = await ask(
    room.world.admin,
    `select action, admin_user_id, resource_type, resource_id, old_values, new_values, retention_category
     from olap.admin_audit_log where tenant_id = 'story' order by seq`,
  );
  expect(entries).toMatchObject([
    {
      action: 'legal_hold.placed',
      admin_user_id: 'olga',
      new_values: { table_name: 'admin_audit_log', reason: 'Case 25-117' },
      retention_category: 'records',
    },
    {
      action: 'legal_hold.released',
      admin_user_id: 'otto',
      new_values: { release_reason: 'settled' },
    },
  ]);
  expect(await faultsOf(room.world, 'story')).toEqual([]);
});

test('a hold is released once: of five at once one does, and the others and a late one are a conflict', async () => {
  const { json } = await place({ tenant: 'once' });

  const answers = await Promise.all(
    [1, 2, 3, 4, 5].map((nth) => release(json.data.id, { tenant: 'once', subject: `o${nth}` })),
  );
  const late = await release(json.data.id, { tenant: 'once' });

  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    200, 409, 409, 409, 409,
  ]);
  expect(late.json).toMatchObject({ status: 409, code: 'conflict' });
  expect((await room.audited()).filter(({ tenant_id: t }) => t === 'once')).toHaveLength(2);
});

test.each([
  ['nothing is deleted from that table', { table_name: 'olap.tenant' }, 'change-refused'],
  ['the span is empty', { held_until: '2025-01-01T00:00:00Z' }, 'range-empty'],
  ['there is no reason', { reason: undefined }, 'request-malformed'],
  ['the reason is empty', { reason: '' }, 'request-malformed'],
  ['the instant has no zone', { held_from: '2025-01-01' }, 'request-malformed'],
])('a hold is refused where %s', async (_, wrong, code) => {
  const { json } = await place({ tenant: 'wrong', body: { ...body, ...wrong } });

  expect(json).toMatchObject({
    status: expect.toSatisfy((s: number) => s === 400 || s === 422),
    code,
  });
  expect((await list({ tenant: 'wrong' })).json.data).toEqual([]);
});

test('the same request under one Idempotency-Key places one hold', async () => {
  const headers = { 'idempotency-key': 'hold-1' };
  const [one, other] = [
    await place({ tenant: 'key', headers }),
    await place({ tenant: 'key', headers }),
  ];

  expect(other.json).toEqual(one.json);
  expect((await list({ tenant: 'key' })).json.data).toHaveLength(1);
});

test('operators alone place and release, auditors read, and members and administrators do neither', async () => {
  const { json } = await place({ tenant: 'roles' });
  const statuses = async (role: string) => [
    (await list({ tenant: 'roles', role })).status,
    (await place({ tenant: 'roles', role })).status,
    (await release(json.data.id, { tenant: 'roles', role })).status,
  ];

  expect(await statuses('tenant-member')).toEqual([403, 403, 403]);
  expect(await statuses('tenant-admin')).toEqual([403, 403, 403]);
  expect(await statuses('auditor')).toEqual([200, 403, 403]);
  expect(await statuses('operator')).toEqual([200, 201, 200]);
});

const tries = (role: string) => ({
  read: () =>
    room.world.api.transaction((tx) => ask(tx, 'select id from monitoring.legal_hold'), {
      tenantId: 'rows',
      role,
    }),
  write: () =>
    room.world.api.transaction(
      (tx) =>
        tx.script(`insert into monitoring.legal_hold (tenant_id, table_name, held_from, reason, placed_by)
          values ('rows', 'tb_alert', now(), 'r', 'x')`),
      { tenantId: 'rows', role },
    ),
});

test('the database itself lets nobody else place, release or read one, whatever a handler forgets', async () => {
  await place({ tenant: 'rows' });
  expect(await tries('tenant-admin').read()).toEqual([]);
  expect(await tries('auditor').read()).toHaveLength(1);
  await expect(tries('auditor').write()).rejects.toThrow(/row-level security/);
  await expect(tries('tenant-admin').write()).rejects.toThrow(/row-level security/);
});

test('a tenant sees, and an operator in it releases, none of another', async () => {
  const { json } = await place({ tenant: 'theirs' });

  const foreign = await release(json.data.id, { tenant: 'ours' });

  expect(foreign.json).toMatchObject({ status: 404, code: 'not-found' });
  expect((await list({ tenant: 'ours' })).json.data).toEqual([]);
  expect((await list({ tenant: 'theirs', query: { state: 'in-force' } })).json.data).toHaveLength(
    1,
  );
});

test('pages hold every hold once, the newest first', async () => {
  for (const reason of ['a', 'b', 'c']) await place({ tenant: 'pages', body: { ...body, reason } });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { limit: '2', ...(cursor === null ? {} : { cursor }) };
    const { json } = await list({ tenant: 'pages', query });
    seen.push(...json.data.map(({ reason }: { reason: string }) => reason));
    cursor = json.next_cursor;
  } while (cursor !== null);

  expect(seen).toEqual(['c', 'b', 'a']);
});
