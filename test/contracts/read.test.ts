import { sql } from 'kysely';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import { openWorld, type World } from '../world/world.ts';
import { startTap, type Tap } from './tap.ts';

const allowance = { name: 'read', perMinute: 60, burst: 50 } as const;
const scope = { tenantId: 'a', role: 'auditor', allowance } as const;
const readOnly = '25006';

const stateOf = statement({
  title: 'the tenant, the role and the way of the transaction',
  on: 'warehouse',
  columns: { tenant: 'text?', role: 'text?', read_only: 'text', pid: 'int4' },
  example: null,
  sql: () => sql`
    select nullif(current_setting('app.tenant_id', true), '') as tenant,
      nullif(current_setting('app.role', true), '') as role,
      current_setting('transaction_read_only') as read_only, pg_backend_pid() as pid`,
});

const spentOf = statement({
  title: 'how many requests each tenant has spent',
  on: 'warehouse',
  columns: { tenant_id: 'text', requests: 'int4' },
  example: null,
  sql: () => sql`
    select tenant_id, ceil(extract(epoch from drained_at - clock_timestamp()))::int as requests
    from olap.rate_limit order by 1`,
});

let world: World;
let tap: Tap;
let db: Db;
const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);

const open = (max: number, port: number): Db => {
  const url = new URL(world.url('rookery_api'));
  url.port = String(port);
  return openDb({ url: url.href, proxyPort: tap.proxyPort, max });
};

beforeAll(async () => {
  world = await openWorld();
  const { host, port } = inject('server');
  tap = await startTap({ host, port });
  process.on('unhandledRejection', note);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await tap.close();
  await world.close();
});
beforeEach(async () => {
  await world.admin.script('truncate olap.rate_limit');
  db = open(1, tap.port);
});
afterEach(async () => {
  tap.pass();
  await db.close();
  // A rejection is reported a turn after nobody took it.
  await turn();
  await turn();
  if (unhandled.length > 0) throw new AggregateError(unhandled.splice(0), 'unhandled');
});

// The round trips until the work is done.
const waits = async (work: () => Promise<unknown>): Promise<number> => {
  const before = tap.turns();
  await work();
  return tap.turns() - before;
};

const state = { tenant: 'a', role: 'auditor', read_only: 'on' };

test('a read waits for one round trip more than its statement, a transaction for two', async () => {
  await db.query(stateOf, null);
  const bare = await waits(() => db.query(stateOf, null));
  const whole = await waits(() => db.transaction((tx) => tx.query(stateOf, null), scope));
  const read = await waits(() =>
    db.read(scope, async (tx) => {
      const rows = await tx.query(stateOf, null);
      tap.hold();
      return rows;
    }),
  );

  expect({ bare, whole, read }).toEqual({ bare: 1, whole: 3, read: 2 });
});

test('the answer does not wait for the commit, and closing does', async () => {
  const isSent = tap.sent('commit\0');
  const read = await db.read(scope, async (tx) => {
    const rows = await tx.query(stateOf, null);
    tap.hold();
    return rows;
  });
  expect(read).toMatchObject({ allowed: true, value: [state] });
  await isSent;

  let isClosed = false;
  const closing = db.close().then(() => (isClosed = true));
  await world.admin.query(stateOf, null);
  expect(isClosed).toBe(false);
  tap.pass();
  await closing;
  db = open(1, tap.port);
});

test('a transaction waits for its commit: the control', async () => {
  const isSent = tap.sent('commit\0');
  let isDone = false;
  const written = db
    .transaction(async (tx) => {
      await tx.query(stateOf, null);
      tap.hold();
    }, scope)
    .then(() => (isDone = true));
  await isSent;
  await world.admin.query(stateOf, null);
  expect(isDone).toBe(false);
  tap.pass();
  await written;
});

test('a read is of its tenant and role, read only, and both are gone afterwards', async () => {
  const read = await db.read(scope, (tx) => tx.query(stateOf, null));
  const [after] = await db.query(stateOf, null);

  expect(read).toMatchObject({ allowed: true, value: [state] });
  expect(after).toMatchObject({ tenant: null, role: null, read_only: 'off' });
  const writing = db.read(scope, (tx) => tx.script(`update olap.rate_limit set class = 'x'`));
  await expect(writing).rejects.toMatchObject({ code: readOnly });
});

test('quotes in a tenant, a role or a class stay what they are', async () => {
  const odd = `o'\\'; select 1; --`;
  const read = await db.read(
    { tenantId: odd, role: odd, allowance: { ...allowance, name: odd } },
    (tx) => tx.query(stateOf, null),
  );

  expect(read).toMatchObject({ allowed: true, value: [{ tenant: odd, role: odd }] });
  expect(await world.admin.query(spentOf, null)).toEqual([{ tenant_id: odd, requests: 1 }]);
});

