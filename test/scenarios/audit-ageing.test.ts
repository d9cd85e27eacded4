import { afterAll, beforeAll, expect, test } from 'vitest';
import { ageingPlan } from '@rookery/warehouse/audit/ageing';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';
import { age, entriesOf, erasedOf, faultsOf, fill, later, start } from './audit-ageing-room.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const everything = [
  'admin_user_id',
  'ip_address',
  'metadata',
  'new_values',
  'notes',
  'old_values',
  'user_agent',
];
const personal = ['ip_address', 'new_values', 'notes', 'old_values', 'user_agent'];

const skeleton = (entry: Record<string, unknown>) =>
  [
    'seq',
    'id',
    'creation_time',
    'action',
    'resource_type',
    'resource_id',
    'prev_hash',
    'hash',
    'commitments',
  ].map((name) => entry[name]);

// What an entry has lost at so many days.
const wanted = (category: string | null, of: string | null, days: number): string[] => {
  const keeps: Record<string, number> = {
    billing: 3_653,
    configuration: 1_096,
    audit_access: 1_096,
    records: Infinity,
  };
  if (days >= (keeps[category ?? ''] ?? 2_557)) return everything;
  if (days < 30 || of === 'restricted') return [];
  return of === 'internal' ? ['ip_address', 'user_agent'] : personal;
};

test('what is personal goes after its days and the rest with its category: one millisecond decides, and the chain stays whole', async () => {
  const classes = [null, 'internal', 'personal', 'restricted', 'unheard-of'];
  const categories = [
    null,
    'security',
    'billing',
    'configuration',
    'data_access',
    'audit_access',
    'records',
    'unheard-of',
  ];
  for (const [place, [of, category]] of classes
    .flatMap((one) => categories.map((other) => [one, other] as const))
    .entries())
    await world.admin.script(`
      insert into olap.admin_audit_log (creation_time, tenant_id, admin_user_id, action, resource_type, resource_id, old_values,
        new_values, ip_address, user_agent, notes, metadata, data_classification, retention_category)
      values ('${start.toISOString()}', 'every', 'ann', 'role.granted', 'user', 'r${place}', '{"a":1}', '{"a":2}', '192.0.2.1',
        'curl/8', 'why', '{"x":1}', ${of === null ? 'null' : `'${of}'`}, ${category === null ? 'null' : `'${category}'`})`);
  const before = await entriesOf(world, 'every');
  for (const days of [30, 1_096, 2_557, 3_653]) {
    for (const ms of [0, 1]) {
      await age(world.ops, later(days, ms));
      const now = (await entriesOf(world, 'every')).slice(0, before.length);
      const age_of_all = ms === 0 ? days - 1 : days;
      expect(now.map(erasedOf)).toEqual(
        now.map((one) => wanted(one.retention_category, one.data_classification, age_of_all)),
      );
      expect(now.map(skeleton)).toEqual(before.map(skeleton));
      expect(await faultsOf(world, 'every')).toEqual([]);
    }
  }
  const last = (await entriesOf(world, 'every')).slice(0, before.length);
  const billing = last.find(({ retention_category: k }) => k === 'billing');
  expect(billing).toMatchObject({
    admin_user_id: 'erased',
    ip_address: null,
    notes: null,
    old_values: null,
    metadata: null,
  });
  const record = last.find(({ retention_category: k }) => k === 'records');
  expect(record).toMatchObject({ admin_user_id: 'ann', metadata: { x: 1 } });
});

