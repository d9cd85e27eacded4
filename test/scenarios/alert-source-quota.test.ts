import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';
import { monitoringSources } from '@rookery/monitoring/alerts/sources/sources';
import { readQuotas } from '@rookery/source/quota';
import { warehouseSources } from '@rookery/warehouse/metrics/sources';
import { rowsOf } from '../world/builders.ts';
import { openAlertRoom, type AlertRoom } from './alert-room.ts';
import { sourcesOf, want } from './alert-source-room.ts';

let room: AlertRoom;

beforeAll(async () => {
  room = await openAlertRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  await room.empty();
  await room.world.admin.script('truncate source.subscriptions, olap.billing_analytics cascade');
});

const subscribe = (
  tenant_id: string,
  subscription_id: string,
  quota_emails: number | null,
  [starts_at, ends_at]: readonly [string, string | null],
) =>
  rowsOf(room.world.admin, 'subscriptions', [
    { tenant_id, subscription_id, quota_emails, starts_at, ends_at },
  ]);

// A billing period as the warehouse counted it, in a tenant's zone.
const bill = (
  tenant: string,
  emails: number,
  [first, end]: readonly [string, string],
  zone = 'UTC',
) =>
  room.world.admin.script(`insert into olap.billing_analytics
    (tenant_id, emails_sent, first_day, end_day, period_start, period_end, timezone) values
    ('${tenant}', ${emails}, '${first}', '${end}', '${first}'::timestamp at time zone '${zone}',
      '${end}'::timestamp at time zone '${zone}', '${zone}')`);

const quotaSource = () => {
  const source = sourcesOf(room.world).find(({ answers }) => answers('tenant.quota_used'));
  if (source === undefined) throw new Error('nobody answers');
  return source;
};
const ofTenants = async (slot: string, tenants: readonly string[] = ['acme']) => {
  const wants = tenants.map((tenantId) => want('tenant.quota_used', slot, { tenantId }));
  const told = await room.world.ops.transaction((tx) => quotaSource().read(tx, wants));
  return told
    .map(({ want: place, value, samples }) => [tenants[place], value, samples])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
};

test('each tenant is told its own e-mails over its own quota; without quota, subscription or period nothing', async () => {
  const march = ['2025-03-01', '2025-04-01'] as const;
  for (const [tenant, emails] of [
    ['acme', 820],
    ['heron', 50],
    ['unlimited', 9],
    ['unsubscribed', 9],
    ['ended', 9],
  ] as const)
    await bill(tenant, emails, march);
  await subscribe('acme', 's1', 1_000, ['2025-01-01T00:00:00Z', null]);
  await subscribe('heron', 's1', 40, ['2025-01-01T00:00:00Z', null]);
  await subscribe('unlimited', 's1', null, ['2025-01-01T00:00:00Z', null]);
  await subscribe('ended', 's1', 100, ['2025-01-01T00:00:00Z', '2025-03-10T12:00:00Z']);
  await subscribe('idle', 's1', 100, ['2025-01-01T00:00:00Z', null]);
  const all = ['heron', 'acme', 'unlimited', 'unsubscribed', 'ended', 'idle', 'nobody', 'acme'];

  expect(await ofTenants('2025-03-10T12:00:00Z', all)).toEqual([
    ['acme', 0.82, 1_000],
    ['acme', 0.82, 1_000],
    ['heron', 1.25, 40],
  ]);
  expect(await ofTenants('2025-03-10T11:59:59Z', ['ended'])).toEqual([['ended', 0.09, 100]]);
});

test('the period is that of the slot’s local day, and the quota that in force at the slot', async () => {
  const zone = 'America/New_York';
  await bill('acme', 900, ['2025-02-01', '2025-03-01'], zone);
  await bill('acme', 30, ['2025-03-01', '2025-04-01'], zone);
  await subscribe('acme', 'small', 1_000, ['2024-06-01T00:00:00Z', '2025-03-20T00:00:00Z']);
  await subscribe('acme', 'large', 3_000, ['2025-03-15T00:00:00Z', null]);

  // New York begins its first of March at five in the morning.
  expect(await ofTenants('2025-03-01T04:59:59Z')).toEqual([['acme', 0.9, 1_000]]);
  expect(await ofTenants('2025-03-01T05:00:00Z')).toEqual([['acme', 0.03, 1_000]]);
  expect(await ofTenants('2025-03-14T23:59:59Z')).toEqual([['acme', 0.03, 1_000]]);
  expect(await ofTenants('2025-03-15T00:00:00Z')).toEqual([['acme', 0.01, 3_000]]);
  expect(await ofTenants('2025-04-01T04:00:00Z')).toEqual([]);
});

test('of a quota of nothing the first e-mail is too many, and none says nothing', async () => {
  await subscribe('acme', 's1', 0, ['2025-01-01T00:00:00Z', null]);
  await bill('acme', 0, ['2025-02-01', '2025-03-01']);
  await bill('acme', 1, ['2025-03-01', '2025-04-01']);

  expect(await ofTenants('2025-02-10T12:00:00Z')).toEqual([]);
  expect(await ofTenants('2025-03-10T12:00:00Z')).toEqual([['acme', Infinity, 0]]);
});

const at = new Date('2025-03-10T12:00:00Z');
const addRules = async () => {
  await bill('acme', 820, ['2025-03-01', '2025-04-01']);
  await subscribe('acme', 's1', 1_000, ['2025-01-01T00:00:00Z', null]);
  await room.addRule({ id: 'quota', metric_name: 'tenant.quota_used', threshold: 0.8 });
  await room.addRule({ id: 'sent', metric_name: 'tenant.emails_sent_period', threshold: 500 });
};
const judged = (source: Db, ms?: number) =>
  room.evaluate({
    at,
    sources: [...warehouseSources(readQuotas(() => source, ms)), ...monitoringSources],
  });
const messages = () => room.rows<{ message: string }>('message', 'tb_alert order by 1');

test('a source that is down costs rules about the quota this attempt, and no others', async () => {
  await addRules();
  const { proxyPort } = room.world;
  const down = openDb({ url: 'postgres://rookery_source@127.0.0.1:1/nowhere', proxyPort });
  try {
    expect(await judged(down)).toMatchObject({
      rules: 1,
      raised: 1,
      failed: ['quotas'],
      problems: [{ rule_id: 'quota' }],
    });
  } finally {
    await down.close();
  }

  expect(await judged(room.world.source)).toMatchObject({ rules: 1, raised: 1, failed: [] });
  expect(await messages()).toEqual([
    { message: 'E-mails sent in the billing period of the tenant is 820, above 500' },
    { message: 'Used quota of the tenant is 82 % (820 of 1,000), above 80 %' },
  ]);
});

test('a source that hangs is given up, and other rules are judged', async () => {
  await addRules();
  const done = await room.world.admin.transaction(async (tx) => {
    await tx.script('lock table source.subscriptions in access exclusive mode');
    return judged(room.world.source, 50);
  });

  expect(done).toMatchObject({ rules: 1, raised: 1, failed: ['quotas'] });
});
