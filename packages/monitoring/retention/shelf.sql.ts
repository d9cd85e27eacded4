import { sql, type RawBuilder } from 'kysely';

/** What retention does to rows, in the order in which it may be done to one. */
export const actions = ['anonymise', 'archive', 'delete'] as const;

/** The name of a thing that retention does to rows. */
export type Action = (typeof actions)[number];

/** A table that retention looks after, in SQL about its row `r`. */
export type Shelf = {
  readonly table: string;
  /** The instant that the age of a row is counted from. */
  readonly clock: string;
  /** What names a row among those of its tenant, for the checksum of a proof. */
  readonly key: string;
  /** The columns by which a row of a partitioned table is found again; null where it is found by its ctid. */
  readonly place: readonly [string, string] | null;
  /** Marks of the rollups that are made of these rows. */
  readonly marks: readonly string[];
  /** What a row must be, beside old, to be deleted. */
  readonly deletable: string;
  /** Where rows go before they are deleted, and the column that names a row there. */
  readonly archive: { readonly table: string; readonly name: string } | null;
  /** What is true as long as a row says who it is about, and what ends that; `pseudonym(…)` is put in later. */
  readonly personal: string | null;
  readonly anonymous: string;
  /** Columns that stay, without what is personal in their texts: [column, characters], or jsonb without a number. */
  readonly texts: readonly (readonly [string, number | null])[];
};

const plain = {
  marks: [],
  deletable: 'true',
  archive: null,
  personal: null,
  anonymous: '',
  texts: [],
  place: null,
} as const;

const rollup = (table: string, key: string, marks: readonly string[] = []): Shelf => ({
  ...plain,
  table,
  clock: 'r.bucket',
  key: `concat_ws('|', r.bucket, ${key})`,
  marks,
});

// A day is as old as its beginning in UTC.
const daily = (table: string, key: string): Shelf => ({
  ...plain,
  table,
  clock: `(r.day::timestamp at time zone 'UTC')`,
  key: `concat_ws('|', r.day, ${key})`,
});

const stream = (table: string, clock: string): Shelf => ({
  ...plain,
  table,
  clock: `r.${clock}`,
  key: 'r.id',
  place: [clock, 'id'],
});

const notPseudonym = (column: string): string => `r.${column} !~ '^anon_[0-9a-f]{32}$'`;

// Of whose account the law or a contract needs the whole record (C24); a hold on single events.
const exempt = `coalesce(r.metadata->>'retention_category', '') in ('legal-hold', 'contract')`;
const neverDeleted = `coalesce(r.metadata->>'retention_category', '') <> 'legal-hold'`;

const audit = {
  deletable: neverDeleted,
  personal: `r.user_email <> 'anonymized@example.com' and not ${exempt}`,
  anonymous: `user_email = 'anonymized@example.com', ip_address = null, user_agent = null, session_id = null, request_id = null`,
  texts: [
    ['resource_name', 255],
    ['description', 20_000],
    ['failure_reason', 20_000],
    ['before_data', null],
    ['after_data', null],
    ['changes', null],
    ['metadata', null],
  ],
} as const;

/** Every table with a policy of the seed, and how retention goes about it. */
export const shelves: readonly Shelf[] = [
  { ...stream('tb_performance_metric', 'time'), marks: ['performance_metric_5min_dirty'] },
  rollup('tb_performance_metric_5min', 'r.metric_name, r.endpoint', [
    'performance_metric_hourly_dirty',
  ]),
  rollup('tb_performance_metric_hourly', 'r.metric_name, r.endpoint'),
  stream('tb_health_check_log', 'checked_at'),
  {
    ...plain,
    table: 'tb_error_log',
    clock: 'r.last_seen',
    key: 'r.id',
    // Deleting a group takes its occurrences with it, also those that are held or kept for longer.
    deletable: `r.status in ('resolved', 'ignored') and not exists (
      select from monitoring.tb_error_instance i where i.tenant_id = r.tenant_id and i.error_id = r.id)`,
    archive: { table: 'tb_error_log_archive', name: 'id' },
    personal: `(${notPseudonym('user_id')} or num_nonnulls(r.session_id, r.request_id, r.user_agent, r.ip_address, r.stack_trace) > 0
      or r.context <> '{}' or r.breadcrumbs <> '[]')`,
    anonymous: `user_id = pseudonym(user_id), session_id = null, request_id = null, user_agent = null, ip_address = null,
      stack_trace = null, context = '{}', breadcrumbs = '[]'`,
    texts: [
      ['message', 20_000],
      ['resolution_note', 20_000],
      ['endpoint', 500],
    ],
  },
  {
    ...stream('tb_error_instance', 'occurred_at'),
    personal: `(${notPseudonym('user_id')} or num_nonnulls(r.session_id, r.request_id, r.stack_trace) > 0
      or r.context <> '{}' or r.breadcrumbs <> '[]')`,
    anonymous: `user_id = pseudonym(user_id), session_id = null, request_id = null, stack_trace = null, context = '{}', breadcrumbs = '[]'`,
  },
  {
    ...stream('tb_audit_event', 'time'),
    ...audit,
    key: 'r.event_id',
    archive: { table: 'tb_audit_event_archive', name: 'event_id' },
  },
  { ...plain, ...audit, table: 'tb_audit_event_archive', clock: 'r.time', key: 'r.event_id' },
  { ...plain, table: 'tb_error_log_archive', clock: 'r.time', key: 'r.id' },
  {
    ...plain,
    table: 'tb_alert',
    // An alert grows old from when it was over (C31).
    clock: 'coalesce(r.resolved_at, r.triggered_at)',
    key: 'r.id',
    deletable: `r.status in ('resolved', 'suppressed')`,
  },
  {
    ...stream('tb_integration_event', 'occurred_at'),
    personal: 'num_nonnulls(r.request_payload, r.response_payload, r.error_message) > 0',
    anonymous: 'request_payload = null, response_payload = null, error_message = null',
  },
  {
    ...stream('tb_user_activity', 'time'),
    marks: ['user_activity_hourly_dirty', 'user_activity_daily_dirty'],
    personal: notPseudonym('user_id'),
    // Sessions and activities get pseudonyms of their own, so that nothing joins them any more (C26).
    anonymous: `user_id = pseudonym(user_id), session_id = pseudonym('activity ' || session_id), page_url = null, metadata = '{}',
      device_type = null, browser = null, os = null, ip_address = null`,
  },
  rollup('tb_user_activity_hourly', 'r.module, r.feature, r.activity_type'),
  { ...daily('user_activity_daily', 'r.user_key'), marks: ['user_cohort_month_dirty'] },
  daily('error_day', 'r.error_id'),
  daily('error_user_day', 'r.error_id, r.user_id'),
  {
    ...plain,
    table: 'tb_user_session',
    // One that never ended would be kept for ever (C29).
    clock: 'coalesce(r.ended_at, r.started_at)',
    key: 'r.id',
    personal: notPseudonym('user_id'),
    anonymous: `id = pseudonym('session ' || id), user_id = pseudonym(user_id), ended_at = coalesce(ended_at, started_at),
      ip_address = null, device_type = null, browser = null, os = null, metadata = '{}'`,
  },
];

