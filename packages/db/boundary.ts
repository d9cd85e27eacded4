/** A column as the catalog names it. */
export type PlacedColumn = {
  readonly schema: string;
  readonly relation: string;
  readonly name: string;
};

/** Why something may not be stored in the warehouse, and where it belongs instead (seed 000 §2–3, seed 002 §2–5). */
export type Rule = { readonly pattern: RegExp; readonly belongs: string };

/** Tables that must not come back, in any schema of the database (B3). */
export const forbiddenTables: readonly (Rule & { readonly table: string })[] = [
  ['admin_system_events', 'the notifications database'],
  ['notifications', 'the notifications database'],
  ['analytics_connection_pools', 'configuration'],
  ['analytics_pool_metrics', 'the metrics stack'],
  ['analytics_rate_limits', 'configuration'],
  ['analytics_access_audit', 'the SIEM'],
  ['analytics_export_controls', 'the OLTP database'],
  ['transactional_emails', 'nowhere: jobs and logs cover it'],
].map(([table = '', belongs = '']) => ({
  table,
  belongs,
  pattern: new RegExp(`^(tb_)?${table}(_|$)`),
}));

/** What the compliance audit must not carry (B2): performance, interface events, whole requests. */
export const forbiddenAuditColumns: readonly Rule[] = [
  {
    pattern:
      /duration|latency|elapsed|_ms$|milliseconds|complexity|rows_(scanned|returned|read)|bytes/,
    belongs: 'the metrics stack',
  },
  { pattern: /cpu|memory|disk|pool|queue|throughput/, belongs: 'the metrics stack' },
  {
    pattern:
      /^(request|response|http)_|_(request|response)$|payload|headers|query_text|^query$|^sql$/,
    belongs: 'the logs',
  },
  {
    pattern: /page|click|navigation|scroll|button|screen|keep_?alive|^session_id$/,
    belongs: 'product analytics',
  },
];

/** What no table of olap may carry (B1, B4–B9): single events, message contents, infrastructure. */
export const forbiddenColumns: readonly Rule[] = [
  {
    pattern: /^(email|message|event|notification|request|trace|span)_id$|^event_(name|type)$/,
    belongs: 'the OLTP database or product analytics: the warehouse holds aggregates, not events',
  },
  {
    pattern: /(^|_)(body|html|subject|attachment|attachments|content|snippet)$/,
    belongs: 'the content database',
  },
  {
    pattern:
      /(^|_)(cpu|disk|pool|queue_depth|rate_limit|connections|query_duration_ms|rows_scanned)(_|$)/,
    belongs: 'the metrics stack',
  },
  {
    pattern: /page_(url|view|views)|click_target|utm_|referrer|distinct_id/,
    belongs: 'product analytics',
  },
  // The shape of a raw event: when it happened, to the second, and whatever it carried.
  {
    pattern: /^(occurred|occurred_at|happened_at|timestamp|ts|event_time|received_at)$/,
    belongs: 'product analytics: the warehouse counts days and periods, not moments',
  },
  {
    pattern: /^(properties|props|payload|attributes|context|raw|data)$/,
    belongs: 'product analytics: the warehouse has a column for each figure',
  },
];

const broken = (rules: readonly Rule[], name: string): Rule | undefined =>
  rules.find(({ pattern }) => pattern.test(name));

/** Everything among the columns that crosses the boundary, as sentences; empty when the schema keeps it. */
export const boundaryFaults = (columns: readonly PlacedColumn[]): string[] => {
  const tables = new Map(columns.map((c) => [`${c.schema}.${c.relation}`, c]));
  const foreign = [...tables].flatMap(([full, { relation }]) => {
    const rule = broken(forbiddenTables, relation);
    return rule === undefined ? [] : [`table ${full} belongs in ${rule.belongs}`];
  });
  const misplaced = columns
    .filter(({ schema }) => schema === 'olap')
    .flatMap(({ schema, relation, name }) => {
      const rules =
        relation === 'admin_audit_log'
          ? [...forbiddenAuditColumns, ...forbiddenColumns]
          : forbiddenColumns;
      const rule = broken(rules, name);
      return rule === undefined
        ? []
        : [`column ${schema}.${relation}.${name} belongs in ${rule.belongs}`];
    });
  return [...foreign, ...misplaced];
};
