import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { addDays, isDay, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import type { Fresh, Keys } from './ask.ts';
import { freshNow, type TenantAsk } from './freshness.sql.ts';
import {
  type figures,
  listAdjustments,
  listPeriods,
  onePeriod,
  openPeriod,
  pace,
  type AdjustmentsAsk,
  type PeriodsAsk,
} from './period.sql.ts';
import { elapsedShare, fullDaysOf, projectedOf, reachesOn, shareOf } from './period-pace.ts';
import { firstOf, pageOf } from './reading.ts';

type Row = RowOf<typeof onePeriod.columns>;
type Figure = (typeof figures)[number];
type Paged<Ask, Start extends keyof Ask> = Omit<Ask, Start> & { readonly after: Keys | null };

/** The quotas a caller knows of, by the figure they limit; null where there is none. */
export type Quotas = { readonly [F in Figure]: number | null };

type Quota = 'emails' | 'mailboxes' | 'domains' | 'campaigns' | 'leads' | 'warmups';

/** The quotas as a caller names them. */
export const quotasOf = (query: {
  readonly [Q in Quota as `quota_${Q}`]?: number | undefined;
}): Quotas => ({
  emails_sent: query.quota_emails ?? null,
  mailboxes_used: query.quota_mailboxes ?? null,
  domains_used: query.quota_domains ?? null,
  campaigns_used: query.quota_campaigns ?? null,
  leads_used: query.quota_leads ?? null,
  warmups_active: query.quota_warmups ?? null,
});

const foreignCursor = (): Failure =>
  new Failure(
    'invalid',
    'cursor-malformed',
    'the cursor is not one of this list; start again without it',
  );

const freshOf = async (session: Session, { tenantId }: TenantAsk) => {
  const row = firstOf(await session.query(freshNow, { tenantId }));
  const fresh: Fresh = { as_of: row.as_of, complete_through: row.complete_through };
  return { fresh, today: row.today };
};

const plus = (usage: number | null, difference: number | null): number | null =>
  usage === null || difference === null ? null : usage + difference;

const adjustedOf = (row: Row) => ({
  emails_sent: row.emails_sent + row.billable_emails_sent,
  mailboxes_used: row.mailboxes_used + row.billable_mailboxes_used,
  domains_used: plus(row.domains_used, row.billable_domains_used),
  campaigns_used: row.campaigns_used + row.billable_campaigns_used,
  leads_used: row.leads_used + row.billable_leads_used,
  warmups_active: row.warmups_active + row.billable_warmups_active,
});

const adjustmentsOf = (row: Row) => ({
  billable: {
    count: row.billable,
    emails_sent: row.billable_emails_sent,
    mailboxes_used: row.billable_mailboxes_used,
    domains_used: row.billable_domains_used,
    campaigns_used: row.billable_campaigns_used,
    leads_used: row.billable_leads_used,
    warmups_active: row.billable_warmups_active,
  },
  unbillable: {
    count: row.unbillable,
    emails_sent: row.unbillable_emails_sent,
    mailboxes_used: row.unbillable_mailboxes_used,
    domains_used: row.unbillable_domains_used,
    campaigns_used: row.unbillable_campaigns_used,
    leads_used: row.unbillable_leads_used,
    warmups_active: row.unbillable_warmups_active,
  },
});

const periodOf = (row: Row) => ({
  period_id: row.period_id,
  subscription_id: row.subscription_id,
  state: row.state === 'closed' ? ('closed' as const) : ('open' as const),
  first_day: row.first_day,
  end_day: row.end_day,
  period_start: row.period_start.toISOString(),
  period_end: row.period_end.toISOString(),
  timezone: row.timezone,
  closed_at: row.closed_at?.toISOString() ?? null,
  updated: row.updated.toISOString(),
  emails_sent: row.emails_sent,
  mailboxes_used: row.mailboxes_used,
  domains_used: row.domains_used,
  campaigns_used: row.campaigns_used,
  leads_used: row.leads_used,
  warmups_active: row.warmups_active,
  adjustments: adjustmentsOf(row),
  adjusted: adjustedOf(row),
});

const beginBefore = (after: Keys | null): Day | null => {
  if (after === null) return null;
  const [day, ...rest] = after;
  if (typeof day !== 'string' || !isDay(day) || rest.length > 0) throw foreignCursor();
  return day;
};

const below = (after: Keys | null): number | null => {
  if (after === null) return null;
  const [id, ...rest] = after;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || rest.length > 0) throw foreignCursor();
  return id;
};

