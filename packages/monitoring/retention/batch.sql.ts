import { sql, type RawBuilder } from 'kysely';
import { Failure } from '@rookery/kernel/failure';
import { statement } from '@rookery/db/statement';
import { due } from './due.sql.ts';
import { shelfOf, type Action, type Shelf } from './shelf.sql.ts';

/** A batch of one tenant's rows of a table: how many at most. */
export type Batch = {
  readonly table: string;
  readonly tenantId: string;
  readonly now: Date;
  readonly most: number;
};

/** Texts of a row without what is personal, by column; `name` is the row's key in its tenant. */
export type Cleaned = { readonly name: string; readonly fields: unknown };

/** The two pads of a tenant's HMAC key of a month, in hex, and the month's first instant. */
export type Secret = { readonly inner: string; readonly outer: string; readonly month: Date };

const example: Batch = {
  table: 'tb_audit_event',
  tenantId: 'nobody',
  now: new Date('2026-01-01T00:00:00Z'),
  most: 1,
};

const known = (table: string): Shelf => {
  const shelf = shelfOf(table);
  if (shelf === undefined)
    throw new Failure('invalid', 'retention-table', `retention does not look after ${table}`);
  return shelf;
};

// Rows that somebody else has are left to the next run, instead of waiting for them.
const taken = (action: Action, { table, tenantId, now, most }: Batch): RawBuilder<unknown> => {
  const { clock, key, place } = known(table);
  const columns =
    place === null ? '' : place.map((name) => `, r.${name} as place_${name}`).join('');
  return sql`
taken as materialized (
  select r.ctid as at, ${sql.raw(clock)} as clock, ${sql.raw(key)}::text as name${sql.raw(columns)}
  ${due(known(table), action, now)} and r.tenant_id = ${tenantId} and late.why is null
  order by ${sql.raw(clock)}, ${sql.raw(key)} limit ${most}::integer
  for update of r skip locked
)`;
};

// A ctid names a row within one partition only.
const found = ({ place }: Shelf, tenantId: string): RawBuilder<unknown> =>
  place === null
    ? sql`x.ctid = any (array(select t.at from taken t))`
    : sql`x.tenant_id = ${tenantId} and (x.${sql.raw(place[0])}, x.${sql.raw(place[1])}) in (
        select t.place_${sql.raw(place[0])}, t.place_${sql.raw(place[1])} from taken t)`;

const digest = sql`coalesce(encode(sha256(convert_to(string_agg(name, E'\n' order by name collate "C"), 'UTF8')), 'hex'), '')`;

const done = { rows: 'int8', checksum: 'text' } as const;

/** Deletes a batch of rows that are due, oldest first, and says which by a digest of their keys. */
export const deleteBatch = statement({
  title: 'delete rows that are beyond their time',
  on: 'warehouse',
  columns: done,
  example,
  sql: (batch: Batch) => sql`
with ${taken('delete', batch)}, gone as (
  delete from monitoring.${sql.raw(batch.table)} x where ${found(known(batch.table), batch.tenantId)}
  returning ${sql.raw(known(batch.table).key.replaceAll('r.', 'x.'))}::text as name
)
select count(*) as rows, ${digest} as checksum from gone`,
});

/** The first instant of the UTC month of the oldest row to be anonymised; no row when there is none. */
export const readMonth = statement({
  title: 'read the month that is to be anonymised next',
  on: 'warehouse',
  columns: { month: 'timestamptz?' },
  example,
  sql: ({ table, tenantId, now }: Batch) => sql`
select date_trunc('month', min(${sql.raw(known(table).clock)}) at time zone 'UTC') at time zone 'UTC' as month
${due(known(table), 'anonymise', now)} and r.tenant_id = ${tenantId} and late.why is null`,
});

/** Takes rows to be anonymised and returns their texts; the rows stay locked for `anonymiseBatch`. */
export const takeTexts = statement({
  title: 'take the texts that are to be anonymised',
  on: 'warehouse',
  columns: { name: 'text', fields: 'jsonb' },
  example,
  sql: (batch: Batch) => {
    const fields = known(batch.table).texts.map(([column]) => `'${column}', r.${column}`);
    return sql`
select ${sql.raw(known(batch.table).key)}::text as name, jsonb_build_object(${sql.raw(fields.join(', '))}) as fields
${due(known(batch.table), 'anonymise', batch.now)} and r.tenant_id = ${batch.tenantId} and late.why is null
order by ${sql.raw(known(batch.table).clock)} limit ${batch.most}::integer
for update of r skip locked`;
  },
});

const pseudonyms = (columns: string, { inner, outer }: Secret): RawBuilder<unknown> => {
  const parts = columns.split(/pseudonym\(([^)]*)\)/);
  return sql.join(
    parts.map((part, at) =>
      at % 2 === 0
        ? sql.raw(part)
        : sql`'anon_' || left(encode(sha256(decode(${outer}, 'hex') || sha256(decode(${inner}, 'hex') || convert_to(${sql.raw(part)}, 'UTF8'))), 'hex'), 32)`,
    ),
    sql``,
  );
};

const monthOf = (month: Date) =>
  sql`between ${month}::timestamptz and (${month}::timestamptz at time zone 'UTC' + interval '1 month') at time zone 'UTC' - interval '1 microsecond'`;

