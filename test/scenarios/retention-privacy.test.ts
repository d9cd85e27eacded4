import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAll } from '@rookery/monitoring/retention/run';
import { doUnit } from '@rookery/monitoring/retention/unit';
import { verify } from '@rookery/monitoring/retention/verify';
import { now, openRoom, stage, type Room } from './retention-room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
  await stage(room);
  // 1,000 canaries, each in every personal column of activities, sessions, errors and audit events; 50 users.
  const old = `'2026-05-10Z'::timestamptz + i * interval '1 second'`;
  const told = `'canary-' || i || '@leak.example from 203.0.113.7 at https://leak.example/u/canary-' || i`;
  const json = `jsonb_build_object('note', ${told}, 'deep', jsonb_build_array('canary-' || i || '@leak.example'))`;
  await room.world.admin.script(`
    insert into monitoring.tb_user_activity (tenant_id, time, user_id, session_id, activity_type, page_url, metadata, browser, os, device_type, ip_address)
      select 'a', ${old}, 'canary-user-' || i % 50, 'canary-session-' || i % 100, 'view', 'https://leak.example/canary-' || i, ${json}, 'b canary', 'o canary', 'd canary', '203.0.113.7'
      from generate_series(1, 1000) i;
    insert into monitoring.tb_user_session (tenant_id, id, user_id, started_at, ip_address, metadata, browser)
      select 'a', 'canary-session-' || i, 'canary-user-' || i % 50, ${old}, '203.0.113.7', ${json}, 'b canary' from generate_series(0, 99) i;
    insert into monitoring.tb_error_log (tenant_id, id, error_hash, message, error_type, user_id, session_id, request_id, user_agent, ip_address, stack_trace, context, breadcrumbs, resolution_note, first_seen, last_seen, status, resolved_at)
      select 'a', 'e' || i, lpad(to_hex(i), 64, '0'), ${told}, 'E', 'canary-user-' || i, 'canary', 'canary', 'canary', '203.0.113.7', ${told}, ${json}, jsonb_build_array(${told}), ${told}, ${old} - interval '70 days', ${old} - interval '70 days', 'resolved', ${old}
      from generate_series(1, 100) i;
    insert into monitoring.tb_error_instance (tenant_id, error_id, occurred_at, user_id, session_id, request_id, context, stack_trace, breadcrumbs)
      select 'a', 'open', ${old}, 'canary-user-' || i, 'canary', 'canary', ${json}, ${told}, jsonb_build_array(${told}) from generate_series(1, 1000) i;
    insert into monitoring.error_user (tenant_id, error_id, user_id, first_seen)
      select 'a', 'open', 'canary-user-' || i, ${old} from generate_series(1, 1000) i;
    insert into monitoring.error_user_day (tenant_id, day, error_id, user_id)
      select 'a', '2026-05-10', 'open', 'canary-user-' || i from generate_series(1, 1000) i;
    insert into monitoring.retention_policy (tenant_id, table_name, keep_days) values ('a', 'tb_error_instance', 90);
    insert into monitoring.audit_event_key (tenant_id, event_id, time) select 'a', 'v' || i, ${old} from generate_series(1, 1000) i;
    insert into monitoring.tb_audit_event (tenant_id, time, event_id, user_id, user_email, user_role, action_type, resource_type, resource_name, description, before_data, after_data, changes, failure_reason, ip_address, user_agent, session_id, request_id, metadata)
      select 'a', ${old}, 'v' || i, 'actor-' || i, 'canary-' || i || '@leak.example', 'admin', 'read', 'thing', ${told}, ${told}, ${json}, ${json}, ${json}, ${told}, '203.0.113.7', 'canary', 'canary', 'canary', ${json}
      from generate_series(1, 1000) i`);
}, 90_000);
afterAll(() => room.close());

