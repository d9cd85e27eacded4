import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import { openWorld, type World } from '../world/world.ts';
import { rolledBack } from './tables.ts';

type Asked = {
  readonly tenant?: string;
  readonly name?: string;
  readonly perMinute?: number;
  readonly burst?: number;
};

const spendOf = statement({
  title: 'spends one request of an allowance',
  on: 'warehouse',
  columns: {
    allowed: 'bool',
    remaining: 'int4',
    reset_seconds: 'int4',
    retry_after_seconds: 'int4',
  },
  example: { name: 'read', perMinute: 60, burst: 10 },
  sql: ({ name, perMinute, burst }: { name: string; perMinute: number; burst: number }) => sql`
    select allowed, remaining, reset_seconds, retry_after_seconds
    from olap.spend(${name}, ${perMinute}, ${burst})`,
});

let world: World;
let many: Db;
beforeAll(async () => {
  world = await openWorld();
  many = openDb({ url: world.url('rookery_api'), proxyPort: world.proxyPort, max: 10 });
});
afterAll(async () => {
  await many.close();
  await world.close();
});
beforeEach(() => world.admin.script('truncate olap.rate_limit'));

const spend = async ({ tenant = 'a', name = 'read', perMinute = 60, burst = 10 }: Asked = {}) => {
  const [row] = await many.transaction((tx) => tx.query(spendOf, { name, perMinute, burst }), {
    tenantId: tenant,
  });
  return row!;
};

// As if so much time had passed since the last request.
const pass = (interval: string) =>
  world.admin.script(`update olap.rate_limit set drained_at = drained_at - interval '${interval}'`);

const drain = async (asked: Asked): Promise<void> => {
  for (let n = asked.burst ?? 10; n > 0; n -= 1)
    expect(await spend(asked)).toMatchObject({ allowed: true, remaining: n - 1 });
};

test('what is left falls by one with each request, and then none is allowed', async () => {
  await drain({ burst: 3 });

  expect(await spend({ burst: 3 })).toEqual({
    allowed: false,
    remaining: 0,
    reset_seconds: 3,
    retry_after_seconds: 1,
  });
});

test('a refusal says the whole seconds until one request is allowed again', async () => {
  await drain({ perMinute: 2, burst: 2 });
  expect(await spend({ perMinute: 2, burst: 2 })).toMatchObject({
    allowed: false,
    reset_seconds: 60,
    retry_after_seconds: 30,
  });

  await pass('29.5 seconds');

  expect(await spend({ perMinute: 2, burst: 2 })).toMatchObject({
    allowed: false,
    reset_seconds: 31,
    retry_after_seconds: 1,
  });
});

test('refusals cost nothing: who waits as long as told is allowed', async () => {
  await drain({ perMinute: 2, burst: 2 });
  for (let n = 0; n < 5; n += 1) await spend({ perMinute: 2, burst: 2 });

  await pass('30 seconds');

  expect(await spend({ perMinute: 2, burst: 2 })).toMatchObject({ allowed: true, remaining: 0 });
  expect(await spend({ perMinute: 2, burst: 2 })).toMatchObject({ allowed: false });
});

test('one request comes back each interval, and never more than the burst', async () => {
  await drain({ perMinute: 1, burst: 4 });

  await pass('2 minutes');
  expect(await spend({ perMinute: 1, burst: 4 })).toMatchObject({ allowed: true, remaining: 1 });

  await pass('3 days');
  await drain({ perMinute: 1, burst: 4 });
  expect(await spend({ perMinute: 1, burst: 4 })).toMatchObject({ allowed: false });
});

test('tenants and classes have allowances of their own', async () => {
  await drain({ burst: 2 });

  expect(await spend({ burst: 2 })).toMatchObject({ allowed: false });
  expect(await spend({ burst: 2, tenant: 'b' })).toMatchObject({ allowed: true, remaining: 1 });
  expect(await spend({ burst: 2, name: 'export' })).toMatchObject({ allowed: true, remaining: 1 });
});

const touched = (text: string) =>
  statement({
    title: text,
    on: 'warehouse',
    columns: { rows: 'int8' },
    example: null,
    sql: () => sql.raw(`with t as (${text} returning 1) select count(*) as rows from t`),
  });

test('a tenant sees, lowers and takes over no allowance of another', async () => {
  await spend({ tenant: 'b' });
  const as = { tenantId: 'a' };
  const push = touched(`update olap.rate_limit set drained_at = 'infinity' where tenant_id = 'b'`);
  expect(await rolledBack(many, (tx) => tx.query(push, null), as)).toEqual([{ rows: 0 }]);
  const forge = `insert into olap.rate_limit values ('b', 'export', 'infinity')`;
  await expect(rolledBack(many, (tx) => tx.script(forge), as)).rejects.toThrow(
    /row-level security/,
  );
  const seize = `insert into olap.rate_limit values ('b', 'read', 'infinity')
    on conflict (tenant_id, class) do update set drained_at = excluded.drained_at`;
  await expect(rolledBack(many, (tx) => tx.script(seize), as)).rejects.toThrow(
    /row-level security/,
  );
  expect(await spend({ tenant: 'b' })).toMatchObject({ allowed: true, remaining: 8 });
});

test.each(['rookery_etl', 'rookery_ops'] as const)('%s may not spend', async (role) => {
  const db = openDb({ url: world.url(role), proxyPort: world.proxyPort, max: 1 });
  try {
    const spending = db.transaction(
      (tx) => tx.query(spendOf, { name: 'read', perMinute: 60, burst: 10 }),
      { tenantId: 'a' },
    );
    await expect(spending).rejects.toThrow(/permission denied/);
  } finally {
    await db.close();
  }
});

test('of sixty spends beside each other exactly the burst of fifty is allowed', async () => {
  const all = await Promise.all(
    Array.from({ length: 60 }, () => spend({ perMinute: 1, burst: 50 })),
  );

  expect(all.filter(({ allowed }) => allowed)).toHaveLength(50);
  expect(new Set(all.filter((one) => one.allowed).map(({ remaining }) => remaining)).size).toBe(50);
});

test('read first and written after, spends are lost: the control', async () => {
  await spend({ perMinute: 1 });
  const drained = statement({
    title: 'when the allowance is whole again',
    on: 'warehouse',
    columns: { drained_at: 'timestamptz' },
    example: null,
    sql: () => sql`select drained_at from olap.rate_limit`,
  });
  let atOnce = 0;
  const { promise: allHaveRead, resolve: release } = Promise.withResolvers<void>();
  const naive = () =>
    many.transaction(
      async (tx) => {
        const [row] = await tx.query(drained, null);
        atOnce += 1;
        if (atOnce === 10) release();
        await allHaveRead;
        const next = new Date(row!.drained_at.getTime() + 60_000).toISOString();
        await tx.script(`update olap.rate_limit set drained_at = '${next}'`);
      },
      { tenantId: 'a' },
    );
  await Promise.all(Array.from({ length: 10 }, naive));

  // Eleven were spent, and only two are missing.
  expect(await spend({ perMinute: 1, burst: 50 })).toMatchObject({ remaining: 47 });
});
