import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { plan } from '@rookery/monitoring/retention/look';
import { runAll } from '@rookery/monitoring/retention/run';
import { doUnit } from '@rookery/monitoring/retention/unit';
import { verify } from '@rookery/monitoring/retention/verify';
import { now, openRoom, stage, type Room } from './retention-room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
  await stage(room);
}, 60_000);
afterAll(() => room.close());
beforeEach(() =>
  room.world.admin.script(`
    delete from monitoring.tb_audit_event; delete from monitoring.tb_audit_event_archive;
    delete from monitoring.audit_event_key; delete from monitoring.retention_run; delete from monitoring.legal_hold;
    delete from monitoring.retention_category where tenant_id <> 'platform';
    delete from monitoring.retention_policy where tenant_id <> 'platform'`),
);

const before = (days: number, minutes: number): string =>
  `timestamptz '${now.toISOString()}' - interval '${days * 24 * 60 + minutes} minutes'`;

const columns = `tenant_id, time, event_id, user_id, user_email, user_role, action_type, resource_type, description, outcome, severity, metadata`;
const valuesOf = (tenant: string, id: string, at: string, category: string | null): string =>
  `'${tenant}', ${at}, '${id}', 'actor', 'anonymized@example.com', 'admin', 'read', 'thing', 'd', 'success', 'info',
    ${category === null ? `'{}'` : `'{"retention_category": "${category}"}'`}`;

const archived = (id: string, at: string, category: string | null, tenant = 'a'): string =>
  `insert into monitoring.tb_audit_event_archive (id, ${columns}) values (1, ${valuesOf(tenant, id, at, category)});`;
const event = (id: string, at: string, category: string | null = null): string => `
  select monitoring.ensure_partitions(${at}, ${at}, 'tb_audit_event');
  insert into monitoring.audit_event_key (tenant_id, event_id, time) values ('a', '${id}', ${at});
  insert into monitoring.tb_audit_event (${columns}) values (${valuesOf('a', id, at, category)});`;

const ids = async (table: string): Promise<string[]> =>
  (
    await room.ask(`select event_id from monitoring.${table} order by event_id collate "C"`, {
      event_id: 'varchar',
    })
  ).map(({ event_id }) => event_id);
const where = async () => ({
  live: await ids('tb_audit_event'),
  archive: await ids('tb_audit_event_archive'),
  keys: await ids('audit_event_key'),
});

const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const recount = (at: Date) =>
  verify({ db: room.world.ops, place: room.place, now: at, search: null });

const lives: readonly [string, number][] = [
  ['', 2557],
  ['no-such-category', 2557],
  ['contract', 2557],
  ['financial', 2557],
  ['security', 1096],
  ['operational', 366],
];

test('each category is kept for its one to seven years: a minute more is too old, a minute less is not', async () => {
  await room.world.admin.script(
    lives
      .flatMap(([category, days]) =>
        [1, 0, -1].map((minutes) =>
          archived(`${category}|${minutes}`, before(days, minutes), category || null),
        ),
      )
      .join(''),
  );
  await doUnit(room.bench, {
    tenantId: 'a',
    table: 'tb_audit_event_archive',
    action: 'delete',
    slot: now,
  });

  expect(await ids('tb_audit_event_archive')).toEqual(
    lives.flatMap(([category]) => [`${category}|0`, `${category}|-1`]).toSorted(),
  );
});

test('a tenant may keep a category longer than the platform, not shorter, and events on hold for good', async () => {
  await room.world.admin.script(`
    insert into monitoring.retention_category (tenant_id, category, keep_days) values
      ('a', 'security', 2000), ('a', 'financial', 366), ('a', 'legal-hold', 366);
    ${archived('security-longer', before(1999, 0), 'security')}
    ${archived('security-over', before(2001, 0), 'security')}
    ${archived('security-of-b', before(1999, 0), 'security', 'b')}
    ${archived('financial', before(2000, 0), 'financial')}
    ${archived('held', before(20_000, 0), 'legal-hold')}`);

  await runAll(room.bench, now, null);

  expect(await ids('tb_audit_event_archive')).toEqual(['financial', 'held', 'security-longer']);
});

test('an event goes from its table into the archive, and out of it in its time; its key goes last', async () => {
  await room.world.admin.script(`
    ${event('year', before(366, 1))} ${event('young', before(366, 0))}
    ${event('brief', before(366, 1), 'operational')} ${event('held', before(3000, 0), 'legal-hold')}`);

  await runAll(room.bench, now, null);
  // What is kept for a year in all was archived, and outlived that by nothing.
  expect(await where()).toEqual({
    live: ['held', 'young'],
    archive: ['year'],
    keys: ['held', 'year', 'young'],
  });
  expect(await recount(now)).toMatchObject({ ok: true });

  await runAll(room.bench, later(2557 - 367), null);
  expect(await where()).toEqual({
    live: ['held'],
    archive: ['year', 'young'],
    keys: ['held', 'year', 'young'],
  });
  await runAll(room.bench, later(2557), null);
  expect(await where()).toEqual({ live: ['held'], archive: [], keys: ['held'] });
  expect(await recount(later(2557))).toMatchObject({ ok: true, objects: 0, overdue: [] });
});

