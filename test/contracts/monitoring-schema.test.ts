import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCatalog, type Catalog } from '@rookery/db/catalog';
import { openWorld, type World } from '../world/world.ts';
import { asked, audit, counted, outcome, performance } from './monitoring-rows.ts';
import { changedTypes, monitoringEnums, monitoringSeed } from './monitoring-seed.ts';
import { rolledBack } from './tables.ts';

let world: World;
let catalog: Catalog;
beforeAll(async () => {
  world = await openWorld();
  catalog = await readCatalog(world.admin, ['monitoring']);
});
afterAll(() => world.close());

test('the fourteen tables and twelve enums of the seed are all there', () => {
  expect(Object.keys(monitoringSeed)).toHaveLength(14);
  expect(Object.keys(monitoringEnums)).toHaveLength(12);
  expect(Object.fromEntries(catalog.enums.map(({ name, labels }) => [name, labels]))).toEqual(
    monitoringEnums,
  );
});

describe.each(Object.entries(monitoringSeed))('monitoring.%s', (table, { columns, indexes }) => {
  test('has every column of the seed under its name and type, in its order', () => {
    const want = Object.entries(columns).map(([name, type]) => [
      name,
      changedTypes[`${table}.${name}`] ?? type,
    ]);
    const ours = catalog.columns
      .filter(({ relation, name }) => relation === table && name in columns)
      .map(({ name, type }) => [name, type]);
    expect(ours).toEqual(want);
  });

  test('has every index of the seed under its name, within the tenant', () => {
    const ours = catalog.indexes.filter(({ relation }) => relation === table);
    for (const [name, covers] of Object.entries(indexes)) {
      const definition = ours.find((index) => index.name === name)?.definition;
      const access = covers.startsWith('gin: ') ? 'gin' : 'btree';
      const within =
        name === 'idx_user_session_retention'
          ? 'btree (COALESCE(ended_at, started_at))'
          : name.endsWith('_retention')
            ? `brin (${covers})`
            : name === 'idx_audit_event_event_id'
              ? 'btree (tenant_id, event_id, "time")'
              : access === 'gin'
                ? `gin (${covers.slice('gin: '.length)})`
                : `btree (tenant_id, ${covers})`;
      expect([name, definition?.replaceAll('"time"', 'time')]).toEqual([
        name,
        expect.stringContaining(`USING ${within.replaceAll('"time"', 'time')}`),
      ]);
    }
  });
});

test('every table belongs to a tenant, platform unless told otherwise', () => {
  for (const { name } of catalog.tables)
    expect([
      name,
      catalog.columns.find((c) => c.relation === name && c.name === 'tenant_id'),
    ]).toEqual([
      name,
      expect.objectContaining({
        type: 'text',
        required: true,
        fill: "default 'platform'::text",
      }),
    ]);
});

test('every key leads with the tenant, so that an error tells nothing about another tenant', () => {
  const keys = catalog.constraints.filter(({ kind }) =>
    ['primary key', 'unique', 'foreign key'].includes(kind),
  );
  expect(keys.length).toBeGreaterThan(40);
  for (const { name, columns } of keys) expect([name, columns[0]]).toEqual([name, 'tenant_id']);
  for (const { name, definition } of catalog.indexes.filter((index) =>
    index.definition.startsWith('CREATE UNIQUE'),
  ))
    expect([name, definition]).toEqual([name, expect.stringContaining('(tenant_id, ')]);
});

test('the defaults of the seed are honoured', async () => {
  await world.admin.script(`
    insert into monitoring.tb_service_health (id, name, service_type) values ('d', 'd', 'api');
    insert into monitoring.tb_alert_rule (id, name, metric_name, comparison_operator, threshold, created_by)
      values ('d', 'd', 'm', 'gt', 1, 'me');
    insert into monitoring.tb_dashboard (id, name, owner_id) values ('d', 'd', 'me');`);
  const [row] = await world.admin.query(
    asked(
      `select s.tenant_id, s.check_interval, s.timeout, s.retry_count, s.status::text as service, r.status::text as rule,
         r.duration_minutes, r.evaluation_interval, r.suppress_duration, r.max_alerts_per_hour, r.auto_resolve,
         d.auto_refresh, d.refresh_interval, d.default_time_range, d.theme, d.visibility::text as visibility
       from monitoring.tb_service_health s, monitoring.tb_alert_rule r, monitoring.tb_dashboard d
       where s.id = 'd' and r.id = 'd' and d.id = 'd'`,
      {
        tenant_id: 'text',
        check_interval: 'int4',
        timeout: 'int4',
        retry_count: 'int4',
        service: 'text',
        rule: 'text',
        duration_minutes: 'int4',
        evaluation_interval: 'int4',
        suppress_duration: 'int4',
        max_alerts_per_hour: 'int4',
        auto_resolve: 'bool',
        auto_refresh: 'bool',
        refresh_interval: 'int4',
        default_time_range: 'varchar',
        theme: 'varchar',
        visibility: 'text',
      },
    ),
    null,
  );
  expect(row).toEqual({
    tenant_id: 'platform',
    check_interval: 300,
    timeout: 30,
    retry_count: 3,
    service: 'unknown',
    rule: 'enabled',
    duration_minutes: 5,
    evaluation_interval: 60,
    suppress_duration: 300,
    max_alerts_per_hour: 10,
    auto_resolve: true,
    auto_refresh: true,
    refresh_interval: 30,
    default_time_range: '24h',
    theme: 'light',
    visibility: 'private',
  });
});

