import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import type { Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import type { Asked } from './ask.ts';
import { emailFigures } from './figures.ts';
import { listLeads, oneLead, type LeadListAsk } from './lead.sql.ts';
import { firstOf, pageOf, stampsOf } from './reading.ts';

type Row = RowOf<typeof listLeads.columns>;

const inCampaign = (row: Row) => ({
  campaign_id: row.campaign_id,
  status: row.status,
  first_day: row.first_day,
  last_day: row.last_day,
  ...emailFigures(row),
});

/**
 * The days of last contact asked for, checked: fails with `range-empty` when the end is not after the start. A life may
 * be longer than any other range: nothing is summed by day.
 */
export const lastContact = (query: {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}): Asked => {
  const { from = null, to = null } = query;
  if (from !== null && to !== null && from >= to)
    throw new Failure(
      'invalid',
      'range-empty',
      `\`to\` (${to}) must be after \`from\` (${from}): the range is half-open`,
    );
  return { from, to };
};

/** A page of leads in campaigns, over their whole life; `totals` is null unless asked for. */
export const leadList = async (session: Session, ask: LeadListAsk) => {
  const rows = await session.query(listLeads, ask);
  const all = firstOf(rows);
  const { shown, next } = pageOf(rows.slice(1), ask.page.limit, (last) => [
    last.sort_key ?? '',
    last.campaign_id,
    last.lead_id,
  ]);
  const { matching, leads } = all;
  return {
    body: {
      data: shown.map((row) => ({ lead_id: row.lead_id, ...inCampaign(row) })),
      totals:
        matching === null || leads === null ? null : { matching, leads, ...emailFigures(all) },
    },
    ...stampsOf(all),
    next,
  };
};

/** One lead in the latest campaigns that wrote to it, with totals over all, of its whole life; fails with `not-found`. */
export const leadOf = async (session: Session, tenantId: string, leadId: string) => {
  const rows = await session.query(oneLead, { tenantId, leadId });
  const all = firstOf(rows);
  const campaigns = rows.slice(1);
  if (campaigns.length === 0)
    throw new Failure(
      'missing',
      'not-found',
      `there is no lead "${leadId}"; GET /v1/leads lists those that were written to`,
    );
  const { first_day, last_day, matching } = all;
  return {
    body: {
      data: {
        lead_id: leadId,
        first_day,
        last_day,
        campaign_count: matching ?? campaigns.length,
        campaigns: campaigns.map(inCampaign),
        totals: emailFigures(all),
      },
    },
    fresh: stampsOf(all).fresh,
  };
};