test('a used up allowance reads nothing and says when to ask again', async () => {
  const small = { ...scope, allowance: { ...allowance, burst: 2 } };
  const done: string[] = [];
  const ask = (name: string) => db.read(small, async () => void done.push(name));

  expect(await ask('first')).toMatchObject({
    allowed: true,
    spent: { limit: 2, remaining: 1, resetSeconds: 1 },
  });
  expect(await ask('second')).toMatchObject({
    allowed: true,
    spent: { limit: 2, remaining: 0, resetSeconds: 2 },
  });
  expect(await ask('third')).toEqual({
    allowed: false,
    spent: { limit: 2, remaining: 0, resetSeconds: 2 },
    retryAfterSeconds: 1,
  });
  expect(done).toEqual(['first', 'second']);
});

test('a slow read does not keep another of its tenant waiting', async () => {
  const many = open(2, tap.port);
  try {
    const answered = await many.read(scope, async (slow) => {
      await slow.query(stateOf, null);
      return many.read(scope, (quick) => quick.query(stateOf, null));
    });
    expect(answered).toMatchObject({ allowed: true, value: { allowed: true, value: [state] } });

    // The control: spent inside the reading transaction, the lock of the row is kept until its end.
    const spend = `set local lock_timeout = '100ms'; select olap.spend('read', 60, 50)`;
    const naive = many.transaction(async (slow) => {
      await slow.script(spend);
      return many.transaction((quick) => quick.script(spend), scope);
    }, scope);
    await expect(naive).rejects.toMatchObject({ code: 'database-unavailable' });
  } finally {
    await many.close();
  }
});

test('a failing read gives its connection back clean, and stays spent', async () => {
  const failing = db.read(scope, (tx) => tx.script('select 1 / 0'));
  await expect(failing).rejects.toThrow('division by zero');

  expect(await db.query(stateOf, null)).toMatchObject([{ tenant: null, read_only: 'off' }]);
  expect(await world.admin.query(spentOf, null)).toEqual([{ tenant_id: 'a', requests: 1 }]);
});

test.each([
  ['no tenant', { ...scope, tenantId: '' }],
  ['an allowance of nothing', { ...scope, allowance: { ...allowance, perMinute: 0 } }],
  ['an allowance that is no whole number', { ...scope, allowance: { ...allowance, burst: 0.5 } }],
])('%s fails in the middle of the opening, reads nothing and spends nothing', async (_, bad) => {
  let isRead = false;
  const refused = db.read(bad, async () => void (isRead = true));
  await expect(refused).rejects.toMatchObject({ kind: 'invalid', code: 'data-refused' });

  expect(isRead).toBe(false);
  expect(await db.query(stateOf, null)).toMatchObject([{ tenant: null, read_only: 'off' }]);
  expect(await world.admin.query(spentOf, null)).toEqual([]);
});

test('a read that is tried again after a deadlock spends once', async () => {
  let tries = 0;
  const read = await db.read(scope, async (tx) => {
    tries += 1;
    if (tries < 3)
      await tx.script(`do $$ begin raise exception 'x' using errcode = '40P01'; end $$`);
    return tx.query(stateOf, null);
  });

  expect(read).toMatchObject({ allowed: true, spent: { remaining: 49 }, value: [state] });
  expect(tries).toBe(3);
  expect(await world.admin.query(spentOf, null)).toEqual([{ tenant_id: 'a', requests: 1 }]);
});

test('a connection that is lost at the commit loses no answer, and the next read has another', async () => {
  const isSent = tap.sent('commit\0');
  const read = await db.read(scope, async (tx) => {
    const rows = await tx.query(stateOf, null);
    tap.hold();
    return rows;
  });
  await isSent;
  tap.cut();
  tap.pass();

  expect(read).toMatchObject({ allowed: true, value: [state] });
  expect(await db.read(scope, (tx) => tx.query(stateOf, null))).toMatchObject({ value: [state] });
});

test('closing ends although the connection is lost at the commit', async () => {
  const isSent = tap.sent('commit\0');
  await db.read(scope, async () => {
    tap.hold();
  });
  await isSent;
  const closing = db.close();
  tap.cut();
  tap.pass();

  expect(await closing).toBeUndefined();
  db = open(1, tap.port);
});

test('a server that ends the connection before the commit loses no answer either', async () => {
  const [first, second] = [
    await db.read(scope, async (tx) => {
      const rows = await tx.query(stateOf, null);
      await world.admin.script(`select pg_terminate_backend(${rows[0]!.pid})`);
      return rows;
    }),
    await db.read(scope, (tx) => tx.query(stateOf, null)),
  ];

  expect([first, second]).toMatchObject([{ value: [state] }, { value: [state] }]);
});

test('a connection that is lost while it reads is an unavailable database', async () => {
  const lost = db.read(scope, async (tx) => {
    tap.cut();
    return tx.query(stateOf, null);
  });
  await expect(lost).rejects.toMatchObject({ kind: 'unavailable', code: 'database-unavailable' });
});

test('fifty reads beside each other spend exactly fifty', async () => {
  const many = open(10, tap.port);
  try {
    const reads = await Promise.all(
      Array.from({ length: 50 }, () => many.read(scope, async () => {})),
    );
    expect(reads.filter(({ allowed }) => allowed)).toHaveLength(50);
    // Given back since, at one a second, are at most those of the seconds this took.
    expect(await world.admin.query(spentOf, null)).toEqual([{ tenant_id: 'a', requests: 50 }]);
  } finally {
    await many.close();
  }
});