/**
 * Anonymises a batch of rows of one month: users become HMACs under the month's key, so that as many users stay as many,
 * and what else says who it was is emptied.
 */
export const anonymiseBatch = statement({
  title: 'anonymise rows',
  on: 'warehouse',
  columns: done,
  example: {
    ...example,
    table: 'tb_user_activity',
    secret: { inner: '', outer: '', month: new Date('2026-01-01T00:00:00Z') },
  },
  sql: ({ secret, ...batch }: Batch & { secret: Secret }) => {
    const shelf = known(batch.table);
    return sql`
with ${taken('anonymise', batch)}, written as (
  update monitoring.${sql.raw(shelf.table)} x set ${pseudonyms(shelf.anonymous, secret)}
  where ${found(shelf, batch.tenantId)} and ${sql.raw(shelf.clock.replaceAll('r.', 'x.'))} ${monthOf(secret.month)}
  returning ${sql.raw(shelf.key.replaceAll('r.', 'x.'))}::text as name
)
select count(*) as rows, ${digest} as checksum from written`;
  },
});

/** Anonymises the rows whose cleaned texts are given: those that `takeTexts` took in this transaction. */
export const anonymiseTexts = statement({
  title: 'anonymise rows and their texts',
  on: 'warehouse',
  columns: done,
  example: {
    ...example,
    cleaned: [] as readonly Cleaned[],
    secret: { inner: '', outer: '', month: new Date('2026-01-01T00:00:00Z') },
  },
  sql: ({
    table,
    tenantId,
    cleaned,
    secret,
  }: Batch & { cleaned: readonly Cleaned[]; secret: Secret }) => {
    const { texts, key, clock, anonymous } = known(table);
    const set = texts.map(([column, characters]) =>
      characters === null
        ? `${column} = nullif(c.fields->'${column}', 'null')`
        : `${column} = c.fields->>'${column}'`,
    );
    return sql`
with written as (
  update monitoring.${sql.raw(table)} x set ${sql.raw(set.join(', '))}, ${pseudonyms(anonymous, secret)}
  from jsonb_to_recordset(${JSON.stringify(cleaned)}::jsonb) as c(name text, fields jsonb)
  where x.tenant_id = ${tenantId} and ${sql.raw(key.replace('r.', 'x.'))} = c.name
    and ${sql.raw(clock.replace('r.', 'x.'))} ${monthOf(secret.month)}
  returning c.name
)
select count(*) as rows, ${digest} as checksum from written`;
  },
});

/** Takes rows to be archived, whole, with their category, oldest first; they stay locked until the transaction ends. */
export const takeToArchive = statement({
  title: 'take rows that are to be archived',
  on: 'warehouse',
  columns: { name: 'text', clock: 'timestamptz', category: 'text?', line: 'text' },
  example,
  sql: (batch: Batch) => sql`
select ${sql.raw(known(batch.table).key)}::text as name, ${sql.raw(known(batch.table).clock)} as clock,
  ${sql.raw(known(batch.table).category === null ? 'null' : `r.metadata->>'retention_category'`)} as category, to_jsonb(r)::text as line
${due(known(batch.table), 'archive', batch.now)} and r.tenant_id = ${batch.tenantId} and late.why is null
order by ${sql.raw(known(batch.table).clock)}, ${sql.raw(known(batch.table).key)} limit ${batch.most}::integer
for update of r skip locked`,
});

/**
 * Copies rows into the archive of their table. An event that is there already stays as it is (C30); a group of errors takes
 * the place of what it was when it was archived before.
 */
export const copyToArchive = statement({
  title: 'copy rows into their archive',
  on: 'warehouse',
  columns: { copied: 'int8' },
  example: { table: 'tb_audit_event', tenantId: 'nobody', names: [] as readonly string[] },
  sql: ({
    table,
    tenantId,
    names,
  }: {
    table: string;
    tenantId: string;
    names: readonly string[];
  }) => {
    const { archive, key } = known(table);
    const columns = sql.raw(table === 'tb_error_log' ? errorColumns : auditColumns);
    const already =
      table === 'tb_error_log' ? sql.raw(`(tenant_id, id) do update set ${anew}`) : sql`do nothing`;
    return sql`
with copied as (
  insert into monitoring.${sql.raw(archive?.table ?? table)} (${columns})
  select ${columns} from monitoring.${sql.raw(table)} r
  where r.tenant_id = ${tenantId} and ${sql.raw(key)} = any (${names}::text[])
  order by ${sql.raw(key)}
  on conflict ${already}
  returning 1
)
select count(*) as copied from copied`;
  },
});

const auditColumns = `id, tenant_id, time, event_id, user_id, user_email, user_role, action_type, resource_type, resource_id,
  resource_name, description, before_data, after_data, changes, outcome, failure_reason, ip_address, user_agent, session_id,
  request_id, module, severity, metadata`;
const errorColumns = `id, tenant_id, time, error_hash, message, error_type, severity, stack_trace, file_path, line_number,
  function_name, user_id, session_id, request_id, endpoint, method, status_code, user_agent, ip_address, environment, context,
  breadcrumbs, first_seen, last_seen, occurrence_count, affected_users, status, assigned_to, resolution_note, resolved_at,
  regressions, regressed_at, revision`;
const anew = [...errorColumns.split(/,\s*/), 'archived_at']
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');
