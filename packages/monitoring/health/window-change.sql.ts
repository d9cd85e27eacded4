import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { instantField, setUpFields } from '../settings/field.sql.ts';
import { settingStatements } from '../settings/setting.sql.ts';

/** A window of maintenance by column. */
export const windowFields = {
  ...setUpFields,
  created_by: { is: 'varchar' },
  name: { is: 'varchar', put: 'varchar(200)' },
  services: { is: '_text', put: 'text[]' },
  cron: { is: 'varchar?', put: 'varchar(100)' },
  timezone: { is: 'varchar', put: 'varchar(64)' },
  duration_minutes: { is: 'int4', put: 'integer' },
  starts_at: instantField('starts_at'),
  ends_at: instantField('ends_at'),
  managed_by: { is: 'text?', put: 'text' },
} as const;

const shelf = {
  thing: 'maintenance windows',
  table: 'monitoring.maintenance_window',
  fields: windowFields,
  filters: {},
  isSigned: true,
  onDelete: null,
  example: {
    name: 'Sunday night',
    services: [],
    cron: '0 2 * * 0',
    timezone: 'Europe/Berlin',
    duration_minutes: 60,
    starts_at: '2026-01-01T00:00:00Z',
    ends_at: '2027-01-01T00:00:00Z',
    managed_by: null,
  },
} as const;

/** The statements of windows of maintenance. */
export const {
  list: listWindows,
  one: windowOfId,
  hold: holdWindow,
  make: makeWindow,
  put: putWindow,
  drop: dropWindow,
} = settingStatements(shelf);

/** Which of some services a tenant does not have. */
export const missingServices = statement<
  { readonly tenantId: string; readonly ids: readonly string[] },
  { id: 'text' }
>({
  title: 'services that are not there',
  on: 'warehouse',
  columns: { id: 'text' },
  example: { tenantId: 'nobody', ids: ['api'] },
  sql: ({ tenantId, ids }) => sql`
select g.id from unnest(${ids}::text[]) as g(id)
where not exists (select from monitoring.tb_service_health s
  where s.tenant_id = ${tenantId} and s.id = g.id and s.deleted_at is null)
order by g.id`,
});
