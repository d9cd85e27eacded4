import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { before, type Asked } from './ask.ts';
import { emailFigures, rateOf, warmupFigures } from './figures.ts';
import { overview, type OverviewAsk } from './overview.sql.ts';
import { readSeries, stampsOf } from './reading.ts';
import { campaignSeries, type SeriesAsk } from './series.sql.ts';

type Row = RowOf<typeof overview.columns>;
type Compared = { readonly compare: boolean };

const oneOf = (rows: readonly Row[], kind: 'emails' | 'warmups'): Row => {
  const row = rows.find((each) => each.kind === kind);
  if (row === undefined) throw new Error(`an overview without ${kind}`);
  return row;
};

const figures = (rows: readonly Row[]) => {
  const emails = oneOf(rows, 'emails');
  const { campaigns, mailboxes, leads, good, fair, poor, critical, unknown } = emails;
  return {
    emails: emailFigures(emails),
    warmups: warmupFigures(oneOf(rows, 'warmups')),
    active: { campaigns: campaigns ?? 0, mailboxes: mailboxes ?? 0, leads: leads ?? 0 },
    mailbox_health: {
      good: good ?? 0,
      fair: fair ?? 0,
      poor: poor ?? 0,
      critical: critical ?? 0,
      unknown: unknown ?? 0,
    },
  };
};

const topCampaigns = (rows: readonly Row[]) =>
  rows.flatMap(({ kind, id, sent, delivered, replied }) =>
    kind !== 'campaign' || id === null
      ? []
      : [
          {
            campaign_id: id,
            sent,
            delivered,
            replied,
            reply_rate: rateOf(replied, delivered, sent),
          },
        ],
  );

const leastHealthy = (rows: readonly Row[]) =>
  rows.flatMap(({ kind, id, health_score, sent, bounced }) =>
    kind !== 'mailbox' || id === null || health_score === null
      ? []
      : [{ mailbox_id: id, health_score, sent, bounced, bounce_rate: rateOf(bounced, sent, sent) }],
  );

/** Everything a tenant did over a range, and the figures of the range before when compared. */
export const overviewOf = async (session: Session, ask: OverviewAsk & Compared) => {
  const read = async (range: Asked) => {
    const rows = await session.query(overview, { tenantId: ask.tenantId, range });
    return { rows, stamps: stampsOf(oneOf(rows, 'emails')) };
  };
  const { rows, stamps } = await read(ask.range);
  const previous = async () => {
    const earlier = await read(before(stamps.range));
    return { previous: { range: earlier.stamps.range, ...figures(earlier.rows) } };
  };
  return {
    body: {
      data: {
        ...figures(rows),
        top_campaigns: topCampaigns(rows),
        least_healthy_mailboxes: leastHealthy(rows),
      },
      ...(ask.compare ? await previous() : {}),
    },
    ...stamps,
  };
};

/** All e-mails of a tenant, bucket by bucket. */
export const overviewSeriesOf = (session: Session, ask: Omit<SeriesAsk, 'entity'> & Compared) =>
  readSeries(
    (each: SeriesAsk) => session.query(campaignSeries, each),
    { ...ask, entity: null },
    {
      figures: emailFigures,
      missing: () => new Failure('missing', 'not-found', 'a tenant always has a series'),
    },
  );
