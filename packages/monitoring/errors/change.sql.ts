import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import type { GroupAsk } from './read.sql.ts';

const workColumns = {
  status: 'text',
  assigned_to: 'varchar?',
  resolution_note: 'text?',
  revision: 'int4',
} as const satisfies Columns;

/** How work on a group of errors stands. The group is held: nobody else changes it before this transaction has ended. */
export const holdGroup = statement<GroupAsk, typeof workColumns>({
  title: 'hold a group of errors',
  on: 'warehouse',
  columns: workColumns,
  example: { tenantId: 'nobody', id: 'none' },
  sql: ({ tenantId, id }) => sql`
select g.status::text as status, g.assigned_to, g.resolution_note, g.revision
from monitoring.tb_error_log g
where g.tenant_id = ${tenantId} and g.id = ${id}
for no key update`,
});

/** How work on a group stands from now on. */
export type Work = GroupAsk & {
  readonly status: string;
  readonly assignedTo: string | null;
  readonly note: string | null;
  readonly now: Date;
};

/** Changes how work on a held group stands. When it was resolved stays, unless it is resolved or opened by this. */
export const changeGroup = statement<Work, { revision: 'int4' }>({
  title: 'change how work on a group of errors stands',
  on: 'warehouse',
  columns: { revision: 'int4' },
  example: {
    tenantId: 'nobody',
    id: 'none',
    status: 'resolved',
    assignedTo: null,
    note: null,
    now: new Date('2026-01-01T00:00:00Z'),
  },
  sql: ({ tenantId, id, status, assignedTo, note, now }) => sql`
update monitoring.tb_error_log g set
  status = ${status}::text::monitoring.error_status, assigned_to = ${assignedTo}::text, resolution_note = ${note}::text,
  resolved_at = case
    when ${status}::text <> 'resolved' then null
    when g.status = 'resolved' then g.resolved_at
    else ${now.toISOString()}::timestamptz end,
  revision = g.revision + 1
where g.tenant_id = ${tenantId} and g.id = ${id}
returning g.revision`,
});
