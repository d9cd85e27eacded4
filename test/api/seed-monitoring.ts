import { streamItems } from '@rookery/http/streams/streams';
import { openDb } from '@rookery/db/pool';
import type { StreamName } from '@rookery/monitoring/ingest/stream';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { rollUp } from '@rookery/monitoring/rollup/rollup';
import type { World } from '../world/world.ts';

/** Whose monitoring is filled, and the mark that is in every text of it. */
export type Watched = { readonly tenant_id: string; readonly mark: string };

/** An audit event that every tenant has, each another: it is the example of the contract. */
export const sharedEvent = 'AUD-2025-001234';

/** A group of errors that every tenant has, each another: it is the example of the contract. */
export const sharedError = 'err_example';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

// Inside every window of an answer and far from its ends, so that nothing leaves one while a test runs.
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const moments = (): string[] => [
  ago(12 * minuteMs),
  ago(200 * minuteMs),
  ...[1.4, 3.4, 5.4, 12.4, 20.4, 26.4].map((days) => ago(days * dayMs)),
];

type Items = Readonly<Partial<Record<StreamName, readonly object[]>>>;

const severities = ['debug', 'info', 'warning', 'error', 'fatal', 'critical'] as const;
const actions = ['create', 'update', 'delete', 'login', 'export', 'access-denied'] as const;
const sessionOf = (mark: string, i: number): string => `session-${i % 5}${mark}`;

const metricsOf = (mark: string, at: readonly string[]): object[] =>
  at.flatMap((time, i) =>
    ['/api/reports', `/api/own${mark}`, `=1+1${mark}`].map((endpoint, k) => ({
      time,
      metric_name: k === 2 ? `m${mark}` : 'http_request_duration_ms',
      endpoint,
      method: 'GET',
      request_count: 4,
      error_count: i % 3,
      values: [20 + k, 30 + i, 2_000 + i, 2_500],
      tags: { zone: mark },
    })),
  );

const faultsOf = (mark: string, at: readonly string[]): object[] =>
  at.flatMap((occurred_at, i) =>
    ['TypeError', `=Own${mark}`, 'TimeoutError'].map((error_type, k) => ({
      occurred_at,
      error_type,
      message: `${error_type} in part ${'abcdefgh'[i]} of ${mark}`,
      severity: severities[(i + k) % severities.length],
      environment: k === 2 ? `stage${mark}` : 'production',
      context: { mark },
      ...(k === 1 ? {} : { user_id: `user-${i % 4}${mark}` }),
    })),
  );

const deedsOf = (mark: string, at: readonly string[]): object[] =>
  at.flatMap((time, i) =>
    ['plain', 'ü/ö', "'--"].map((name, k) => ({
      time,
      event_id: i === 3 && k === 0 ? sharedEvent : `${name}-${i}${mark}`,
      user_id: `user-${i % 4}${mark}`,
      user_email: `user-${i % 4}${mark}@example.com`,
      user_role: 'admin',
      action_type: actions[(i + k) % actions.length],
      resource_type: k === 0 ? 'campaign' : `kind${mark}`,
      resource_id: `thing-${k}${mark}`,
      resource_name: `=cmd${mark}`,
      description: `Changed something of ${mark}`,
      before_data: { mark },
      after_data: { mark: `${mark}!` },
      outcome: k === 2 ? 'failure' : 'success',
      ip_address: '192.0.2.17',
      session_id: sessionOf(mark, i),
      module: k === 1 ? `module${mark}` : 'campaigns',
      severity: severities[i % severities.length],
    })),
  );

const visitsOf = (mark: string, at: readonly string[]): object[] =>
  at.flatMap((time, i) =>
    ['page-view', 'action', 'feature-use'].map((activity_type, k) => ({
      time,
      user_id: `user-${(i + k) % 4}${mark}`,
      session_id: sessionOf(mark, i),
      activity_type,
      module: k === 2 ? 'campaigns' : `module${mark}`,
      feature: `feature-${k}${mark}`,
      duration: 30 + k,
    })),
  );

const callsOf = (mark: string, at: readonly string[]): object[] =>
  at.flatMap((occurred_at, i) =>
    ['stripe', `own${mark}`].map((integration_id, k) => ({
      occurred_at,
      integration_id,
      event_type: i % 2 === 0 ? 'api-call' : 'webhook-delivery',
      direction: 'outbound',
      endpoint: `/v1/${mark}`,
      method: 'POST',
      status_code: k === 0 ? 200 : 503,
      success: k === 0,
      response_time: 100 + i,
      request_payload: { mark },
    })),
  );

