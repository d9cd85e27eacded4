import { afterAll, beforeAll, expect, test } from 'vitest';
import { monitoringAuditEndpoints } from '@rookery/http/endpoints/monitoring-audit';
import { handler } from '../../functions/api/monitoring-audit.ts';
import { ask } from './ask.ts';
import { openReportRoom, type ReportRoom } from './monitoring-report-room.ts';

const { searchAuditEvents, getAuditEvent, listAuditUsers } = monitoringAuditEndpoints;
let room: ReportRoom;

const archived = `insert into monitoring.tb_audit_event_archive
  select e.* from monitoring.tb_audit_event e where e.event_id in`;

beforeAll(async () => {
  room = await openReportRoom();
  // E1 has left the stream, E2 is in both, E6 was anonymised; bob's address changed in between.
  await room.world.admin.script(`
    set role rookery_owner;
    select monitoring.ensure_partitions('2025-01-01', '2025-03-01', 'tb_audit_event');
    reset role;
    create temp table given as select * from (values
      ('acme', 'E0', '2024-12-31T23:59:59.999999Z', 'ann', 'ann@a.example', 'update', 'invoice', 'i1', 'success', 'billing', 's1'),
      ('acme', 'E1', '2025-01-01T00:00:00Z', 'ann', 'ann@a.example', 'create', 'invoice', 'i1', 'success', 'billing', 's1'),
      ('acme', 'E2', '2025-01-15T10:00:00Z', 'ann', 'ann@a.example', 'delete', 'invoice', 'i2', 'failure', 'billing', 's1'),
      ('acme', 'E3', '2025-01-31T15:00:00.000100Z', 'bob', 'bob@a.example', 'update', 'invoice', 'i1', 'success', 'billing', 's2'),
      ('acme', 'E4', '2025-01-31T15:00:00.000200Z', 'bob', 'bob@new.example', 'login', 'account', null, 'failure', null, 's2'),
      ('acme', 'E5', '2025-02-01T00:00:00Z', 'bob', 'bob@new.example', 'update', 'invoice', 'i1', 'success', 'billing', 's3'),
      ('acme', 'E6', '2025-01-20T00:00:00Z', 'cid', 'anonymized@example.com', 'read', 'invoice', 'i1', 'success', null, null),
      ('other', 'E3', '2025-01-31T16:00:00Z', 'eve', 'eve@o.example', 'update', 'invoice', 'i1', 'success', 'billing', 's9')
    ) v (tenant_id, event_id, time, user_id, user_email, action_type, resource_type, resource_id, outcome, module, session_id);
    select monitoring.ensure_partitions('2024-12-01', '2024-12-31', 'tb_audit_event');
    insert into monitoring.audit_event_key select tenant_id, event_id, time::timestamptz from given;
    insert into monitoring.tb_audit_event (tenant_id, event_id, time, user_id, user_email, user_role, action_type,
      resource_type, resource_id, resource_name, description, outcome, module, session_id, ip_address, changes, before_data)
    select tenant_id, event_id, time::timestamptz, user_id, user_email, 'admin', action_type::monitoring.audit_action_type,
      resource_type, resource_id, 'Invoice 100%', 'Somebody did ' || event_id, outcome, module, session_id,
      case when event_id <> 'E6' then '192.0.2.1'::inet end, '{"total": [1, 2]}', '{"total": 1}' from given;
    ${archived} ('E1', 'E2');
    delete from monitoring.tb_audit_event where event_id = 'E1';
    delete from monitoring.audit_event_key where event_id = 'E1'`);
});
afterAll(() => room.close());

const found = async (query: Record<string, string>, tenantId = 'acme') =>
  (await room.read(handler, searchAuditEvents, { query, tenantId })).data.map(
    ({ event_id }) => event_id,
  );

test('a month of days includes the whole of its last day, which the seed loses, and nothing after', async () => {
  const query = { from: '2025-01-01', to: '2025-02-01' };
  expect(await found(query)).toEqual(['E4', 'E3', 'E6', 'E2', 'E1']);

  // The control: the seed's closed range.
  const [seed] = await ask<{ ids: string[] }>(
    room.world.admin,
    `select array_agg(event_id order by time desc) as ids from monitoring.tb_audit_event
     where tenant_id = 'acme' and time >= '2025-01-01' and time <= '2025-01-31'`,
  );
  expect(seed?.ids).toEqual(['E6', 'E2']);
});

test('an archived event is found, and one that is in both places is told once', async () => {
  const { data } = await room.read(handler, searchAuditEvents, { query: { user_id: 'ann' } });
  expect(data.map(({ event_id, archived }) => [event_id, archived])).toEqual([
    ['E2', false],
    ['E1', true],
    ['E0', false],
  ]);
});

