import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import type { Asked, ListAsk } from './ask.ts';
import { emailFigures } from './figures.ts';
import { listSteps } from './list.sql.ts';
import { firstOf, readList, readSeries, stampsOf } from './reading.ts';
import { stepSeries, type SeriesAsk } from './series.sql.ts';
import { comparedSteps, type Metric, type Place } from './step-versus.ts';
import { campaignSteps } from './step.sql.ts';

type Compare = { readonly compare: boolean };
type Known = Pick<
  RowOf<typeof listSteps.columns>,
  'company_id' | 'step_position' | 'variant' | 'first_day' | 'last_day'
>;

const known = ({ company_id, step_position, variant, first_day, last_day }: Known) => ({
  company_id,
  step_position,
  variant,
  first_day,
  last_day,
});

/** A page of steps with e-mails in a range. */
export const stepList = (session: Session, ask: ListAsk & Compare) =>
  readList((each: ListAsk) => session.query(listSteps, each), ask, {
    idsOf: ({ campaign_id, step_id }) => [campaign_id, step_id],
    data: (row) => ({
      campaign_id: row.campaign_id,
      step_id: row.step_id,
      ...known(row),
      ...emailFigures(row),
    }),
    figures: emailFigures,
  });

/** A step of a campaign bucket by bucket; fails with `not-found`. */
export const stepSeriesOf = (
  session: Session,
  campaignId: string,
  stepId: string,
  ask: Omit<SeriesAsk, 'entity'> & Compare,
) =>
  readSeries(
    (each: SeriesAsk) => session.query(stepSeries, each),
    { ...ask, entity: [campaignId, stepId] },
    {
      figures: emailFigures,
      missing: () =>
        new Failure(
          'missing',
          'not-found',
          `there is no step "${stepId}" in a campaign "${campaignId}"; GET /v1/sequence-steps lists those that have e-mails`,
        ),
    },
  );

const noPlace = {
  successes: null,
  trials: null,
  interval: null,
  probability_best: null,
  expected_loss: null,
} as const;

const standing = (place: Place | null) => place ?? noPlace;

/** The steps of a campaign with e-mails in a range, position by position, compared by a rate; fails with `not-found`. */
export const campaignStepsOf = async (
  session: Session,
  ask: {
    readonly tenantId: string;
    readonly campaignId: string;
    readonly range: Asked;
    readonly metric: Metric;
  },
) => {
  const rows = await session.query(campaignSteps, ask);
  const all = firstOf(rows);
  if (!all.exists)
    throw new Failure(
      'missing',
      'not-found',
      `there is no campaign "${ask.campaignId}"; GET /v1/campaigns lists those that have e-mails`,
    );
  const data = comparedSteps(rows.slice(1), ask.metric).map(({ variants, ...position }) => ({
    ...position,
    variants: variants.map(({ step, place }) => ({
      step_id: step.step_id ?? '',
      ...known(step),
      ...emailFigures(step),
      comparison: standing(place),
    })),
  }));
  return { body: { data, totals: emailFigures(all), metric: ask.metric }, ...stampsOf(all) };
};