// Some of each kind that people set up: those that the examples name, and six of the tenant's own.
const setUp = (tenant: string, own: string): string => {
  const ids = (...named: string[]): string =>
    `unnest(array[${named.map((id) => `'${id}'`).join(', ')}] || array(select 'own-' || i || ${own} from generate_series(1, 6) i)) with ordinality as g(id, n)`;
  const matchers = `jsonb_build_array(jsonb_build_object('label', 'on', 'op', '=', 'value', g.id || ${own}))`;
  return `
    insert into monitoring.tb_escalation_policy (tenant_id, id, name, levels, created_at)
    select ${tenant}, g.id, 'Policy ' || g.id || ${own}, '[{"after_minutes": 5, "channels": ["in-app"], "recipients": {}}]',
      now() - g.n * interval '1 hour' from ${ids('nights', 'idle')};
    insert into monitoring.notification_target (tenant_id, id, channel, name, address, secret, created_by, created_at)
    select ${tenant}, g.id, 'webhook', 'Hook ' || g.id || ${own}, 'https://hooks.example.com/' || ${own}, 'sealed', 'ann' || ${own},
      now() - g.n * interval '1 hour' from ${ids('ops-hook', 'spare-hook', 'idle')};
    insert into monitoring.tb_alert_rule
      (tenant_id, id, name, status, metric_name, comparison_operator, threshold, created_by, created_at, notification_channels)
    select ${tenant}, g.id, 'Rule ' || g.id || ${own}, 'testing', 'mailbox.bounce_rate', 'gt', 1, 'ann' || ${own},
      now() - g.n * interval '1 hour', '{in-app}' from ${ids('idle')};
    insert into monitoring.tb_alert
      (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold, triggered_at, labels)
    select ${tenant}, g.id, 'latency', 'active', 'info', 'over 1 in ' || ${own}, 2.5, 1, now() - g.n * interval '9 hours',
      jsonb_build_object('on', 'more' || g.id || ${own}) from ${ids('alert-example')};
    insert into monitoring.alert_transition (tenant_id, alert_id, at, kind, value)
    select ${tenant}, 'alert-example', now() - interval '9 hours', kind, 2.5 from unnest(array['pending', 'firing']) kind;
    insert into monitoring.silence (tenant_id, id, matchers, starts_at, ends_at, comment, created_by, created_at)
    select ${tenant}, g.id, ${matchers}, now() - interval '1 day', now() + interval '9 days', 'Because of ' || ${own},
      'ann' || ${own}, now() - g.n * interval '1 hour' from ${ids('night-work', 'idle')};
    insert into monitoring.alert_inhibition (tenant_id, id, name, source_matchers, target_matchers, created_by, created_at)
    select ${tenant}, g.id, 'Inhibition ' || g.id || ${own}, ${matchers}, ${matchers}, 'ann' || ${own},
      now() - g.n * interval '1 hour' from ${ids('database-down', 'idle')};
    insert into monitoring.maintenance_window
      (tenant_id, id, name, services, cron, duration_minutes, starts_at, ends_at, created_by, created_at)
    select ${tenant}, g.id, 'Window ' || g.id || ${own}, '{idle}', '0 2 * * 0', 60, '2025-01-01', '2990-01-01', 'ann' || ${own},
      now() - g.n * interval '1 hour' from ${ids('sunday-night', 'idle')};
    insert into monitoring.tb_service_health
      (tenant_id, id, name, service_type, status, last_check, check_interval, uptime_24h, is_public, probe)
    select ${tenant}, g.id, 'Zone ' || g.id || ${own}, 'http', 'healthy', now(), 86400, 99, g.n = 1,
      case g.id when 'backup' then '{"kind": "heartbeat", "period_seconds": 3600, "grace_seconds": 60}'::jsonb
        else jsonb_build_object('kind', 'http', 'url', 'https://example.com/' || ${own}) end
    from ${ids('api', 'backup', 'idle')};
    insert into monitoring.notice (tenant_id, id, dedup_key, kind, channel, recipient, alert_ids, content, state, created_at)
    select ${tenant}, g.id, g.id, 'firing', 'email', g.id || ${own} || '@example.com', array['alert-example'], '{}',
      case when g.n % 2 = 0 then 'sent' else 'failed' end, now() - g.n * interval '1 hour' from ${ids('letter')};
    insert into monitoring.in_app_notice (tenant_id, id, recipient, title, body, severity, created_at)
    select ${tenant}, g.id, '*', 'Title of ' || ${own}, 'Body of ' || ${own}, 'warning', now() - g.n * interval '1 hour'
    from ${ids('letter')};`;
};

/** Items of every stream as their senders write them, some at each moment; the mark is in every text. */
export const itemsFor = (mark: string, at: readonly string[]): Items => ({
  // Kept for a week: a metric may be six days late.
  'performance-metrics': metricsOf(
    mark,
    at.filter((time) => Date.now() - Date.parse(time) < 5.9 * dayMs),
  ),
  errors: faultsOf(mark, at),
  'audit-events': deedsOf(mark, at),
  'user-activity': visitsOf(mark, at),
  sessions: at.flatMap((time, i) => [
    { event: 'start', time, session_id: sessionOf(mark, i), user_id: `user-${i % 4}${mark}` },
  ]),
  'integration-events': callsOf(mark, at),
});