// Where a text or JSON of any table of monitoring still has it, archives included; what a pseudonym key is, is no text.
const leaks = (word: string) =>
  room.ask(
    `select c.relname::text as place, (xpath('/row/n/text()', query_to_xml(format(
        'select count(*) as n from monitoring.%I r where to_jsonb(r)::text ilike %L', c.relname, '%${word}%'), false, true, '')))[1]::text::bigint as n
     from pg_class c where c.relnamespace = 'monitoring'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
    { place: 'text', n: 'int8' },
  );
const users = () =>
  room.ask(
    `select count(distinct user_id) as users, count(distinct session_id) as sessions from monitoring.tb_user_activity`,
    { users: 'int8', sessions: 'int8' },
  );
const joined = () =>
  room.count(
    `tb_user_activity a join monitoring.tb_user_session s on s.tenant_id = a.tenant_id and s.id = a.session_id`,
  );

test('after 31 days no canary is left anywhere, as many users stay as many, and no session joins', async () => {
  expect([await users(), await joined()]).toEqual([[{ users: 50, sessions: 100 }], 1000]);

  await runAll({ ...room.bench, batchRows: 300 }, now, null);

  for (const word of ['canary', 'leak.example', '203.0.113.7'])
    expect([word, (await leaks(word)).filter(({ n }) => n > 0)]).toEqual([word, []]);
  expect([await users(), await joined()]).toEqual([[{ users: 50, sessions: 100 }], 0]);
  // Whom a group met stays countable.
  expect(await room.count(`error_user where user_id ~ '^anon_[0-9a-f]{32}$'`)).toBe(1000);
  // The actor of an audit event stays (C24).
  expect(
    await room.count(`tb_audit_event where user_id like 'actor-%' and ip_address is null`),
  ).toBe(1000);
});

test('error groups are archived, read back and deleted, without canaries in the cold files', async () => {
  // Archived in the run above, and so deleted in it.
  expect([
    await room.count('tb_error_log_archive'),
    await room.count(`tb_error_log where id like 'e%'`),
  ]).toEqual([100, 0]);
  const files = (await readdir(room.path, { recursive: true })).filter((name) =>
    name.endsWith('.gz'),
  );
  const texts = await Promise.all(
    files.map(async (name) => gunzipSync(await readFile(join(room.path, name))).toString()),
  );
  expect(texts.join('').trim().split('\n')).toHaveLength(100);
  expect(texts.join('')).not.toMatch(/canary|leak\.example|203\.0\.113\.7/);
  expect(await verify({ db: room.world.ops, place: room.place, now, search: null })).toMatchObject({
    ok: true,
    objects: 1,
    overdue: [],
  });
});

test('keys are destroyed 30 days after their month, and another run changes nothing', async () => {
  const keys = () =>
    room.ask(
      `select period_start, key is null as destroyed from monitoring.pseudonym_key where purpose = 'anonymise' order by 1`,
      { period_start: 'date', destroyed: 'bool' },
    );
  expect(await keys()).toEqual([
    { period_start: '2026-03-01', destroyed: true },
    { period_start: '2026-05-01', destroyed: false },
  ]);

  const again = await runAll(room.bench, new Date('2026-07-02T00:00:00Z'), null);

  expect(again.keys).toBe(1);
  expect(again.units.filter(({ action }) => action === 'anonymise')).toEqual([]);
});

const group = (seen: string): string => `
    insert into monitoring.tb_error_log (tenant_id, id, error_hash, message, error_type, first_seen, last_seen, status, resolved_at)
    values ('a', 'back', repeat('a', 64), 'of ${seen}', 'E', '2025-12-01Z', '${seen}', 'resolved', '${seen}')`;

test('a group that came back after it was archived is archived anew before it is deleted', async () => {
  const unit = { tenantId: 'a', table: 'tb_error_log', slot: now } as const;
  await room.world.admin.script(group('2026-01-01Z'));
  await doUnit(room.bench, { ...unit, action: 'anonymise' });
  await doUnit(room.bench, { ...unit, action: 'archive' });
  // It is seen once more, and resolved once more, before the deletion came to it.
  await room.world.admin.script(`
    update monitoring.tb_error_log set last_seen = '2026-02-01Z', message = 'of 2026-02-01Z', occurrence_count = 2 where id = 'back'`);

  await doUnit(room.bench, { ...unit, action: 'delete' });
  expect(await room.count(`tb_error_log where id = 'back'`)).toBe(1);
  await runAll(room.bench, new Date(now.getTime() + 1_000), null);

  expect([
    await room.count(`tb_error_log where id = 'back'`),
    await room.ask(
      `select message, occurrence_count as n from monitoring.tb_error_log_archive where id = 'back'`,
      { message: 'text', n: 'int4' },
    ),
  ]).toEqual([0, [{ message: 'of 2026-02-01Z', n: 2 }]]);
});
