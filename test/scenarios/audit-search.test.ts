import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLogEndpoints } from '@rookery/http/endpoints/audit-log';
import { handler } from '../../functions/api/audit-log.ts';
import { openAlertingRoom, type AlertingRoom, type Wish } from './alerting-api-room.ts';
import { ask } from './ask.ts';
import { age, later, start } from './audit-ageing-room.ts';

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
  await room.world.admin.script(`
    insert into olap.admin_audit_log (creation_time, tenant_id, admin_user_id, action, resource_type, resource_id, old_values,
      new_values, ip_address, notes, metadata, data_classification, retention_category)
    select '${start.toISOString()}'::timestamptz + n * interval '1 second', t, u, a, 'user', r, o::jsonb, w::jsonb, i, s, m::jsonb, c, k
    from (values
      (1, 'acme', 'ann', 'role.granted', 'u-1', '{"role":"member"}', '{"role":"admin"}', '192.0.2.1', 'Case 25-117, urgent', '{"audit_event":"AUD-1"}', 'internal', 'security'),
      (2, 'acme', 'bob', 'role.revoked', 'u-2', '{"role":"admin"}', null, '192.0.2.2', null, '{"approval":"Zoë 100%"}', 'internal', 'security'),
      (3, 'acme', 'bob', 'plan.changed', 'sub_1', '{"plan":"free"}', '{"plan":"pro \\"x\\""}', '192.0.2.1', 'as agreed', null, 'restricted', 'billing'),
      (4, 'acme', 'ann', 'user.deleted', 'u-25-117', '{"name":"Max"}', null, null, null, null, 'personal', 'security'),
      (5, 'foreign', 'eve', 'role.granted', 'u-1', '{"role":"member"}', '{"role":"admin"}', '192.0.2.1', 'Case 25-117', null, 'internal', 'security')
    ) v(n, t, u, a, r, o, w, i, s, m, c, k) order by n`);
});
afterAll(() => room.close());

const read = (query: Record<string, string> = {}, wish: Wish = {}) =>
  room.ask(handler, 'GET /v1/audit-log', { role: 'auditor', query, ...wish });
const found = async (query: Record<string, string>): Promise<string[]> => {
  const { status, json } = await read({ resource_type: 'user', ...query });
  expect(status).toBe(200);
  return json.data.map(({ resource_id: id }: { resource_id: string }) => id);
};
const one = (seq: number | string, wish: Wish = {}) =>
  room.ask(handler, 'GET /v1/audit-log/{seq}', {
    role: 'auditor',
    params: { seq: String(seq) },
    ...wish,
  });
const chain = (wish: Wish = {}) =>
  room.ask(handler, 'GET /v1/audit-log/chain', { role: 'auditor', ...wish });

test.each<[string, Record<string, string>, string[]]>([
  ['a word in the notes or the resource, in any case', { q: 'CASE' }, ['u-1']],
  ['all of several words', { q: '25-117 case' }, ['u-1']],
  ['a word in the resource alone', { q: '25-117' }, ['u-25-117', 'u-1']],
  ['a word of the values', { q: 'max' }, ['u-25-117']],
  ['a word of the metadata with a letter beyond ASCII', { q: 'zoë' }, ['u-2']],
  ['a percent sign as itself', { q: '100%' }, ['u-2']],
  ['an underscore as itself', { q: 'sub_' }, ['sub_1']],
  ['a quotation mark within JSON', { q: '"x"' }, ['sub_1']],
  ['nothing where no entry has the word', { q: 'nowhere' }, []],
  ['a field that was changed', { changed: 'role' }, ['u-2', 'u-1']],
  ['several actions', { action: 'role.granted,role.revoked' }, ['u-2', 'u-1']],
  ['an address', { ip_address: '192.0.2.1' }, ['sub_1', 'u-1']],
  ['a class', { data_classification: 'restricted' }, ['sub_1']],
  ['a category', { retention_category: 'billing' }, ['sub_1']],
  ['the oldest first', { order: 'oldest' }, ['u-1', 'u-2', 'sub_1', 'u-25-117']],
  ['filters together', { q: 'case', changed: 'role', ip_address: '192.0.2.1' }, ['u-1']],
])('the search finds %s', async (_, query, wanted) => {
  expect(await found(query)).toEqual(wanted);
});

test.each(['', '   ', 'a b c d e f', 'x'.repeat(201)])('the words "%s" are refused', async (q) => {
  expect((await read({ q })).json.code).toBe('request-malformed');
});

test('pages of either order hold every entry once', async () => {
  for (const order of ['newest', 'oldest']) {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { json } = await read({
        resource_type: 'user',
        order,
        limit: '1',
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...json.data.map(({ resource_id: id }: { resource_id: string }) => id));
      cursor = json.next_cursor;
    } while (cursor !== null);
    const all = ['u-1', 'u-2', 'sub_1', 'u-25-117'];
    expect(seen).toEqual(order === 'oldest' ? all : all.toReversed());
  }
});

