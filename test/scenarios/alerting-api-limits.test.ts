import { afterAll, beforeAll, expect, test } from 'vitest';
import { handlerOf } from './alerting-api-handler.ts';
import { openAlertingRoom, type AlertingRoom } from './alerting-api-room.ts';

const root = '/v1/monitoring';
const matchers = [{ label: 'rule', op: '=', value: 'r' }];
const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

type Crowded = readonly [path: string, most: number, body: object, rows: string];

const rule = {
  name: 'Bounces',
  metric_name: 'mailbox.bounce_rate',
  comparison_operator: 'gt',
  threshold: 0.05,
};
const secret = `whsec_${Buffer.from('a'.repeat(32)).toString('base64')}`;
const [who, when] = [`'ann'`, `now() + interval '1 day'`];

test.each<Crowded>([
  [
    'alert-rules',
    1_000,
    rule,
    `tb_alert_rule (tenant_id, id, name, metric_name, comparison_operator, threshold, created_by) select 'acme', id, id, 'm', 'gt', 1, ${who}`,
  ],
  [
    'services',
    1_000,
    { name: 'One more' },
    `tb_service_health (tenant_id, id, name, service_type, created_by) select 'acme', id, id, 'http', ${who}`,
  ],
  [
    'silences',
    1_000,
    { matchers, ends_at: inHours(1), comment: 'c' },
    `silence (tenant_id, id, matchers, starts_at, ends_at, comment, created_by) select 'acme', id, '[{}]', now(), ${when}, 'c', ${who}`,
  ],
  [
    'inhibitions',
    200,
    { name: 'I', source_matchers: matchers, target_matchers: matchers },
    `alert_inhibition (tenant_id, id, name, source_matchers, target_matchers, created_by) select 'acme', id, id, '[{}]', '[{}]', ${who}`,
  ],
  [
    'escalation-policies',
    200,
    { name: 'P', levels: [{ after_minutes: 10, channels: ['in-app'], recipients: {} }] },
    `tb_escalation_policy (tenant_id, id, name, levels) select 'acme', id, id, '[{}]'`,
  ],
  [
    'maintenance-windows',
    500,
    { name: 'W', duration_minutes: 60, ends_at: inHours(2) },
    `maintenance_window (tenant_id, id, name, duration_minutes, starts_at, ends_at, created_by) select 'acme', id, id, 1, now(), ${when}, ${who}`,
  ],
  [
    'notification-targets',
    200,
    { name: 'T', channel: 'webhook', secret, address: 'https://hooks.example.com/x' },
    `notification_target (tenant_id, id, channel, name, created_by) select 'acme', id, 'slack', id, ${who}`,
  ],
])(
  'of %s a tenant may have %i, however many are made at once, and is told what else to do',
  async (path, most, body, rows) => {
    const route = `POST ${root}/${path}`;
    const handler = await handlerOf(route);
    await room.world.admin.script(
      `insert into monitoring.${rows} from (select 'full-' || n as id from generate_series(1, ${most - 1}) n) g`,
    );
    const make = (tenant = 'acme') => room.ask(handler, route, { body, tenant });
    const all = await Promise.all([make(), make(), make()]);

    expect(all.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    const refused = all.find(({ status }) => status === 409);
    expect(refused?.json.detail).toMatch(new RegExp(`${most} are the most: \\w+`));
    expect((await make('other')).status).toBe(201);
  },
);
