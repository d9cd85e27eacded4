import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCatalog, type Catalog } from '@rookery/db/catalog';
import { openDb, type Db } from '@rookery/db/pool';
import { openWorld, type World } from '../world/world.ts';
import { asked, outcome } from './monitoring-rows.ts';
import { rolledBack } from './tables.ts';

let world: World;
let catalog: Catalog;
let ingest: Db;
beforeAll(async () => {
  world = await openWorld();
  ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 1 });
  catalog = await readCatalog(world.admin, ['monitoring']);
});
afterAll(async () => {
  await ingest.close();
  await world.close();
});

test('the aggregation has no grant in monitoring at all', async () => {
  expect(catalog.privileges.filter(({ role }) => role === 'rookery_etl')).toEqual([]);
  expect(catalog.privileges.filter(({ role }) => role === 'public')).not.toContainEqual(
    expect.objectContaining({ direction: 'grant' }),
  );
  for (const { name } of catalog.tables)
    expect(await outcome(world.etl, `select from monitoring.${name}`, 'a')).toMatch(/^42501 /);
  expect(
    await outcome(world.etl, 'select monitoring.ensure_partitions(now(), now())', 'a'),
  ).toMatch(/^42501 /);
});

test('nobody but operations reads a secret of an integration', async () => {
  for (const db of [world.api, ingest])
    for (const column of ['webhook_secret', 'authentication', '*'])
      expect(
        await outcome(db, `select ${column} from monitoring.tb_integration_health`, 'a'),
      ).toMatch(/^42501 /);
  expect(await outcome(world.ops, 'select * from monitoring.tb_integration_health')).toBe(
    'accepted',
  );
});

test.each([
  [
    'a metric delivered twice, and its mark',
    `insert into monitoring.tb_performance_metric (tenant_id, time, metric_name)
       values ('a', now(), 'm'), ('a', now(), 'm')
       on conflict (tenant_id, time, metric_name, endpoint, method, status_code, tags_hash) do nothing;
     insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket) values ('a', now())`,
  ],
  [
    'an error into its group, with the user, the occurrence and its day',
    `insert into monitoring.tb_error_log as g (tenant_id, id, error_hash, message, error_type)
       values ('a', '1', repeat('0', 64), 'm', 't')
       on conflict (tenant_id, environment, error_hash)
       do update set last_seen = excluded.last_seen, occurrence_count = g.occurrence_count + 1;
     insert into monitoring.error_user (tenant_id, error_id, user_id) values ('a', '1', 'u')
       on conflict do nothing;
     insert into monitoring.tb_error_instance (tenant_id, error_id, user_id) values ('a', '1', 'u');
     insert into monitoring.error_day as d (tenant_id, day, error_id, occurrences) values ('a', '2026-01-01', '1', 1)
       on conflict (tenant_id, day, error_id) do update set occurrences = d.occurrences + excluded.occurrences;
     insert into monitoring.error_user_day (tenant_id, day, error_id, user_id) values ('a', '2026-01-01', '1', 'u')
       on conflict do nothing`,
  ],
  [
    'an audit event with its key',
    `with key as (insert into monitoring.audit_event_key (tenant_id, event_id) values ('a', 'e')
       on conflict (tenant_id, event_id) do nothing returning event_id, time)
     insert into monitoring.tb_audit_event (tenant_id, time, event_id, user_id, user_email, user_role, action_type,
       resource_type, description, ip_address)
     select 'a', time, event_id, 'u', 'u@a.example', 'admin', 'read', 'thing', 'd', '192.0.2.1' from key`,
  ],
  [
    'a check with the state of its service',
    `insert into monitoring.tb_service_health (tenant_id, id, name, service_type) values ('a', 's', 's', 'api');
     insert into monitoring.tb_health_check_log (tenant_id, service_id, status) values ('a', 's', 'down');
     update monitoring.tb_service_health set status = 'down' where id = 's'`,
  ],
  [
    'activity with its session and marks',
    `insert into monitoring.tb_user_session (tenant_id, id, user_id) values ('a', 's', 'u')
       on conflict (tenant_id, id) do update set actions = excluded.actions;
     insert into monitoring.tb_user_activity (tenant_id, user_id, session_id, activity_type)
       values ('a', 'u', 's', 'action');
     insert into monitoring.user_activity_hourly_dirty (tenant_id, bucket) values ('a', now())`,
  ],
])('ingestion may write %s', async (_, text) => {
  expect(await outcome(ingest, text, 'a')).toBe('accepted');
});

test('ingestion changes and deletes nothing of what streams have', async () => {
  for (const { name } of catalog.tables.filter((table) => table.partition_by !== null))
    for (const text of [
      `update monitoring.${name} set tenant_id = tenant_id`,
      `delete from monitoring.${name}`,
    ])
      expect([text, await outcome(ingest, text, 'a')]).toEqual([
        text,
        expect.stringMatching(/^42501 /),
      ]);
});

