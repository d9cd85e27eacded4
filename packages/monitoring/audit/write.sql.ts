import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import type { AuditRow } from './item.ts';

/** Events of one tenant, each with its place in the batch. */
export type Events = {
  readonly tenantId: string;
  readonly events: readonly (AuditRow & { readonly place: number })[];
};

const fields = [
  'event_id varchar(50)', 'time timestamptz', 'user_id varchar(50)', 'user_email varchar(255)', 'user_role varchar(50)',
  'action_type monitoring.audit_action_type', 'resource_type varchar(100)', 'resource_id varchar(100)',
  'resource_name varchar(255)', 'description text', 'before_data jsonb', 'after_data jsonb', 'changes jsonb',
  'outcome varchar(20)', 'failure_reason text', 'ip_address inet', 'user_agent text', 'session_id varchar(100)',
  'request_id varchar(100)', 'module varchar(100)', 'severity monitoring.severity_level', 'metadata jsonb',
]; // prettier-ignore

const names = fields.map((field) => field.split(' ')[0]);
const of = (row: string) => sql.raw(names.map((name) => `${row}.${name}`).join(', '));

const given = (events: Events['events']) =>
  sql`jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as g(place integer, ${sql.raw(fields.join(', '))})`;

const example: Events = { tenantId: 'platform', events: [] };

/**
 * Writes the events whose event_id is free and returns their places; the first of a batch takes it. Whoever is writing the
 * same event_id at this moment is waited for. The conflict names no key: audit_event_key has two, and one that is
 * not named raises what the other would have let pass. Keys are taken in order, so that two batches never wait for each other.
 */
export const writeEvents = statement<Events, { place: 'int4' }>({
  title: 'write the audit events that are not there yet',
  on: 'warehouse',
  columns: { place: 'int4' },
  example,
  sql: ({ tenantId, events }) => sql`
with given as materialized (select * from ${given(events)}),
first as (select distinct on (event_id) * from given order by event_id, place),
claimed as (
  insert into monitoring.audit_event_key (tenant_id, event_id, time)
  select ${tenantId}, event_id, time from first order by event_id
  on conflict do nothing
  returning event_id
), written as (
  insert into monitoring.tb_audit_event (tenant_id, ${sql.raw(names.join(', '))})
  select ${tenantId}, ${of('f')} from first f join claimed using (event_id)
  returning event_id
)
select f.place from first f join written using (event_id)`,
});

/** The places of events whose event_id another event has, or has had: they can never be written. */
export const readOthers = statement<Events, { place: 'int4' }>({
  title: 'read which audit events differ from what their event_id has',
  on: 'warehouse',
  columns: { place: 'int4' },
  example,
  sql: ({ tenantId, events }) => sql`
select g.place
from ${given(events)}
left join monitoring.audit_event_key k on k.tenant_id = ${tenantId} and k.event_id = g.event_id
left join monitoring.tb_audit_event e
  on e.tenant_id = ${tenantId} and e.event_id = k.event_id and e.time = k.time
where (${of('e')}) is distinct from (${of('g')})
order by g.place`,
});