/** The shelf of a table; undefined when retention does not look after it. */
export const shelfOf = (table: string): Shelf | undefined =>
  shelves.find((shelf) => shelf.table === table);

const limitOf = (action: Action): string =>
  action === 'anonymise' ? 'anonymise_after_days' : 'keep_days';

const archived = ({ table, name }: NonNullable<Shelf['archive']>): string =>
  `exists (select from monitoring.${table} a where a.tenant_id = r.tenant_id and a.${name} = r.${name})`;

const todo = (shelf: Shelf, action: Action): string => {
  if (action === 'anonymise') return shelf.personal ?? 'false';
  const { archive, deletable } = shelf;
  if (action === 'delete') return deletable;
  return archive === null
    ? 'false'
    : `(${deletable}) and coalesce(o.archive, p.archive) and not ${archived(archive)}`;
};

// Reads a clock's least mark for each tenant once, not for each row.
const marks = (tables: readonly string[]): string =>
  tables.length === 0
    ? `select null::text as tenant_id, null::timestamptz as first_bucket where false`
    : `select tenant_id, min(bucket) as first_bucket from (${tables
        .map((name) => `select tenant_id, bucket from monitoring.${name}`)
        .join(' union all ')}) every_mark group by tenant_id`;

const why = ({ archive, personal, clock, table }: Shelf, action: Action): string => `case
  when exists (select from monitoring.legal_hold h
    where h.tenant_id = r.tenant_id and h.table_name = '${table}' and h.released_at is null
      and ${clock} >= h.held_from and ${clock} < coalesce(h.held_until, 'infinity')) then 'a legal hold keeps them'
  when ${clock} >= m.first_bucket then 'their rollups are not done yet'
  ${action === 'archive' && personal !== null ? `when p.anonymise_after_days is not null and (${personal}) then 'they are not anonymised yet'` : ''}
  ${action === 'delete' && archive !== null ? `when coalesce(o.archive, p.archive) and not ${archived(archive)} then 'they are not archived yet'` : ''}
end`;

/**
 * The rows `r` an action is due on at an instant, as `from … where …`; `late.why` says what holds a row back, and is null
 * when nothing does. A row is due when it is older than its tenant's policy allows, not when it is just as old. Days are 24
 * hours, whatever the zone of the session.
 */
export const due = (shelf: Shelf, action: Action, now: Date): RawBuilder<unknown> => sql`
from monitoring.${sql.raw(shelf.table)} r
join monitoring.retention_policy p on p.tenant_id = 'platform' and p.table_name = '${sql.raw(shelf.table)}'
left join monitoring.retention_policy o
  on o.tenant_id = r.tenant_id and o.tenant_id <> 'platform' and o.table_name = '${sql.raw(shelf.table)}'
left join (${sql.raw(marks(shelf.marks))}) m on m.tenant_id = r.tenant_id
cross join lateral (select ${sql.raw(why(shelf, action))} as why) late
where ${sql.raw(shelf.clock)}
    < ${now}::timestamptz - coalesce(o.${sql.raw(limitOf(action))}, p.${sql.raw(limitOf(action))}) * interval '24 hours'
  -- The same for all rows, so that younger partitions are not read at all.
  and ${sql.raw(shelf.clock)} < (
    select ${now}::timestamptz - min(every_policy.${sql.raw(limitOf(action))}) * interval '24 hours'
    from monitoring.retention_policy every_policy where every_policy.table_name = '${sql.raw(shelf.table)}')
  and ${sql.raw(todo(shelf, action))}`;