test('a search through more than a page may look at goes on with its cursor, and finds each match once', async () => {
  await room.world.admin.script(`
    insert into olap.admin_audit_log (creation_time, tenant_id, admin_user_id, action, resource_type, resource_id, notes)
    select '${start.toISOString()}'::timestamptz + n * interval '1 millisecond', 'many', 'ann', 'a', 'user', 'r' || n,
      case when n in (10, 5000, 20001) then 'needle' end from generate_series(1, 20500) n`);
  for (const order of ['newest', 'oldest']) {
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = null;
    do {
      const { json } = await read(
        { q: 'needle', resource_type: 'user', order, ...(cursor === null ? {} : { cursor }) },
        { tenant: 'many' },
      );
      seen.push(...json.data.map(({ resource_id: id }: { resource_id: string }) => id));
      sizes.push(json.data.length);
      cursor = json.next_cursor;
    } while (cursor !== null);
    const all = ['r10', 'r5000', 'r20001'];
    expect(seen).toEqual(order === 'oldest' ? all : all.toReversed());
    expect(sizes).toHaveLength(2);
  }
});

test('an entry says its place, its hashes, what it was taken from and what of it was erased', async () => {
  await room.world.admin.script(`
    insert into olap.admin_audit_log (creation_time, tenant_id, admin_user_id, action, resource_type, resource_id, ip_address, data_classification, retention_category)
    values ('${start.toISOString()}', 'aged', 'ann', 'role.granted', 'user', 'r', '192.0.2.1', 'internal', 'security')`);
  await age(room.world.ops, later(31), { tenantId: 'aged' });

  const [aged] = (await read({ resource_type: 'user' }, { tenant: 'aged' })).json.data;
  const { data } = auditLogEndpoints.listAuditLog.response.parse(
    (await read({ resource_id: 'u-1' })).json,
  );

  expect(aged).toMatchObject({ seq: 1, ip_address: null, erased: ['ip_address', 'user_agent'] });
  expect(data[0]).toMatchObject({ erased: [], audit_event: 'AUD-1', prev_hash: '0'.repeat(64) });
  expect(Object.keys(data[0] ?? {})).not.toContain('salts');
});

// By what the contract says alone.
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const columns = [
  'admin_user_id',
  'ip_address',
  'user_agent',
  'notes',
  'old_values',
  'new_values',
  'metadata',
];

test('a reader recomputes commitments and hash of an entry from its answer alone, before and after it was erased', async () => {
  for (const [tenant, seq] of [
    ['acme', 3],
    ['aged', 1],
  ] as const) {
    const { status, json } = await one(seq, { tenant });
    expect(status).toBe(200);
    const { data } = auditLogEndpoints.getAuditEntry.response.parse(json);
    const { commitments, salts, texts } = data.proof;
    for (const [column, salt] of Object.entries(salts)) {
      const text = texts[column] ?? null;
      expect(commitments[column]).toBe(
        sha(`${salt}:${column}:${text === null ? '-' : `=${text}`}`),
      );
    }
    const parts = [
      data.prev_hash,
      String(data.seq),
      data.tenant_id,
      String(data.id),
      data.creation_time,
      data.action,
      data.resource_type,
      data.resource_id,
      data.data_classification ?? '',
      data.retention_category ?? '',
      ...columns.map((column) => commitments[column] ?? ''),
    ];
    expect(data.hash).toBe(sha(parts.map((part) => `${part.length}:${part}`).join('')));
    expect(columns.filter((column) => !(column in salts))).toEqual(data.erased);
  }
});

test('the head of the chain is the record of its own read', async () => {
  const { json } = await chain({ tenant: 'fresh' });
  const again = await chain({ tenant: 'fresh' });

  expect(json.data).toMatchObject({ seq: 1, entries: 1, first_prev_hash: '0'.repeat(64) });
  const next = (await one(2, { tenant: 'fresh' })).json.data;
  expect(next).toMatchObject({ prev_hash: json.data.hash, hash: again.json.data.hash });
  expect(next.metadata).toEqual({ role: 'auditor', chain: true });
  const recorded = await ask<{ metadata: object }>(
    room.world.admin,
    `select metadata from olap.admin_audit_log where tenant_id = 'fresh' order by seq desc limit 1`,
  );
  expect(recorded[0]?.metadata).toEqual({ role: 'auditor', seq: 2 });
});

test('an entry that there is not, or of another tenant, is not found; a place that is none is malformed', async () => {
  expect((await one(999_999)).json).toMatchObject({ status: 404, code: 'not-found' });
  expect((await one(2, { tenant: 'foreign' })).json.data?.tenant_id ?? 'foreign').toBe('foreign');
  for (const seq of ['0', '-1', '1.5', 'x'])
    expect((await one(seq)).json.code).toBe('request-malformed');
});

test.each(['tenant-member', 'tenant-admin'])(
  'a %s reads neither entries nor the chain, and leaves no record',
  async (role) => {
    const tenant = `none-${role}`;
    const statuses = [
      await read({}, { role, tenant }),
      await one(1, { role, tenant }),
      await chain({ role, tenant }),
    ];

    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(
      await ask(
        room.world.admin,
        `select 1 as one from olap.admin_audit_log where tenant_id = '${tenant}'`,
      ),
    ).toEqual([]);
  },
);
