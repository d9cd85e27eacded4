import { sql, type RawBuilder } from 'kysely';
import type { Day } from '@rookery/kernel/day';
import { statement, type Column } from '@rookery/db/statement';
import { startOfDay } from './local-day.sql.ts';
import { columnsOf, facts, travellingName, type Fact } from './fact.ts';

/** Which cells to read: the local days of one tenant. */
export type CellsToRead = { readonly tenantId: string; readonly days: readonly Day[] };

// With bits (campaign_id, step_id, mailbox_id), grouping() tells which set a row belongs to.
const groupingOf: Partial<Record<Fact['name'], number>> = { campaign: 3, step: 1, mailbox: 6 };

const counts = (fact: Fact): string =>
  fact.counters.map(({ name, count }) => `${count} as ${name}`).join(',\n      ');

const emailScan = (fact: Fact): string => `
grouped as materialized (
  select c.tenant_id, c.timezone, c.day, c.hi, g.* from cells c, lateral (
    select grouping(e.campaign_id, e.step_id, e.mailbox_id) as grouping, e.campaign_id, e.step_id, e.mailbox_id,
      min(e.company_id) as company_id,
      ${counts(fact)}
    from source.emails e
    where e.tenant_id = c.tenant_id and e.sent_at >= c.lo and e.sent_at < c.hi
    group by grouping sets ((e.campaign_id), (e.campaign_id, e.step_id), (e.mailbox_id))
  ) g
)`;

const warmupScan = (fact: Fact): string => `
warmed as materialized (
  select c.tenant_id, c.timezone, c.day, c.hi, g.* from cells c, lateral (
    select e.mailbox_id, min(e.company_id) as company_id,
      ${counts(fact)}
    from source.warmup_messages e
    where e.tenant_id = c.tenant_id and e.sent_at >= c.lo and e.sent_at < c.hi
    group by e.mailbox_id
  ) g
)`;

const scans = (list: readonly Fact[]): string => {
  const first = (scan: Fact['scan']) => list.find((fact) => fact.scan === scan);
  const emails = first('emails');
  const warmups = first('warmups');
  return [emails && emailScan(emails), warmups && warmupScan(warmups)].filter(Boolean).join(',');
};

// One row a fact, every column an array literal: the rows are never parsed on their way to the warehouse.
const packed = (fact: Fact): string => {
  const from =
    fact.scan === 'emails' ? `grouped g where g.grouping = ${groupingOf[fact.name]}` : 'warmed g';
  const attributes = fact.attributes
    .map(({ name, from: value }) => `, ${value} as ${name}`)
    .join('');
  const columns = columnsOf(fact).map(
    (c) => `array_agg(x.${c.name})::text as ${travellingName(fact, c)}`,
  );
  return `(select ${columns.join(',\n    ')}
  from (select x.* ${attributes} from (select g.* from ${from}) x ${fact.joins ?? ''}) x) as ${fact.name}`;
};

/**
 * The statement that reads the aggregates of some cells for a list of facts.
 * The e-mails of a cell are scanned once, by (tenant_id, sent_at) in a half-open range of instants: days of 23, 24.5
 * and 25 hours come out right, and the cost does not depend on the tenant's history.
 * The fence (system, xmax, in_progress) belongs to the very snapshot the aggregates were read in.
 */
export const readFacts = (list: readonly Fact[]) =>
  statement<CellsToRead, typeof fenced & Record<string, Column>>({
    title: `aggregates of cells: ${list.map((fact) => fact.name).join(', ')}`,
    on: 'source',
    columns: {
      ...fenced,
      ...Object.fromEntries(
        list.flatMap((fact) =>
          columnsOf(fact).map((c) => [travellingName(fact, c), 'text?' as const]),
        ),
      ),
    },
    example: { tenantId: 'nobody', days: [] },
    sql: ({ tenantId, days }): RawBuilder<unknown> => sql`
with cells as materialized (
  select t.tenant_id, t.timezone, d.day,
    ${startOfDay(sql`d.day`, sql`t.timezone`)} as lo, ${startOfDay(sql`d.day + 1`, sql`t.timezone`)} as hi
  from source.tenants t, unnest(${days}::date[]) as d(day)
  where t.tenant_id = ${tenantId}
),${sql.raw(scans(list))}
select ${fence}, t.timezone, t.billing_anchor,
  subscription.ids as subscriptions, subscription.starts as subscribed_from, subscription.ends as subscribed_to,
  ${sql.raw(list.map((fact) => `${fact.name}.*`).join(', '))}
from (select) as one
left join source.tenants t on t.tenant_id = ${tenantId},
(select array_agg(subscription_id)::text as ids, array_agg(starts_at)::text as starts, array_agg(ends_at)::text as ends
  from source.subscriptions where tenant_id = ${tenantId}) as subscription,
${sql.raw(list.map(packed).join(',\n'))}`,
  });

/** The snapshot a read was made in, as three columns; see DESIGN.md D9. */
export const fence = sql`(select system_identifier::text from pg_control_system()) as system,
  pg_snapshot_xmax(pg_current_snapshot())::text as xmax,
  (select count(*)::integer from pg_snapshot_xip(pg_current_snapshot())) as in_progress`;

const fenced = {
  system: 'text',
  xmax: 'text',
  in_progress: 'int4',
  timezone: 'text?',
  billing_anchor: 'int4?',
  subscriptions: 'text?',
  subscribed_from: 'text?',
  subscribed_to: 'text?',
} as const;

/** Reads every daily fact of some cells. */
export const readCells = readFacts(facts);