// Literals: the marks and ids of these files only.
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

// What no stream brings: services with checks, integrations, rules with alerts.
const stage = async ({ admin }: World, { tenant_id, mark }: Watched): Promise<void> => {
  const [tenant, own] = [quoted(tenant_id), quoted(mark)];
  // A service that is not checked for three of its intervals is counted as stale: not while a test runs.
  await admin.script(`
    select monitoring.ensure_partitions(current_date - 2, current_date, 'tb_health_check_log');
    insert into monitoring.tb_service_health
      (tenant_id, id, name, service_type, status, last_check, check_interval, uptime_24h)
    select ${tenant}, 'service-' || i || ${own}, (array['Web ', '=API ', 'ü/ö ', 'Mail '])[1 + i % 4] || i || ${own}, 'api',
      (array['healthy', 'degraded', 'down', 'unknown'])[1 + i % 4]::monitoring.service_status, now(), 86400,
      case when i % 4 < 3 then 100 - i end
    from generate_series(1, 9) i;
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, response_time, error_message, checked_at)
    select ${tenant}, 'service-' || i || ${own}, 'healthy', 10 * n, 'none ' || ${own}, now() - n * interval '7 hours'
    from generate_series(1, 9) i, generate_series(0, 4) n;
    insert into monitoring.tb_integration_health
      (tenant_id, id, name, integration_type, status, configured_at, last_check, success_rate_24h, avg_response_time, error_count_24h)
    select ${tenant}, id, 'Name of ' || id || ${own}, 'webhook', 'healthy', '2025-01-01', now(), 50, 101, 2
    from unnest(array['stripe', 'own' || ${own}]) id;
    insert into monitoring.tb_error_log (tenant_id, id, error_hash, message, error_type, environment, first_seen, last_seen)
    select ${tenant}, '${sharedError}', repeat('0', 64), 'Example of ' || ${own}, 'Example' || ${own}, 'production', t.at, t.at
    from (select now() - interval '4 days' as at) t;
    insert into monitoring.tb_alert_rule
      (tenant_id, id, name, status, metric_name, comparison_operator, threshold, created_by)
    select ${tenant}, id, 'Rule ' || id || ${own}, 'enabled', 'm' || ${own}, 'gt', 1, 'ann' || ${own}
    from unnest(array['latency', 'own' || ${own}]) id;
    insert into monitoring.tb_alert (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold,
      triggered_at, acknowledged_at, resolved_at, labels)
    select ${tenant}, 'alert-' || i || ${own}, case when i % 3 = 0 then 'latency' else 'own' || ${own} end,
      (array['active', 'active', 'acknowledged', 'resolved'])[1 + i % 4]::monitoring.alert_status,
      (array['critical', 'fatal', 'warning'])[1 + i % 3]::monitoring.severity_level, 'over 1 in ' || ${own}, 2.5, 1, t.at,
      case when i % 4 > 1 then t.at + interval '4 minutes' end, case when i % 4 = 3 then t.at + interval '9 minutes' end,
      jsonb_build_object('on', i || ${own})
    from generate_series(1, 16) i, lateral (select now() - i * interval '11 hours' as at) t;
    ${setUp(tenant, own)}`);
};

/** Sends items through the worker that is deployed, as if the door had taken them now; fails when it rejects one. */
export const takeIn = async (world: World, tenantId: string, items: Items): Promise<void> => {
  const ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort });
  const now = new Date();
  try {
    for (const [stream, all] of Object.entries(items)) {
      const { unit, dead } = await takeMessage(
        streamItems,
        { ingest, now, healed: () => {} },
        {
          tenant_id: tenantId,
          stream: stream as StreamName,
          received_at: now.toISOString(),
          items: all.map((item, i) => ({ key: `${now.getTime()}-${i}`, item })),
        },
      );
      if (unit.rejected > 0) throw new Error(`${stream}: ${dead[0]?.attributes['reason']}`);
    }
  } finally {
    await ingest.close();
  }
};

/**
 * Fills the monitoring of one tenant: streams through the real worker, rolled up by the real job, and services, integrations
 * and alerts beside them.
 */
export const seedMonitoring = async (world: World, watched: Watched): Promise<void> => {
  await stage(world, watched);
  await takeIn(world, watched.tenant_id, itemsFor(watched.mark, moments()));
  const { problems, unfinished } = await rollUp(world.ops, () => false);
  if (unfinished || problems.length > 0) throw new Error(problems.join('; '));
};
