import { expect, test } from 'vitest';
import { openAuditor, type AuditMessage } from './audit.ts';
import { itemOf } from './deed.ts';

const stamp = { id: 'a-1', at: new Date('2026-11-20T10:00:00Z') };
const ann = { id: 'ann', email: 'ann@heron.example', role: 'owner' };
const deed = { tenantId: 'heron', actor: ann, resourceId: 'bob', ip: '198.51.100.7' };

test('an item says what was done to what by whom, and names the action', () => {
  const item = itemOf(
    'role.changed',
    { ...deed, before: { role: 'member' }, after: { role: 'admin' }, reason: 'on call' },
    stamp,
  );

  expect(item).toMatchObject({
    event_id: 'a-1',
    time: '2026-11-20T10:00:00.000Z',
    action_type: 'update',
    resource_type: 'role-assignment',
    before_data: { role: 'member' },
    after_data: { role: 'admin' },
    outcome: 'success',
    metadata: { action: 'role.changed', reason: 'on call' },
  });
});

test('an attempt that failed says why', () => {
  const item = itemOf('impersonation.started', { ...deed, failure: 'no second factor' }, stamp);
  expect(item).toMatchObject({ outcome: 'failure', failure_reason: 'no second factor' });
});

test('an action is told with its tenant, its values and its kind of thing, or it does not compile', () => {
  const wrong: readonly (readonly [string, () => unknown])[] = [
    // @ts-expect-error -- no tenant
    ['tenantId', () => itemOf('role.granted', { actor: ann, resourceId: 'b', ip: '::1' }, stamp)],
    // @ts-expect-error -- clickstream
    ['high-risk action', () => itemOf('admin_ui_viewed', deed, stamp)],
    // @ts-expect-error -- what the log writes itself
    ['high-risk action', () => itemOf('audit_log.read', deed, stamp)],
    // @ts-expect-error -- a role has no such value
    ['plan', () => itemOf('role.granted', { ...deed, after: { plan: 'gold' } }, stamp)],
    // @ts-expect-error -- nobody locks a campaign
    ['not to campaign', () => itemOf('account.locked', { ...deed, thing: 'campaign' }, stamp)],
  ];

  for (const [why, tell] of wrong) expect(tell).toThrow(why);
});

test.each([
  [{ tenantId: '' }, 'tenantId'],
  [{ actor: { ...ann, email: 'x'.repeat(256) } }, 'actor.email'],
  [{ ip: '198.51.100.0/24' }, 'ip'],
  [{ resourceId: 'a\0b' }, 'resourceId: holds a NUL'],
  [{ after: { note: 'a\0b' } }, 'after holds a NUL'],
  [{ after: { response: 'ok' } }, 'leave "response" out of after'],
  [{ before: { httpResponse: 1 } }, 'leave "httpResponse" out of before'],
  [{ after: { plan: 'x'.repeat(201) } }, 'after.plan'],
  [{ after: { plan: Number.POSITIVE_INFINITY } }, 'too large'],
])('what the log would not take is refused before it is sent: %j', async (wrong, why) => {
  const sent: AuditMessage[] = [];
  const { audit } = openAuditor({
    send: async (message) => void sent.push(message),
    now: () => stamp.at,
    newId: () => 'n',
  });

  const told = audit('subscription.changed', { ...deed, ...wrong });

  await expect(told).rejects.toMatchObject({ kind: 'invalid', code: 'audit-refused' });
  await expect(told).rejects.toThrow(why);
  expect(sent).toEqual([]);
});

test('an auditor sends one message for the stream, under a key that follows from the id', async () => {
  const sent: AuditMessage[] = [];
  const { audit } = openAuditor({
    send: async (message) => void sent.push(message),
    now: () => stamp.at,
    newId: () => 'made',
  });

  await audit('tenant.deleted', deed);
  await audit('tenant.deleted', { ...deed, id: 'own', at: new Date('2026-11-19T00:00:00Z') });

  expect(sent.map(({ items: [{ key, item }] }) => [key, item['event_id'], item['time']])).toEqual([
    ['audit:made', 'made', '2026-11-20T10:00:00.000Z'],
    ['audit:own', 'own', '2026-11-19T00:00:00.000Z'],
  ]);
  expect(sent[0]).toMatchObject({
    tenant_id: 'heron',
    stream: 'audit-events',
    received_at: '2026-11-20T10:00:00.000Z',
  });
});
