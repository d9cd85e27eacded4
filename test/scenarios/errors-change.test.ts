import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeError, type Wish } from '@rookery/monitoring/errors/change';
import { changeGroup } from '@rookery/monitoring/errors/change.sql';
import { groupOf } from '@rookery/monitoring/errors/read.sql';
import { groupAnswer, groupsPage } from '@rookery/monitoring/errors/read';
import { errorEndpoints } from '@rookery/http/endpoints/errors';
import { openWorld, type World } from '../world/world.ts';
import { asked } from './ingest-room.ts';

const now = new Date();
const group = { tenantId: 'acme', id: 'err_a' };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() =>
  world.admin.script(`
    delete from monitoring.tb_error_log;
    insert into monitoring.tb_error_log (tenant_id, id, error_hash, message, error_type, severity, first_seen, last_seen)
    select v.tenant, v.id, rpad(md5(v.tenant || v.id), 64, '0'), 'm', 'TypeError', v.severity::monitoring.severity_level,
      '2026-01-01', '2026-01-02'::timestamptz + v.n * interval '1 microsecond'
    from (values ('acme', 'err_a', 'error', 1), ('acme', 'err_b', 'fatal', 2), ('acme', 'err_c', 'error', 2), ('other', 'err_a', 'error', 9))
      v (tenant, id, severity, n)`),
);

const change = (wish: Wish, given: Partial<typeof group> & { subject?: string } = {}) => {
  const { subject = 'ann', ...other } = given;
  const of = { ...group, ...other };
  const editor = {
    subject,
    role: 'operator',
    sourceIp: '198.51.100.7',
    userAgent: 'curl/8',
    requestId: 'r',
    eventId: randomUUID(),
    now,
  };
  return world.api.transaction((tx) => changeError(tx, of, { wish, editor }), {
    tenantId: of.tenantId,
    role: 'operator',
  });
};

const audited = async () =>
  (
    await world.ops.query(
      asked(
        'tenant_id, user_id, action_type, resource_id, before_data, after_data, changes, host(ip_address) as ip',
        `tb_audit_event where resource_type = 'error'`,
      ),
      null,
    )
  ).map(({ row }) => row);

test('a change is seen at once, counts the revision up, and is an audit event with before and after', async () => {
  const changed = await change({ revision: 0, status: 'in-progress', assigned_to: 'bob' });

  expect(changed).toMatchObject({ status: 'in-progress', assigned_to: 'bob', revision: 1 });
  expect(await audited()).toEqual([
    {
      tenant_id: 'acme',
      user_id: 'ann',
      action_type: 'update',
      resource_id: 'err_a',
      before_data: { status: 'new', assigned_to: null, resolution_note: null },
      after_data: { status: 'in-progress', assigned_to: 'bob', resolution_note: null },
      changes: {
        status: { before: 'new', after: 'in-progress' },
        assigned_to: { before: null, after: 'bob' },
      },
      ip: '198.51.100.7',
    },
  ]);
});

test('resolving says when, opening again forgets it, null unassigns, and a wish for what is there writes nothing', async () => {
  expect(
    await change({ revision: 0, status: 'resolved', note: 'fixed', assigned_to: 'bob' }),
  ).toMatchObject({
    status: 'resolved',
    resolution_note: 'fixed',
    resolved_at: now.toISOString().replace('Z', '000Z'),
  });
  const before = (await audited()).length;
  expect(await change({ revision: 1, status: 'resolved', note: 'fixed' })).toMatchObject({
    revision: 1,
  });
  expect(await audited()).toHaveLength(before);
  expect(await change({ revision: 1, status: 'new', assigned_to: null })).toMatchObject({
    status: 'new',
    resolved_at: null,
    assigned_to: null,
    resolution_note: 'fixed',
    revision: 2,
  });
  expect(await change({ revision: 2, note: 'tell ann@example.com' })).toMatchObject({
    resolution_note: 'tell [redacted]',
  });
});