test('who works on a group of errors changes its status, and nothing that was counted', async () => {
  const accepted = `update monitoring.tb_error_log set status = 'resolved', resolved_at = now(), assigned_to = 'me',
    resolution_note = 'mended', revision = revision + 1`;
  expect(await outcome(world.api, accepted, 'a')).toBe('accepted');
  for (const text of [
    'update monitoring.tb_error_log set occurrence_count = 1',
    'update monitoring.tb_error_log set affected_users = 0',
    'update monitoring.tb_error_log set regressions = 0',
    `update monitoring.tb_error_log set message = ''`,
    'delete from monitoring.tb_error_log',
    'update monitoring.error_day set occurrences = 1',
    'delete from monitoring.error_day',
    'delete from monitoring.error_user_day',
  ])
    expect([text, await outcome(world.api, text, 'a')]).toEqual([
      text,
      expect.stringMatching(/^42501 /),
    ]);
  for (const text of [
    `delete from monitoring.error_day`,
    `update monitoring.error_day set day = '2026-01-01'`,
    `delete from monitoring.error_user_day`,
    `update monitoring.error_user_day set user_id = 'x'`,
  ])
    expect([text, await outcome(ingest, text, 'a')]).toEqual([
      text,
      expect.stringMatching(/^42501 /),
    ]);
});

test('operations roll up, archive, anonymise and delete, but cannot rewrite who did what', async () => {
  const left = await rolledBack(world.ops, async (tx) => {
    await tx.script(`
      insert into monitoring.audit_event_key (tenant_id, event_id, time) values ('a', 'e', now());
      insert into monitoring.tb_audit_event (tenant_id, time, event_id, user_id, user_email, user_role, action_type,
        resource_type, description, ip_address)
      values ('a', now(), 'e', 'u', 'u@a.example', 'admin', 'read', 'thing', 'd', '192.0.2.1');
      update monitoring.tb_audit_event set user_email = 'anonymized@example.com', ip_address = null;
      with gone as (delete from monitoring.tb_audit_event returning *)
        insert into monitoring.tb_audit_event_archive select * from gone on conflict (tenant_id, event_id) do nothing;
      delete from monitoring.audit_event_key;
      insert into monitoring.tb_error_log (tenant_id, id, error_hash, message, error_type)
        values ('a', '1', repeat('0', 64), 'm', 't');
      with gone as (delete from monitoring.tb_error_log returning *)
        insert into monitoring.tb_error_log_archive
          (tenant_id, id, time, error_hash, message, error_type, severity, environment, first_seen, last_seen,
            occurrence_count, affected_users, status, regressions)
        select tenant_id, id, time, error_hash, message, error_type, severity, environment, first_seen, last_seen,
          occurrence_count, affected_users, status, regressions
        from gone;
      insert into monitoring.performance_metric_5min_dirty (tenant_id, bucket) values ('a', now());
      with marked as (delete from monitoring.performance_metric_5min_dirty returning tenant_id, bucket)
        insert into monitoring.tb_performance_metric_5min (tenant_id, bucket, metric_name, total_requests, total_errors, p95)
        select tenant_id, bucket, 'm', 10010, 10, 12.5 from marked;
      insert into monitoring.tb_user_activity_hourly (tenant_id, bucket, activity_type, users, total_activities,
        duration_sum, duration_count)
      values ('a', now(), 'action', '{-5,7}', 3, 90, 2)`);
    return tx.query(
      asked(
        `select (select count(*) from monitoring.tb_audit_event_archive where ip_address is null) as events,
           (select count(*) from monitoring.tb_error_log_archive) as errors,
           p.avg_p95, p.avg_error_rate, h.unique_users, h.avg_duration::float8 as avg_duration
         from monitoring.tb_performance_metric_5min p, monitoring.tb_user_activity_hourly h`,
        {
          events: 'int8',
          errors: 'int8',
          avg_p95: 'numeric?',
          avg_error_rate: 'numeric?',
          unique_users: 'int4',
          avg_duration: 'float8?',
        },
      ),
      null,
    );
  });
  expect(left).toEqual([
    {
      events: 1,
      errors: 1,
      avg_p95: '12.50',
      avg_error_rate: '0.099900',
      unique_users: 2,
      avg_duration: 45,
    },
  ]);
  for (const text of [
    `update monitoring.tb_audit_event set user_id = 'x'`,
    `update monitoring.tb_audit_event set time = now()`,
    `update monitoring.tb_audit_event set outcome = 'success'`,
    `delete from monitoring.tb_alert_rule`,
    `delete from monitoring.legal_hold`,
    `delete from monitoring.retention_run`,
    `delete from monitoring.pseudonym_key`,
  ])
    expect([text, await outcome(world.ops, text)]).toEqual([
      text,
      expect.stringMatching(/^42501 /),
    ]);
});
