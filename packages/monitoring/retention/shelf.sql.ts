/** What retention does to rows, in the order in which it may be done to one; what expires are objects of the archive. */
export const actions = ['anonymise', 'archive', 'delete', 'expire'] as const;

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
  /** Where rows go before they are deleted, and when a row `a` there is this one as it is now. */
  readonly archive: { readonly table: string; readonly same: string } | null;
  /** The table whose rows these once were: its holds keep them as well. */
  readonly origin: string | null;
  /** How a category of audit events (`c`) changes the days that a row is kept; null where rows have none. */
  readonly category: 'shortens' | 'replaces' | null;
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
  origin: null,
  category: null,
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

// Of some categories the law or a contract needs the whole record (C24), or holds single events for good.
const audit = {
  deletable: 'c.for_ever is not true',
  personal: `r.user_email <> 'anonymized@example.com' and c.anonymise is not false`,
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
    // A group that came back since it was archived is another one.
    archive: {
      table: 'tb_error_log_archive',
      same: 'a.id = r.id and a.last_seen = r.last_seen and a.revision = r.revision',
    },
    personal: `(${notPseudonym('user_id')} or num_nonnulls(r.session_id, r.request_id, r.user_agent, r.ip_address, r.stack_trace) > 0
      or r.context <> '{}' or r.breadcrumbs <> '[]'
      or concat_ws(' ', r.message, r.endpoint, r.resolution_note) ~* '\\mhttps?://[a-z0-9[]')`,
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
    archive: { table: 'tb_audit_event_archive', same: 'a.event_id = r.event_id' },
    category: 'shortens',
  },
  {
    ...plain,
    ...audit,
    table: 'tb_audit_event_archive',
    clock: 'r.time',
    key: 'r.event_id',
    origin: 'tb_audit_event',
    category: 'replaces',
    // The archive outlasts the row: without its copy the row would be archived once more, and so on for ever.
    deletable: `c.for_ever is not true and not exists (select from monitoring.tb_audit_event l
      where l.tenant_id = r.tenant_id and l.event_id = r.event_id and l.time = r.time)`,
  },
  {
    ...plain,
    table: 'audit_event_key',
    clock: 'r.time',
    key: 'r.event_id',
    // An event has its key for as long as it is anywhere: until then no other may have its name.
    deletable: `not exists (select from monitoring.tb_audit_event l
        where l.tenant_id = r.tenant_id and l.event_id = r.event_id and l.time = r.time)
      and not exists (select from monitoring.tb_audit_event_archive a
        where a.tenant_id = r.tenant_id and a.event_id = r.event_id)`,
  },
  {
    ...plain,
    table: 'tb_error_log_archive',
    clock: 'r.time',
    key: 'r.id',
    origin: 'tb_error_log',
    deletable: `not exists (select from monitoring.tb_error_log l
      where l.tenant_id = r.tenant_id and l.id = r.id and l.last_seen = r.last_seen)`,
  },
  {
    ...plain,
    table: 'tb_alert',
    // An alert grows old from when it was over (C31).
    clock: 'coalesce(r.resolved_at, r.triggered_at)',
    key: 'r.id',
    // One that is held back still fires.
    deletable: `r.status in ('resolved', 'suppressed') and r.resolved_at is not null`,
  },
  {
    ...plain,
    table: 'notice',
    clock: 'r.created_at',
    key: 'r.id',
    // What is under way is told first.
    deletable: `r.state in ('sent', 'failed')`,
  },
  { ...plain, table: 'in_app_notice', clock: 'r.created_at', key: 'r.id' },
  {
    ...plain,
    table: 'service_uptime_hour',
    clock: 'r.hour',
    key: `concat_ws('|', r.hour, r.service_id)`,
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
  {
    ...plain,
    table: 'error_user',
    clock: 'r.first_seen',
    key: `concat_ws('|', r.error_id, r.user_id)`,
    // They go with their group, which counts them.
    deletable: 'false',
    personal: notPseudonym('user_id'),
    anonymous: 'user_id = pseudonym(user_id)',
  },
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
