import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { place } from '@rookery/monitoring/retention/hold';
import { openWorld, type World } from '../world/world.ts';
import { askOne } from './ask.ts';
import { age, entriesOf, erasedOf, faultsOf, fill, later, start } from './audit-ageing-room.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const editor = () => ({
  subject: 'olga',
  role: 'operator',
  sourceIp: '198.51.100.7',
  userAgent: 'curl/8',
  requestId: 'r',
  eventId: crypto.randomUUID(),
  now: new Date(),
});

const hold = (tenantId: string, from: Date, until: Date | null) =>
  world.ops.transaction(
    (tx) =>
      place(
        tx,
        { tenantId, editor: editor() },
        { table: 'admin_audit_log', from, until, reason: 'case 7' },
      ),
    { tenantId },
  );

const lost = async (tenantId: string) =>
  (await entriesOf(world, tenantId))
    .filter((one) => erasedOf(one).length > 0)
    .map(({ seq }) => seq);

// Nothing but the hold itself, for what records it would wait for the chain, too. Returns how many entries it has come in
// time for.
const bareHold = (tenantId: string): Promise<number> =>
  world.admin.transaction(async (tx) => {
    await tx.script(`insert into monitoring.legal_hold (tenant_id, table_name, held_from, reason, placed_by)
      values ('${tenantId}', 'admin_audit_log', '${start.toISOString()}', 'case 7', 'sql')`);
    const { whole } = await askOne<{ whole: number }>(
      tx,
      `select count(*) as whole from olap.admin_audit_log where tenant_id = '${tenantId}' and salts ? 'ip_address'
         and action <> 'audit_log.erased'`,
    );
    return whole;
  });

/** Waits until somebody waits for a turn, or what is watched has settled. */
const untilWaiting = async (settled: () => boolean): Promise<void> => {
  while (!settled()) {
    const { waiting } = await askOne<{ waiting: number }>(
      world.admin,
      // Other files wait for turns of their own, in their databases.
      `select count(*) as waiting from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    );
    if (waiting > 0) return;
    await sleep(5);
  }
};

// What the batch has done is not committed yet when somebody places a hold: of how many of 20 entries does it believe that it
// keeps what is erased a moment later?
const holdBeforeCommit = async (tenantId: string, takesTurn: boolean): Promise<number> => {
  await fill(world, tenantId, 20, `'personal', 'security'`);
  let isPlaced = false;
  let placing: Promise<number> = Promise.resolve(-1);
  const db: typeof world.ops = {
    ...world.ops,
    transaction: (work, scope) =>
      world.ops.transaction(async (tx) => {
        const result = await work(tx);
        placing = bareHold(tenantId).finally(() => {
          isPlaced = true;
        });
        await untilWaiting(() => isPlaced);
        return result;
      }, scope),
  };
  await age(db, later(31), {
    tenantId,
    batchEntries: 100,
    ...(takesTurn ? {} : { takeTurn: async () => {} }),
  });
  return placing;
};

test('a hold that is placed while a batch erases is in force once the batch is committed, not before', async () => {
  expect(await holdBeforeCommit('turn', true)).toBe(0);
  expect(await faultsOf(world, 'turn')).toEqual([]);
});

test('without its turn the batch erases what is held by then (control)', async () => {
  // The trigger takes the turn for those who forget to.
  await world.admin.script('alter table olap.admin_audit_log disable trigger held');
  expect(await holdBeforeCommit('no-turn', false)).toBe(20);
  await world.admin.script('alter table olap.admin_audit_log enable trigger held');
  expect(await holdBeforeCommit('forgot', false)).toBe(0);
});

test('a batch waits for a hold that is being placed, and sees it', async () => {
  await fill(world, 'waits', 20, `'personal', 'security'`);
  let aging: Promise<unknown> = Promise.resolve();
  let isOver = false;

  await world.ops.transaction(
    async (tx) => {
      const wish = {
        table: 'admin_audit_log',
        from: later(0, 5_000),
        until: later(0, 8_000),
        reason: 'case 8',
      };
      await place(tx, { tenantId: 'waits', editor: editor() }, wish);
      aging = age(world.ops, later(31), { tenantId: 'waits' }).then(() => (isOver = true));
      await untilWaiting(() => isOver);
      expect(isOver).toBe(false);
    },
    { tenantId: 'waits' },
  );
  await aging;

  // Entries 6, 7 and 8 are 5, 6 and 7 seconds after the start.
  expect(await lost('waits')).toEqual([
    1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
  ]);
  expect(await faultsOf(world, 'waits')).toEqual([]);
});

test('a hold of one tenant or of another table holds nothing else, and who places one waits for his own tenant only', async () => {
  await fill(world, 'mine', 3, `'personal', 'security'`);
  await hold('others', start, null);
  const wish = { table: 'tb_audit_event', from: start, until: null, reason: 'case 9' };
  await world.ops.transaction((tx) => place(tx, { tenantId: 'mine', editor: editor() }, wish), {
    tenantId: 'mine',
  });
  let elsewhere = false;

  await age(world.ops, later(31), {
    tenantId: 'mine',
    takeTurn: async (tx, tenantId) => {
      await tx.script(`select monitoring.hold_turn('${tenantId}')`);
      await hold('third', start, null);
      elsewhere = true;
    },
  });

  expect(elsewhere).toBe(true);
  expect(await lost('mine')).toContain(3);
});
