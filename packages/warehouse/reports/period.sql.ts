import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { parseDay, type Day } from '@rookery/kernel/day';

/** The figures of usage under the seed's names; only `domains_used` may be unknown. */
export const figures = [
  'emails_sent',
  'mailboxes_used',
  'domains_used',
  'campaigns_used',
  'leads_used',
  'warmups_active',
] as const;

const usageColumns = {
  emails_sent: 'int4',
  mailboxes_used: 'int4',
  domains_used: 'int4?',
  campaigns_used: 'int4',
  leads_used: 'int4',
  warmups_active: 'int4',
} as const satisfies Columns;

const billableColumns = {
  billable: 'int8',
  billable_emails_sent: 'int8',
  billable_mailboxes_used: 'int8',
  billable_domains_used: 'int8?',
  billable_campaigns_used: 'int8',
  billable_leads_used: 'int8',
  billable_warmups_active: 'int8',
} as const satisfies Columns;

const unbillableColumns = {
  unbillable: 'int8',
  unbillable_emails_sent: 'int8',
  unbillable_mailboxes_used: 'int8',
  unbillable_domains_used: 'int8?',
  unbillable_campaigns_used: 'int8',
  unbillable_leads_used: 'int8',
  unbillable_warmups_active: 'int8',
} as const satisfies Columns;

const periodColumns = {
  period_id: 'int8',
  subscription_id: 'text?',
  state: 'text',
  first_day: 'date',
  end_day: 'date',
  period_start: 'timestamptz',
  period_end: 'timestamptz',
  timezone: 'text',
  closed_at: 'timestamptz?',
  updated: 'timestamptz',
  ...usageColumns,
  ...billableColumns,
  ...unbillableColumns,
} as const satisfies Columns;

// One unknown difference makes the sum unknown.
const sumOf = (figure: string, which: string): string => {
  const sum = `coalesce(sum(a.${figure}) filter (where ${which}), 0)`;
  const name = `${which === 'a.billable' ? '' : 'un'}billable_${figure}`;
  if (figure !== 'domains_used') return `${sum} as ${name}`;
  return `case when count(*) filter (where ${which} and a.${figure} is null) = 0 then ${sum} end as ${name}`;
};
const summed = (['a.billable', 'not a.billable'] as const)
  .map((which) =>
    [
      `count(*) filter (where ${which}) as ${which === 'a.billable' ? '' : 'un'}billable`,
      ...figures.map((figure) => sumOf(figure, which)),
    ].join(', '),
  )
  .join(',\n    ');

const periodsOf = (tenantId: string, which: ReturnType<typeof sql>) => sql`
select b.id as period_id, b.subscription_id, b.state, b.first_day, b.end_day, b.period_start, b.period_end, b.timezone,
  b.closed_at, b.updated, ${sql.raw(figures.map((figure) => `b.${figure}`).join(', '))}, a.*
from olap.billing_analytics b, lateral (
  select ${sql.raw(summed)}
  from olap.billing_adjustment a where a.tenant_id = ${tenantId} and a.applied_to = b.id) a
where b.tenant_id = ${tenantId} ${which}`;

/** One page of periods, the newest first, after the one that begins on a day. */
export type PeriodsAsk = {
  readonly tenantId: string;
  readonly state: 'open' | 'closed' | null;
  readonly beginBefore: Day | null;
  readonly limit: number;
};

/** A page of billing periods with the adjustments applied to each; one row more than the page when more follow. */
export const listPeriods = statement<PeriodsAsk, typeof periodColumns>({
  title: 'list billing periods',
  on: 'warehouse',
  columns: periodColumns,
  example: { tenantId: 'nobody', state: null, beginBefore: null, limit: 50 },
  sql: ({ tenantId, state, beginBefore, limit }) => sql`
${periodsOf(tenantId, sql`and (b.state = ${state}) is not false and (b.first_day < ${beginBefore}::date) is not false`)}
order by b.first_day desc limit ${limit + 1}`,
});

/** One billing period; no row when the tenant has none under this number. */
export const onePeriod = statement<{ tenantId: string; periodId: number }, typeof periodColumns>({
  title: 'one billing period',
  on: 'warehouse',
  columns: periodColumns,
  example: { tenantId: 'nobody', periodId: 0 },
  sql: ({ tenantId, periodId }) => periodsOf(tenantId, sql`and b.id = ${periodId}`),
});

/** The open period that holds a day; no row when there is none. */
export const openPeriod = statement<{ tenantId: string; day: Day }, typeof periodColumns>({
  title: 'open billing period of a day',
  on: 'warehouse',
  columns: periodColumns,
  example: { tenantId: 'nobody', day: parseDay('2026-01-01') },
  sql: ({ tenantId, day }) =>
    periodsOf(
      tenantId,
      sql`and b.state = 'open' and b.first_day <= ${day}::date and b.end_day > ${day}::date`,
    ),
});

/** The e-mails of a period: how many were sent on its first days, and on which day all of them reached a quota. */
export const pace = statement<
  {
    tenantId: string;
    firstDay: Day;
    endDay: Day;
    /** The full days end here. */
    fullUntil: Day;
    quota: number | null;
  },
  { full_days_sent: 'int8'; reached_on: 'date?' }
>({
  title: 'pace of a billing period',
  on: 'warehouse',
  columns: { full_days_sent: 'int8', reached_on: 'date?' },
  example: {
    tenantId: 'nobody',
    firstDay: parseDay('2026-01-01'),
    endDay: parseDay('2026-02-01'),
    fullUntil: parseDay('2026-01-02'),
    quota: 1,
  },
  sql: ({ tenantId, firstDay, endDay, fullUntil, quota }) => sql`
with so_far as (
  select day, sum(sent) as sent, sum(sum(sent)) over (order by day) as total
  from olap.campaign_analytics
  where tenant_id = ${tenantId} and day >= ${firstDay}::date and day < ${endDay}::date
  group by day
)
select coalesce(sum(sent) filter (where day < ${fullUntil}::date), 0)::int8 as full_days_sent,
  min(day) filter (where total >= ${quota}::int8) as reached_on
from so_far`,
});

/** One page of adjustments, the newest first; a filter that is null does not filter. */
export type AdjustmentsAsk = {
  readonly tenantId: string;
  readonly periodId: number | null;
  readonly appliedTo: number | null;
  readonly billable: boolean | null;
  readonly below: number | null;
  readonly limit: number;
};

/** A page of adjustments by number; one row more than the page when more follow. */
export const listAdjustments = statement<
  AdjustmentsAsk,
  {
    adjustment_id: 'int8';
    period_id: 'int8';
    applied_to: 'int8';
    billable: 'bool';
    created: 'timestamptz';
  } & typeof usageColumns
>({
  title: 'list billing adjustments',
  on: 'warehouse',
  columns: {
    adjustment_id: 'int8',
    period_id: 'int8',
    applied_to: 'int8',
    billable: 'bool',
    created: 'timestamptz',
    ...usageColumns,
  },
  example: {
    tenantId: 'nobody',
    periodId: null,
    appliedTo: null,
    billable: null,
    below: null,
    limit: 50,
  },
  sql: ({ tenantId, periodId, appliedTo, billable, below, limit }) => sql`
select id as adjustment_id, billing_id as period_id, applied_to, billable, created, ${sql.raw(figures.join(', '))}
from olap.billing_adjustment
where tenant_id = ${tenantId} and (billing_id = ${periodId}::int8) is not false
  and (applied_to = ${appliedTo}::int8) is not false and (billable = ${billable}::bool) is not false
  and (id < ${below}::int8) is not false
order by id desc limit ${limit + 1}`,
});
