import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAuditor, type AuditMessage } from '@rookery/telemetry/audit/audit';
import { actions, type ActionName } from '@rookery/telemetry/audit/actions';
import type { Action } from '@rookery/telemetry/audit/action';
import { plan } from '@rookery/telemetry/plan/plan';
import { auditActions } from '@rookery/http/words';
import { event, openPromotionRoom, type PromotionRoom } from './audit-promotion-room.ts';

let room: PromotionRoom;
beforeAll(async () => {
  room = await openPromotionRoom();
});
afterAll(() => room.close());

const catalogue: readonly (readonly [string, Action])[] = Object.entries(actions);

test('each action that audit() tells of is one entry, with its class and its category', async () => {
  const sent: AuditMessage[] = [];
  const { audit } = openAuditor({
    send: async (message) => void sent.push(message),
    now: () => room.now,
    newId: () => `id-${sent.length}`,
  });
  for (const [name] of catalogue)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the catalogue are its names
    await audit(name as ActionName, {
      tenantId: 'each',
      actor: { id: 'ann', email: 'ann@heron.example', role: 'owner' },
      resourceId: 'r-1',
      reason: 'asked for',
      approval: { by: 'cal', reference: 'T-12' },
      ip: '203.0.113.9',
    });

  for (const { items } of sent) await room.deliver('each', { [items[0].key]: items[0].item });

  const entries = await room.entries('each');
  expect(
    entries.map((e) => [e.action, e.data_classification, e.retention_category, e.resource_type]),
  ).toEqual(catalogue.map(([name, of]) => [name, of.class, of.category, of.things[0]]));
  expect(entries.map(({ seq }) => seq)).toEqual(catalogue.map((_, at) => at + 1));
  expect(entries[0]).toMatchObject({
    admin_user_id: 'ann',
    resource_id: 'r-1',
    ip_address: '203.0.113.9',
    notes: 'asked for',
    metadata: {
      audit_event: 'id-0',
      outcome: 'success',
      role: 'owner',
      approval: { by: 'cal', reference: 'T-12' },
    },
  });
  expect(await room.faults('each')).toEqual([]);
});

test('each pair of the list is an entry, and a pair that others share is one only by its name', async () => {
  const wanted = catalogue.flatMap(([action, { deeds, things, named }]) =>
    deeds.flatMap((action_type) =>
      things.map((resource_type) => ({ action, action_type, resource_type, named })),
    ),
  );
  const items = wanted.map(({ action, named, ...pair }, at) => [
    `k${at}`,
    event({ ...pair, event_id: `e${at}`, metadata: named === true ? { action } : {} }),
  ]);
  await room.deliver('pairs', Object.fromEntries(items));

  const got = await room.entries('pairs');
  const byEvent = new Map(got.map((entry) => [entry.metadata['audit_event'], entry.action]));
  expect(wanted.map((_, at) => byEvent.get(`e${at}`))).toEqual(wanted.map(({ action }) => action));
  expect(got).toHaveLength(wanted.length);
});

test('no other event is an entry: reads, logins, clicks, work of the day, and no name makes it one', async () => {
  const things = [
    ...'campaign mailbox session report alert-rule silence escalation-policy dashboard alert lead'.split(
      ' ',
    ),
    ...'template maintenance-window service error billing Role-assignment role_assignment'.split(
      ' ',
    ),
    ...Object.keys(plan),
  ];
  const onList = (deed: string, thing: string) =>
    catalogue.some(
      ([, of]) =>
        of.named !== true && [...of.deeds].includes(deed as never) && of.things.includes(thing),
    );
  const known = [...new Set(catalogue.flatMap(([, of]) => of.things))];
  const pairs = auditActions.flatMap((deed) =>
    [...things, ...known]
      .filter((thing) => !onList(deed, thing))
      .map((thing) => [deed, thing] as const),
  );
  const names = [null, 'role.granted', 'account.locked.', '', 'audit_log.read', 7, { a: 1 }];
  const items = pairs.map(([action_type, resource_type], at) => [
    `k${at}`,
    event({ action_type, resource_type, metadata: { action: names[at % names.length] } }),
  ]);
  for (let at = 0; at < items.length; at += 500)
    await room.deliver('others', Object.fromEntries(items.slice(at, at + 500)));

  expect(await room.events('others')).toBe(pairs.length);
  expect(pairs.length).toBeGreaterThan(500);
  expect(await room.entries('others')).toEqual([]);
});

test('an entry has the changed fields and no others; what was made has no before, what was deleted no after', async () => {
  const cut = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`setting_${n}`, n]));
  const resource_type = 'security-policy';
  const told = [
    { before_data: { role: 'member', team: 'x' }, after_data: { role: 'admin', team: 'x' } },
    { resource_type, action_type: 'create', after_data: { mfa: true } },
    { resource_type, action_type: 'delete', before_data: { mfa: true } },
    { before_data: { role: 'a' }, after_data: { role: 'a' } },
    { changes: { role: { before: 'a', after: 'b' }, team: 'y' }, resource_id: null },
    { resource_type, before_data: {}, after_data: cut },
  ];
  const time = room.now.toISOString();
  const items = told.map((of, at) => [`k${at}`, event({ ...of, time, event_id: `e${at}` })]);
  await room.deliver('changes', Object.fromEntries(items));

  const entries = await room.entries('changes');
  const shortened = expect.objectContaining({ '[cut]': expect.any(Number) });
  expect(entries.map(({ old_values, new_values }) => [old_values, new_values])).toEqual([
    [{ role: 'member' }, { role: 'admin' }],
    [null, { mfa: true }],
    [{ mfa: true }, null],
    [null, null],
    [
      { role: 'a', team: 'y' },
      { role: 'b', team: 'y' },
    ],
    [shortened, shortened],
  ]);
  expect(entries[5]).toMatchObject({
    old_values: { setting_0: null },
    new_values: { setting_0: 0 },
  });
  expect(entries[4]?.resource_id).toBe('-');
  expect(entries[0]?.notes).toBe('gave bob another role');
});

test('an attempt that failed is an entry that says so', async () => {
  const outcome = { outcome: 'failure', failure_reason: 'no second factor' };
  const attempt = { action_type: 'create', resource_type: 'impersonation', ...outcome };
  await room.deliver('failed', { a: event(attempt) });

  expect(await room.entries('failed')).toMatchObject([
    {
      action: 'impersonation.started',
      metadata: { outcome: 'failure', failure: 'no second factor' },
    },
  ]);
});