test('each batch says in the chain what it erased; a second run finds nothing and writes nothing', async () => {
  await fill(
    world,
    'long',
    2_500,
    `case when n % 5 = 0 then 'restricted' else 'internal' end, 'security'`,
  );

  const plan = await ageingPlan(world.ops, { tenantId: 'long', now: later(40) });
  const { aged, finished } = await age(world.ops, later(40), {
    tenantId: 'long',
    batchEntries: 700,
  });
  const after = await entriesOf(world, 'long');
  const again = await age(world.ops, later(40), { tenantId: 'long' });

  expect(plan).toMatchObject([
    { tenant_id: 'long', reason: 'personal', held: false, entries: 2_000 },
  ]);
  expect({ aged, finished }).toEqual({
    aged: [{ tenant: 'long', reason: 'personal', entries: 2_000, batches: 3 }],
    finished: true,
  });
  const records = after.filter(({ action }) => action === 'audit_log.erased');
  expect(records).toHaveLength(3);
  const spans = records.flatMap(
    ({ metadata }) => (metadata as { erased: [number, number][] }).erased,
  );
  expect(spans.reduce((sum, [from, to]) => sum + to - from + 1, 0)).toBe(2_000);
  expect(records[0]).toMatchObject({
    admin_user_id: 'test',
    data_classification: 'restricted',
    retention_category: 'records',
    metadata: { columns: ['ip_address', 'user_agent'], why: 'personal' },
  });
  expect(again.aged).toEqual([]);
  expect(await entriesOf(world, 'long')).toEqual(after);
  expect(await faultsOf(world, 'long')).toEqual([]);
});

test('four runs beside each other erase and record every entry once', async () => {
  await fill(world, 'beside', 2_000, `'personal', 'configuration'`);

  const runs = await Promise.all(
    [1, 2, 3, 4].map(() => age(world.ops, later(2_000), { tenantId: 'beside', batchEntries: 100 })),
  );

  const entries = runs.flatMap(({ aged }) => aged).reduce((sum, one) => sum + one.entries, 0);
  expect(entries).toBe(2_000);
  const spans = (await entriesOf(world, 'beside'))
    .filter(({ action }) => action === 'audit_log.erased')
    .flatMap(({ metadata }) => (metadata as { erased: [number, number][] }).erased);
  expect(spans.reduce((sum, [from, to]) => sum + to - from + 1, 0)).toBe(2_000);
  expect(await faultsOf(world, 'beside')).toEqual([]);
});

test('a run that is out of time, or cut off before a batch commits, goes on where its batches ended', async () => {
  await fill(world, 'cut', 300, `'personal', 'security'`);
  let left = 1;
  const cut: typeof world.ops = {
    ...world.ops,
    transaction: (work, scope) =>
      world.ops.transaction(async (tx) => {
        await work(tx);
        throw new Error('the connection was cut');
      }, scope),
  };

  const stopped = await age(world.ops, later(31), {
    tenantId: 'cut',
    batchEntries: 100,
    goesOn: () => left-- > 0,
  });
  await expect(age(cut, later(31), { tenantId: 'cut' })).rejects.toThrow(/cut/);
  const between = await entriesOf(world, 'cut');
  const rest = await age(world.ops, later(31), { tenantId: 'cut' });

  expect(stopped).toMatchObject({ finished: false, aged: [{ entries: 100 }] });
  expect(between.filter((one) => erasedOf(one).length > 0)).toHaveLength(100);
  expect(between.filter(({ action }) => action === 'audit_log.erased')).toHaveLength(1);
  expect(rest).toMatchObject({ finished: true, aged: [{ entries: 200 }] });
  expect(await faultsOf(world, 'cut')).toEqual([]);
});

test('of two tenants each erases its own, and what is due is found of those that have it only', async () => {
  await fill(world, 'one', 10, `'personal', 'security'`);
  await fill(world, 'two', 10, `'restricted', 'security'`);
  const two = await entriesOf(world, 'two');

  const { aged } = await age(world.ops, later(35));

  expect(aged.map(({ tenant }) => tenant)).toEqual(['one']);
  expect(await entriesOf(world, 'two')).toEqual(two);
});

test('what cannot be recorded is not erased', async () => {
  await fill(world, 'homeless', 5, `'personal', 'security'`);
  const before = await entriesOf(world, 'homeless');
  const [partition] = await ask<{ name: string }>(
    world.admin,
    `select 'olap.admin_audit_log_' || to_char(now() at time zone 'UTC', 'YYYY_MM') as name`,
  );
  await world.admin.script(
    `alter table ${partition?.name} add constraint closed check (action <> 'audit_log.erased') not valid`,
  );

  await expect(age(world.ops, later(35), { tenantId: 'homeless' })).rejects.toThrow(/closed/);
  await world.admin.script(`alter table ${partition?.name} drop constraint closed`);

  expect(await entriesOf(world, 'homeless')).toEqual(before);
});
