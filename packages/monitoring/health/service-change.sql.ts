import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { microseconds } from '../reports/cursor.sql.ts';
import { jsonField, setUpFields } from '../settings/field.sql.ts';
import { settingStatements, type SettingAsk } from '../settings/setting.sql.ts';

/** What is asked of a service, as the contract of probes lets it in. */
export type Probe = Readonly<Record<string, unknown>> & { readonly kind: string };

const whole = { is: 'int4', put: 'integer' } as const;
const moment = (name: string) => ({ is: 'text?', read: microseconds(`s.${name}`) }) as const;
const percent = (name: string) => ({ is: 'float8?', read: `s.${name}::float8` }) as const;

/** A service by column. */
export const serviceFields = {
  ...setUpFields,
  name: { is: 'varchar', put: 'varchar(100)' },
  probe: jsonField<Probe | null>(),
  description: { is: 'text?', put: 'text' },
  service_type: { is: 'varchar', put: 'varchar(50)' },
  health_check_url: { is: 'varchar?', put: 'varchar(500)' },
  check_interval: whole,
  timeout: whole,
  retry_count: whole,
  parent_id: { is: 'varchar?', put: 'varchar(50)' },
  failure_threshold: whole,
  success_threshold: whole,
  degraded_ms: { is: 'int4?', put: 'integer' },
  is_active: { is: 'bool', put: 'boolean' },
  is_public: { is: 'bool', put: 'boolean' },
  integration_id: { is: 'varchar?', put: 'varchar(50)' },
  managed_by: { is: 'text?', put: 'text' },
  next_check_at: { ...moment('next_check_at'), put: 'timestamptz', late: true },
  status: { is: 'text', read: 's.status::text' },
  reason: { is: 'text?' },
  changed_at: moment('changed_at'),
  last_check: { is: 'text', read: microseconds('s.last_check') },
  heartbeat_at: moment('heartbeat_at'),
  uptime_24h: percent('uptime_24h'),
  uptime_7d: percent('uptime_7d'),
  uptime_30d: percent('uptime_30d'),
} as const;

/** The columns of a service that people set, with what stands there when nobody says. */
export const usualService = {
  probe: null,
  description: null,
  health_check_url: null,
  check_interval: 300,
  timeout: 10,
  retry_count: 3,
  parent_id: null,
  failure_threshold: 1,
  degraded_ms: null,
  is_active: true,
  is_public: false,
  integration_id: null,
  managed_by: null,
  next_check_at: null,
};

const shelf = {
  thing: 'services',
  table: 'monitoring.tb_service_health',
  fields: serviceFields,
  filters: {},
  isSigned: true,
  onDelete: '',
  // A heartbeat that comes back is not late by the time it was away: it is unknown until its next ping.
  onReturn: 'heartbeat_at = null, heartbeat_status = null, heartbeat_message = null',
  example: { ...usualService, name: 'API', service_type: 'http', success_threshold: 2 },
} as const;

/** The statements of services. */
export const {
  list: listServices,
  one: serviceOfId,
  hold: holdService,
  make: makeService,
  put: putService,
  drop: dropService,
} = settingStatements(shelf);

/** An integration that a service may belong to. */
export const integrationOfId = statement<SettingAsk, { id: 'varchar' }>({
  title: 'an integration that a service belongs to',
  on: 'warehouse',
  columns: { id: 'varchar' },
  example: { tenantId: 'nobody', id: 'none' },
  sql: ({ tenantId, id }) => sql`
select i.id from monitoring.tb_integration_health i where i.tenant_id = ${tenantId} and i.id = ${id}`,
});

/** The services that depend on one, the first five. */
export const servicesBelow = statement<SettingAsk, { id: 'varchar' }>({
  title: 'services that depend on a service',
  on: 'warehouse',
  columns: { id: 'varchar' },
  example: { tenantId: 'nobody', id: 'none' },
  sql: ({ tenantId, id }) => sql`
select s.id from monitoring.tb_service_health s
where s.tenant_id = ${tenantId} and s.parent_id = ${id} and s.deleted_at is null order by s.id limit 5`,
});

const checkColumns = {
  checked_at: 'text',
  status: 'text',
  response_time: 'int4?',
  error_message: 'text?',
  details: 'jsonb?',
} as const;

/** The last checks of a service, the newest first. */
export const lastChecks = statement<SettingAsk & { readonly most: number }, typeof checkColumns>({
  title: 'last checks of a service',
  on: 'warehouse',
  columns: checkColumns,
  example: { tenantId: 'nobody', id: 'none', most: 20 },
  sql: ({ tenantId, id, most }) => sql`
select ${sql.raw(microseconds('l.checked_at'))} as checked_at, l.status::text as status, l.response_time, l.error_message, l.details
from monitoring.tb_health_check_log l
where l.tenant_id = ${tenantId} and l.service_id = ${id}
order by l.checked_at desc, l.id desc limit ${most}`,
});