test('the periods of the seed, and of the days of errors, are the policies of the platform', async () => {
  const rows = await world.admin.query(
    asked(
      `select table_name, keep_days as days, archive, anonymise_after_days as anonymised
       from monitoring.retention_policy where tenant_id = 'platform'`,
      { table_name: 'varchar', days: 'int4', archive: 'bool', anonymised: 'int4?' },
    ),
    null,
  );
  const year = 365;
  expect(
    Object.fromEntries(rows.map((r) => [r.table_name, [r.days, r.archive, r.anonymised]])),
  ).toEqual({
    audit_event_key: [366, false, null],
    error_user: [90, false, 30],
    tb_performance_metric: [7, false, null],
    tb_performance_metric_5min: [90, false, null],
    tb_performance_metric_hourly: [year, false, null],
    tb_health_check_log: [30, false, null],
    tb_error_log: [90, true, 30],
    tb_error_instance: [30, false, 30],
    error_day: [30, false, null],
    error_user_day: [30, false, null],
    tb_audit_event: [year + 1, true, 30],
    tb_audit_event_archive: [7 * year + 2, false, null],
    tb_error_log_archive: [7 * year + 2, false, null],
    tb_alert: [90, false, null],
    notice: [90, false, null],
    in_app_notice: [90, false, null],
    service_uptime_hour: [400, false, null],
    tb_integration_event: [30, false, null],
    tb_user_activity: [90, false, 30],
    tb_user_activity_hourly: [90, false, null],
    user_activity_daily: [90, false, null],
    tb_user_session: [90, false, 30],
  });
});

const group = (id: string, columns = '', values = ''): string =>
  `insert into monitoring.tb_error_log (id, error_hash, message, error_type${columns})
   values ('${id}', repeat('0', 64), 'm', 't'${values})`;
const rule = `insert into monitoring.tb_alert_rule (id, name, metric_name, comparison_operator, threshold, created_by)
  values ('r', 'r', 'm', 'gt', 1, 'me');`;
const alert = (id: string, status: string, labels: string): string =>
  `insert into monitoring.tb_alert (id, alert_rule_id, status, severity, message, current_value, threshold, labels)
   values ('${id}', 'r', '${status}', 'error', 'm', 2, 1, '${labels}');`;