test.each<[string, Record<string, string>, string[]]>([
  ['action_type', { action_type: 'create,delete' }, ['E2', 'E1']],
  ['resource_type', { resource_type: 'account' }, ['E4']],
  ['resource_id', { resource_id: 'i2' }, ['E2']],
  ['outcome', { outcome: 'failure' }, ['E4', 'E2']],
  ['module', { module: 'billing', user_id: 'bob' }, ['E5', 'E3']],
  ['session_id', { session_id: 's2' }, ['E4', 'E3']],
  ['text of the description', { text: 'DID e4' }, ['E4']],
  ['text of the address', { text: '@new.' }, ['E5', 'E4']],
  ['a percent sign, which is no wildcard', { text: '100%', user_id: 'cid' }, ['E6']],
  ['text that nothing has', { text: 'in%e' }, []],
  ['instants with a zone', { from: '2025-02-01T01:00:00+01:00' }, ['E5']],
])('%s filters', async (_, query, ids) => {
  expect(await found(query)).toEqual(ids);
});

test('pages go from the stream on into the archive, leave none out and repeat none', async () => {
  for (const limit of ['1', '2', '3']) {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { data: { event_id: string }[]; next_cursor: string | null } = await room.read(
        handler,
        searchAuditEvents,
        { query: { limit, ...(cursor === null ? {} : { cursor }) } },
      );
      seen.push(...page.data.map(({ event_id }) => event_id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(['E5', 'E4', 'E3', 'E6', 'E2', 'E1', 'E0']);
  }
});

test('an empty range and an unknown action are refused', async () => {
  for (const [query, status, code] of [
    [{ from: '2025-01-02', to: '2025-01-02' }, 422, 'range-empty'],
    [{ from: '2025-01-02T00:00:00Z', to: '2025-01-02' }, 422, 'range-empty'],
    [{ action_type: 'create,steal' }, 400, 'request-malformed'],
  ] as const) {
    const answer = await room.ask(handler, searchAuditEvents, { query });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      status,
      expect.objectContaining({ code }),
    ]);
  }
});

const one = async (event_id: string) =>
  (await room.read(handler, getAuditEvent, { params: { event_id } })).data;

test('one event comes whole, from the stream or from the archive', async () => {
  expect(await one('E3')).toMatchObject({
    event_id: 'E3',
    time: '2025-01-31T15:00:00.000100Z',
    user_email: 'bob@a.example',
    ip_address: '192.0.2.1',
    before_data: { total: 1 },
    after_data: null,
    changes: { total: [1, 2] },
    archived: false,
  });
  expect(await one('E1')).toMatchObject({ archived: true, changes: { total: [1, 2] } });
  expect(await one('E2')).toMatchObject({ archived: false });
  expect(await one('E6')).toMatchObject({ ip_address: null, session_id: null });
});

test('an event of another tenant is not there', async () => {
  expect(await found({}, 'other')).toEqual(['E3']);
  const { status, text } = await room.ask(handler, getAuditEvent, {
    params: { event_id: 'E5' },
    tenantId: 'other',
  });
  expect([status, JSON.parse(text)]).toEqual([404, expect.objectContaining({ code: 'not-found' })]);
});

test('a user is one row however often the address changed; days are UTC days', async () => {
  const now = '2025-02-01T12:00:00Z';
  const { data, since } = await room.read(handler, listAuditUsers, { now, query: { days: '31' } });

  expect(since).toBe('2025-01-01T12:00:00.000Z');
  expect(data).toEqual([
    {
      user_id: 'bob',
      user_email: 'bob@new.example',
      total_actions: 3,
      active_days: 2,
      first_action: '2025-01-31T15:00:00.000Z',
      last_action: '2025-02-01T00:00:00.000Z',
      failed_actions: 1,
    },
    {
      user_id: 'ann',
      user_email: 'ann@a.example',
      total_actions: 1,
      active_days: 1,
      first_action: '2025-01-15T10:00:00.000Z',
      last_action: '2025-01-15T10:00:00.000Z',
      failed_actions: 1,
    },
    expect.objectContaining({ user_id: 'cid', total_actions: 1, failed_actions: 0 }),
  ]);
});

test('auditors and administrators read it, members do not; a table is one row an event', async () => {
  for (const [role, status] of [
    ['auditor', 200],
    ['tenant-admin', 200],
    ['operator', 200],
    ['tenant-member', 403],
  ] as const)
    expect((await room.ask(handler, searchAuditEvents, { role })).status).toBe(status);

  const { text } = await room.ask(handler, searchAuditEvents, {
    accept: 'text/csv',
    query: { resource_type: 'account' },
  });
  const [head = '', row = '', ...rest] = text.trim().split(/\r?\n/);
  expect(head).toMatch(/^event_id,time,user_id/);
  expect(row).toMatch(/^E4,2025-01-31T15:00:00\.000200Z,bob/);
  expect(rest).toEqual([]);
});