/** A page of billing periods, the newest first. */
export const periodList = async (
  session: Session,
  { after, ...ask }: Paged<PeriodsAsk, 'beginBefore'>,
) => {
  const { fresh } = await freshOf(session, ask);
  const rows = await session.query(listPeriods, { ...ask, beginBefore: beginBefore(after) });
  const { shown, next } = pageOf(rows, ask.limit, (last) => [last.first_day]);
  return { body: { data: shown.map(periodOf) }, fresh, next };
};

/** One billing period; fails with `not-found`. */
export const periodWithId = async (session: Session, periodId: number, ask: TenantAsk) => {
  const { fresh } = await freshOf(session, ask);
  const [row] = await session.query(onePeriod, { ...ask, periodId });
  if (row === undefined)
    throw new Failure(
      'missing',
      'not-found',
      `there is no billing period ${periodId}; GET /v1/billing/periods lists yours`,
    );
  return { body: { data: periodOf(row) }, fresh };
};

const useOf = (used: number | null, quota: number | null) =>
  quota === null ? null : { quota, used, share: shareOf(used, quota) };

const paceOf = async (
  session: Session,
  row: Row,
  { tenantId, fresh, today }: TenantAsk & { readonly fresh: Fresh; readonly today: Day },
  quota: number | null,
) => {
  const fullDays = fullDaysOf(row, fresh);
  const { full_days_sent: fullDaysSent, reached_on } = firstOf(
    await session.query(pace, {
      tenantId,
      firstDay: row.first_day,
      endDay: row.end_day,
      fullUntil: addDays(row.first_day, fullDays),
      quota,
    }),
  );
  const soFar = { fullDays, fullDaysSent, used: row.emails_sent };
  const projected = projectedOf(row, soFar);
  const projection = {
    full_days: fullDays,
    full_days_sent: fullDaysSent,
    emails_sent: projected,
  };
  if (quota === null) return { projection, emails: null };
  return {
    projection,
    emails: {
      quota,
      used: row.emails_sent,
      share: shareOf(row.emails_sent, quota),
      projected_share: shareOf(projected, quota),
      reached: reached_on !== null,
      reached_on: reached_on ?? reachesOn(row, soFar, quota, today),
    },
  };
};

/** The open period that holds the tenant's today, where it is heading, and its share of quotas; fails with `not-found`. */
export const currentPeriod = async (
  session: Session,
  { tenantId, quotas }: TenantAsk & { readonly quotas: Quotas },
) => {
  const { fresh, today } = await freshOf(session, { tenantId });
  const [row] = await session.query(openPeriod, { tenantId, day: today });
  if (row === undefined)
    throw new Failure(
      'missing',
      'not-found',
      `no open billing period holds ${today} yet; it begins with the first e-mail that is counted in it, and GET /v1/billing/periods lists earlier ones`,
    );
  const place = { tenantId, fresh, today };
  const { projection, emails } = await paceOf(session, row, place, quotas.emails_sent);
  return {
    body: {
      data: {
        ...periodOf(row),
        today,
        elapsed_share: elapsedShare(row, fresh.as_of),
        projection,
        quotas: {
          emails_sent: emails,
          mailboxes_used: useOf(row.mailboxes_used, quotas.mailboxes_used),
          domains_used: useOf(row.domains_used, quotas.domains_used),
          campaigns_used: useOf(row.campaigns_used, quotas.campaigns_used),
          leads_used: useOf(row.leads_used, quotas.leads_used),
          warmups_active: useOf(row.warmups_active, quotas.warmups_active),
        },
      },
    },
    fresh,
  };
};

/** A page of adjustments, the newest first. */
export const adjustmentList = async (
  session: Session,
  { after, ...ask }: Paged<AdjustmentsAsk, 'below'>,
) => {
  const { fresh } = await freshOf(session, ask);
  const rows = await session.query(listAdjustments, { ...ask, below: below(after) });
  const { shown, next } = pageOf(rows, ask.limit, (last) => [last.adjustment_id]);
  return {
    body: { data: shown.map((row) => ({ ...row, created: row.created.toISOString() })) },
    fresh,
    next,
  };
};
