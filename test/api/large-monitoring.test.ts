import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectProblem } from './problem-check.ts';
import { openApi, type Api, type Caller } from './stack.ts';

const admin: Caller = { tenantId: 'large', role: 'tenant-admin' };
const count = 510;

type Page = {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly next_cursor: string | null;
};

let api: Api;

// As large as the columns and the stream's limits let them be. Quotation marks are the worst: JSON writes a backslash before
// each, and Lambda's JSON around it three.
beforeAll(async () => {
  api = await openApi();
  await api.world.admin.script(`
    insert into monitoring.tb_error_log (tenant_id, id, error_hash, message, error_type, first_seen, last_seen)
    select 'large', 'e' || i, lpad(i::text, 64, '0'), repeat('"', 4000), 'T', t.at, t.at
    from generate_series(1, ${count}) i, lateral (select now() - i * interval '1 minute' as at) t;
    select monitoring.ensure_partitions((now() - interval '2 days')::date, current_date, 'tb_audit_event');
    insert into monitoring.audit_event_key (tenant_id, event_id, time)
    select 'large', 'a' || i, now() - i * interval '1 minute' from generate_series(1, ${count}) i;
    insert into monitoring.tb_audit_event (tenant_id, event_id, time, user_id, user_email, user_role, action_type, resource_type,
      description, failure_reason, outcome, ip_address)
    select tenant_id, event_id, time, 'u', 'u', 'r', 'update', 't', repeat('"', 4000), repeat('"', 4000), 'failure', '192.0.2.1'
    from monitoring.audit_event_key where tenant_id = 'large';
    insert into monitoring.tb_service_health (tenant_id, id, name, service_type, description)
    select 'large', 's' || i, 'Service ' || i, 'api', 'd' from generate_series(1, ${count}) i;
    select monitoring.ensure_partitions((now() - interval '2 days')::date, current_date, 'tb_health_check_log');
    insert into monitoring.tb_health_check_log (tenant_id, service_id, status, response_time, checked_at)
    select 'large', 's' || i, 'healthy', 12345, now() - n * interval '10 minutes'
    from generate_series(1, ${count}) i, generate_series(0, 99) n;
    insert into monitoring.tb_alert_rule (tenant_id, id, name, metric_name, comparison_operator, threshold, created_by)
    values ('large', 'r', 'R', 'm', 'gt', 1, 'u');
    insert into monitoring.tb_alert (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold, labels)
    select 'large', 'l' || i, 'r', 'active', 'error', repeat('"', 4000), 2, 1, jsonb_build_object('n', i)
    from generate_series(1, ${count}) i;`);
});
afterAll(() => api.close());

// Reads on with half the limit when a page is refused as too large, as the refusal advises; how often that was.
const walk = async (path: string, name: string) => {
  const seen: unknown[] = [];
  let refused = 0;
  let limit = 500;
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${cursor}`;
    const answer = await api.ask(admin, { target: `${path}limit=${limit}${after}` });
    if (answer.status === 422) {
      expectProblem(answer);
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'answer-too-large' });
      refused += 1;
      limit = Math.floor(limit / 2);
      continue;
    }
    expect(answer.status).toBe(200);
    const page = JSON.parse(answer.text) as Page;
    seen.push(...page.data.map((row) => row[name]));
    cursor = page.next_cursor;
  } while (cursor !== null || seen.length === 0);
  return { seen, refused };
};

test.each([
  ['/v1/monitoring/audit-events?', 'event_id', 0],
  ['/v1/monitoring/services?checks=100&', 'id', 0],
  // Their pages do not end early: half of 500 of the largest messages fit.
  ['/v1/errors?', 'id', 1],
  ['/v1/monitoring/alerts?', 'id', 1],
])(
  '%s is read whole, however large its rows are, with smaller pages where one is refused',
  async (path, name, refusals) => {
    const { seen, refused } = await walk(path, name);

    expect(seen).toHaveLength(count);
    expect([new Set(seen).size, refused]).toEqual([count, refusals]);
    expect(api.faults).toEqual([]);
  },
);