test('a move that is not allowed, a missing note, an old revision and a missing or foreign group change nothing', async () => {
  await change({ revision: 0, status: 'resolved' });
  const before = (await audited()).length;

  await expect(change({ revision: 1, status: 'ignored', note: 'n' })).rejects.toMatchObject({
    code: 'change-refused',
  });
  await expect(change({ revision: 0, status: 'ignored' }, { id: 'err_b' })).rejects.toMatchObject({
    code: 'change-refused',
  });
  await expect(change({ revision: 0, status: 'new' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(change({ revision: 0 }, { id: 'none' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(change({ revision: 0 }, { tenantId: 'other', id: 'err_b' })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(await audited()).toHaveLength(before);
});

const people = Array.from({ length: 8 }, (_, n) => `p${n}`);

test('of eight people who change one revision at once one wins, and the others are told', async () => {
  const before = (await audited()).length;
  const ends = await Promise.allSettled(
    people.map((subject) => change({ revision: 0, assigned_to: subject }, { subject })),
  );

  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  expect(reasons).toEqual(
    Array.from({ length: 7 }, () => expect.objectContaining({ code: 'conflict' })),
  );
  expect(await audited()).toHaveLength(before + 1);
});

test('control: looking at the revision without holding the group lets several win', async () => {
  let ready = 0;
  const all = Promise.withResolvers<null>();
  const naive = (assignedTo: string) =>
    world.api.transaction(
      async (tx) => {
        const [seen] = await tx.query(groupOf, group);
        ready += 1;
        if (ready === 2) all.resolve(null);
        await all.promise;
        if (seen?.revision !== 0) return false;
        await tx.query(changeGroup, { ...group, status: 'new', assignedTo, note: null, now });
        return true;
      },
      { tenantId: 'acme', role: 'operator' },
    );

  expect(await Promise.all([naive('a'), naive('b')])).toEqual([true, true]);
});

const page = (after: readonly (string | number)[] | null, query: object = {}) =>
  world.api.transaction(
    (tx) => groupsPage(tx, { tenantId: 'acme', query: { limit: 2, ...query }, after }),
    { tenantId: 'acme' },
  );

test('pages of groups go from the latest on by microseconds, filtered, and show one tenant', async () => {
  const first = await page(null);
  const second = await page(first.next);

  expect(first.body.data.map(({ id }) => id)).toEqual(['err_c', 'err_b']);
  expect(second.body.data.map(({ id }) => id)).toEqual(['err_a']);
  expect(second.next).toBeNull();
  const fatal = await page(null, { severity: ['fatal'], status: ['new'], error_type: 'TypeError' });
  expect(fatal.body.data.map(({ id }) => id)).toEqual(['err_b']);
  await expect(page(['x', 'y'])).rejects.toMatchObject({ code: 'cursor-malformed' });
});

test('a group is shown as the contract says, with the last 20 of its occurrences; another tenant has none of it', async () => {
  await world.admin
    .script(`insert into monitoring.tb_error_instance (tenant_id, error_id, occurred_at, request_id)
    select 'acme', 'err_a', now() - n * interval '1 second', 'r' || n from generate_series(1, 25) n`);
  const read = (tenantId: string, id: string) =>
    world.api.transaction((tx) => groupAnswer(tx, { tenantId, id }), { tenantId });

  const { body, fresh } = await read('acme', 'err_a');
  expect(body.data.instances.map(({ request_id }) => request_id)).toEqual(
    Array.from({ length: 20 }, (_, n) => `r${n + 1}`),
  );
  const stamps = { as_of: fresh.as_of.toISOString(), complete_through: fresh.as_of.toISOString() };
  expect(() => errorEndpoints.getError.response.parse({ ...body, ...stamps })).not.toThrow();
  expect((await read('other', 'err_a')).body.data.instances).toEqual([]);
  await expect(read('other', 'err_b')).rejects.toMatchObject({ code: 'not-found' });
});