test.each([
  [
    'GET and POST of one endpoint are two series',
    performance(
      'endpoint, method',
      `'/x', 'GET'), (date_trunc('day', now()), 'http', '/x', 'POST'`,
    ),
    'accepted',
  ],
  ['a metric without an endpoint is accepted', performance('mean', '1'), 'accepted'],
  [
    'the same series at the same time is refused, nulls and all',
    `${performance('tags', `'{"a": 1, "b": 2}'`)}; ${performance('tags', `'{"b": 2, "a": 1}'`)}`,
    '23505',
  ],
  [
    'other tags are another series',
    `${performance('tags', `'{"a": 1}'`)}; ${performance('tags', `'{"a": 2}'`)}`,
    'accepted',
  ],
  [
    'more errors than requests are refused',
    performance('request_count, error_count', '1, 2'),
    '23514',
  ],
  ['two groups of one hash are refused', `${group('1')}; ${group('2')}`, '23505'],
  [
    'one hash in two environments is two groups',
    `${group('1')}; ${group('2', ', environment', `, 'staging'`)}`,
    'accepted',
  ],
  ['an MD5 is no hash of a group', group('1').replace('64', '32'), '23514'],
  ['an audit event without its key is refused', audit('e', `'192.0.2.1'`), '23503'],
  [
    'an audit event twice is refused',
    `insert into monitoring.audit_event_key (event_id) values ('e'); ${audit('e', `'192.0.2.1'`)}; ${audit('e', `'192.0.2.1'`)}`,
    '23505',
  ],
  [
    'an audit event twice at two times is refused',
    `insert into monitoring.audit_event_key (event_id) values ('e'); insert into monitoring.audit_event_key (event_id, time) values ('e', now() + interval '1 day')`,
    '23505',
  ],
  [
    'a fresh audit event needs its address',
    `insert into monitoring.audit_event_key (event_id) values ('e'); ${audit('e', 'null')}`,
    '23514',
  ],
  [
    'an anonymised audit event needs none',
    `insert into monitoring.audit_event_key (event_id) values ('e'); ${audit('e', 'null', 'anonymized@example.com')}`,
    'accepted',
  ],
  [
    'a carrier pigeon is no channel',
    `${rule} update monitoring.tb_alert_rule set notification_channels = '{carrier-pigeon}'`,
    '22P02',
  ],
  [
    'contains needs a pattern',
    `${rule} update monitoring.tb_alert_rule set comparison_operator = 'contains'`,
    '23514',
  ],
  [
    'a rule with alerts is not deleted',
    `${rule} ${alert('1', 'resolved', '{}')} delete from monitoring.tb_alert_rule where id = 'r'`,
    '23001|23503',
  ],
  [
    'a rule has one open alert for each set of labels',
    `${rule} ${alert('1', 'acknowledged', '{"a": 1, "b": 2}')} ${alert('2', 'active', '{"b": 2, "a": 1}')}`,
    '23505',
  ],
  [
    'other labels are another alert',
    `${rule} ${alert('1', 'active', '{"a": 1}')} ${alert('2', 'active', '{"a": 2}')}`,
    'accepted',
  ],
  [
    'a resolved alert makes room for the next',
    `${rule} ${alert('1', 'resolved', '{}')} ${alert('2', 'active', '{}')}`,
    'accepted',
  ],
  [
    'raw metrics are kept for 7 to 90 days',
    `update monitoring.retention_policy set keep_days = 91 where table_name = 'tb_performance_metric'`,
    '23514',
  ],
  [
    'audit events are kept for a year at least',
    `update monitoring.retention_policy set keep_days = 365 where table_name = 'tb_audit_event'`,
    '23514',
  ],
  [
    'a destroyed key is gone',
    `insert into monitoring.pseudonym_key (purpose, period_start, key, destroyed_at) values ('count', '2026-01-01', '\\x00', now())`,
    '23514',
  ],
])('%s', async (_, text, want) => {
  expect(await outcome(world.admin, text)).toMatch(new RegExp(`^(${want})`));
});

test('0.004 % of errors and 99.999 % of uptime are stored as they are', async () => {
  const rows = await rolledBack(world.admin, async (tx) => {
    await tx.script(performance('error_rate', '0.004'));
    await tx.script(
      `insert into monitoring.tb_service_health (id, name, service_type, uptime_30d) values ('u', 'u', 'api', 99.999)`,
    );
    return tx.query(
      asked(
        `select m.error_rate, s.uptime_30d from monitoring.tb_performance_metric m, monitoring.tb_service_health s
         where s.id = 'u'`,
        { error_rate: 'numeric', uptime_30d: 'numeric' },
      ),
      null,
    );
  });
  expect(rows).toEqual([{ error_rate: '0.004000', uptime_30d: '99.999000' }]);
});

test('a group of errors counts its age from the last occurrence, and takes its occurrences with it', async () => {
  const rows = await rolledBack(world.admin, async (tx) => {
    await tx.script(`${group('1', ', first_seen, last_seen', `, now() - interval '91 days', now()`)};
      insert into monitoring.tb_error_instance (error_id) values ('1');
      insert into monitoring.error_user (error_id, user_id) values ('1', 'u')`);
    const young = await tx.query(
      counted(`select count(*) as rows from monitoring.tb_error_log where time = now()`),
      null,
    );
    await tx.script(`delete from monitoring.tb_error_log where id = '1'`);
    const left = await tx.query(
      counted(
        `select (select count(*) from monitoring.tb_error_instance) + (select count(*) from monitoring.error_user) as rows`,
      ),
      null,
    );
    return [young, left];
  });
  expect(rows).toEqual([[{ rows: 1 }], [{ rows: 0 }]]);
});