test('twice: an archive that lost its copy before the event went does not archive it again and again', async () => {
  await room.world.admin.script(event('brief', before(400, 0), 'operational'));
  const unit = { tenantId: 'a', slot: now } as const;
  await doUnit(room.bench, { ...unit, table: 'tb_audit_event', action: 'archive' });

  // Out of order, as a queue may deliver: the archive first.
  await doUnit(room.bench, { ...unit, table: 'tb_audit_event_archive', action: 'delete' });
  expect(await ids('tb_audit_event_archive')).toEqual(['brief']);
  await doUnit(room.bench, { ...unit, table: 'tb_audit_event', action: 'delete' });
  await runAll(room.bench, later(1), null);

  expect(await where()).toEqual({ live: [], archive: [], keys: [] });
});

test('a partition with an event on hold is not dropped, with all its others archived, and says why', async () => {
  const drop = () => runAll(room.bench, now, null);
  const partition = 'tb_audit_event_2020_03';
  await room.world.admin.script(`
    ${event('held', `'2020-03-05Z'::timestamptz`, 'legal-hold')} ${event('other', `'2020-03-06Z'::timestamptz`)}
    insert into monitoring.tb_audit_event_archive (id, ${columns}) select id, ${columns} from monitoring.tb_audit_event`);

  expect((await drop()).dropped).toContainEqual({
    partition,
    rows: null,
    why: expect.stringContaining('event held of tenant a has the category legal-hold') as string,
  });
  expect(await ids('tb_audit_event')).toEqual(['held']);

  await room.world.admin.script(
    `update monitoring.tb_audit_event set metadata = '{}' where event_id = 'held'`,
  );
  expect((await drop()).dropped).toContainEqual({ partition, rows: 1, why: null });
  expect(await ids('tb_audit_event')).toEqual([]);
});

test('a hold on events keeps them in the archive, and the objects that have them', async () => {
  await room.world.admin.script(`
    ${event('held', before(400, 0))} ${event('other', before(380, 0))}`);
  const unit = { tenantId: 'a', slot: now, table: 'tb_audit_event' } as const;
  for (const action of ['archive', 'delete'] as const)
    await doUnit({ ...room.bench, batchRows: 1 }, { ...unit, action });
  await room.world.admin.script(`
    insert into monitoring.legal_hold (tenant_id, table_name, held_from, held_until, reason, placed_by)
    values ('a', 'tb_audit_event', ${before(401, 0)}, ${before(399, 0)}, 'case 7', 'u')`);

  const { left } = await runAll(room.bench, later(2557), null);

  expect(left.map(({ table_name, action, why, rows }) => [table_name, action, why, rows])).toEqual([
    ['tb_audit_event_archive', 'delete', 'a legal hold keeps them', 1],
    ['tb_audit_event_archive', 'expire', 'a legal hold keeps them', 1],
  ]);
  expect(await ids('tb_audit_event_archive')).toEqual(['held']);
  expect(await recount(later(2557))).toMatchObject({ ok: true, objects: 1 });
});

test('objects of the archive go when their newest row may go, each by its category, with proof', async () => {
  await room.world.admin.script(`
    ${event('n1', before(400, 0))} ${event('n2', before(390, 0))} ${event('s', before(395, 0), 'security')}`);
  await runAll(room.bench, now, null);
  const due = async (days: number) =>
    (await plan(room.world.ops, later(days)))
      .filter(({ action }) => action === 'expire')
      .map(({ rows }) => rows);
  expect(await recount(now)).toMatchObject({ ok: true, objects: 2 });

  expect([await due(1096 - 395), await due(1096 - 394)]).toEqual([[], [1]]);
  await runAll(room.bench, later(1096 - 394), null);
  expect(await recount(later(1096 - 394))).toMatchObject({ ok: true, objects: 1 });
  expect([await due(2557 - 390), await due(2557 - 389)]).toEqual([[], [2]]);
  const gone = later(2557 - 389);
  await runAll(room.bench, gone, null);
  await runAll(room.bench, gone, null);
  expect(await recount(gone)).toMatchObject({ ok: true, objects: 0 });
  expect(
    await room.ask(
      `select rows, jsonb_array_length(detail->'removed') as removed from monitoring.retention_run where action = 'expire' order by id`,
      { rows: 'int8', removed: 'int4' },
    ),
  ).toEqual([
    { rows: 1, removed: 1 },
    { rows: 2, removed: 1 },
  ]);
});

test('an archive that differs, is lost, or has what was removed does not verify', async () => {
  await room.world.admin.script(event('n', before(400, 0)));
  await runAll(room.bench, now, null);
  const [object] = await room.ask(
    `select detail->'objects'->0->>'name' as name from monitoring.retention_run where action = 'archive'`,
    { name: 'text' },
  );
  const name = object?.name ?? '';
  const bytes = await room.place.read(name);

  await room.place.write(name, new Uint8Array([1, 2, 3]));
  expect(await recount(now)).toMatchObject({ ok: false, broken: [expect.stringContaining(name)] });
  await rm(join(room.path, name));
  expect(await recount(now)).toMatchObject({ ok: false, broken: [expect.stringContaining(name)] });
  await room.place.write(name, bytes);
  expect(await recount(now)).toMatchObject({ ok: true });
  await runAll(room.bench, later(2557), null);
  await room.place.write(name, bytes);
  expect(await recount(later(2557))).toMatchObject({ ok: false, returned: [name] });
});
