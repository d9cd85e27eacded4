import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { emailFigures } from './figures.ts';
import type { ListAsk } from './ask.ts';
import { listCampaigns } from './list.sql.ts';
import { oneCampaign, type OneAsk } from './one.sql.ts';
import { readList, readOne, readSeries } from './reading.ts';
import { campaignSeries, type SeriesAsk } from './series.sql.ts';

type Compared = { readonly compare: boolean };
type Known = Pick<
  RowOf<typeof oneCampaign.columns>,
  'company_id' | 'status' | 'completed_leads' | 'first_day' | 'last_day'
>;

const known = ({ company_id, status, completed_leads, first_day, last_day }: Known) => ({
  company_id,
  status,
  completed_leads,
  first_day,
  last_day,
});

const missing = (campaignId: string) => () =>
  new Failure(
    'missing',
    'not-found',
    `there is no campaign "${campaignId}"; GET /v1/campaigns lists those that have e-mails`,
  );

/** A page of campaigns with e-mails in a range. */
export const campaignList = (session: Session, ask: ListAsk & Compared) =>
  readList((each: ListAsk) => session.query(listCampaigns, each), ask, {
    idsOf: ({ campaign_id }) => [campaign_id],
    data: (row) => ({ campaign_id: row.campaign_id, ...known(row), ...emailFigures(row) }),
    figures: emailFigures,
  });

/** One campaign in a range and over its life; fails with `not-found`. */
export const campaignOf = (
  session: Session,
  campaignId: string,
  ask: Omit<OneAsk, 'entity'> & Compared,
) =>
  readOne(
    (each: OneAsk) => session.query(oneCampaign, each),
    { ...ask, entity: [campaignId] },
    {
      data: (row) => ({ campaign_id: campaignId, ...known(row) }),
      figures: emailFigures,
      missing: missing(campaignId),
    },
  );

/** A campaign bucket by bucket; fails with `not-found`. */
export const campaignSeriesOf = (
  session: Session,
  campaignId: string,
  ask: Omit<SeriesAsk, 'entity'> & Compared,
) =>
  readSeries(
    (each: SeriesAsk) => session.query(campaignSeries, each),
    { ...ask, entity: [campaignId] },
    { figures: emailFigures, missing: missing(campaignId) },
  );
