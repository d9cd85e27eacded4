import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import type { ListAsk, Range } from './ask.ts';
import { emailFigures } from './figures.ts';
import { mailboxLevels } from './health.sql.ts';
import { withLevels } from './health-level.ts';
import { listMailboxes } from './list.sql.ts';
import { oneMailbox, type OneAsk } from './one.sql.ts';
import { readList, readOne, readSeries } from './reading.ts';
import { mailboxSeries, type SeriesAsk } from './series.sql.ts';

type Compared = { readonly compare: boolean };
type Known = Pick<
  RowOf<typeof oneMailbox.columns>,
  | 'company_id'
  | 'domain_id'
  | 'health_score'
  | 'warmup_status'
  | 'campaign_status'
  | 'current_volume'
  | 'spf'
  | 'dkim'
  | 'dmarc'
  | 'first_day'
  | 'last_day'
>;

const known = (row: Known) => ({
  company_id: row.company_id,
  domain_id: row.domain_id,
  health_score: row.health_score,
  warmup_status: row.warmup_status,
  campaign_status: row.campaign_status,
  current_volume: row.current_volume,
  spf: row.spf,
  dkim: row.dkim,
  dmarc: row.dmarc,
  first_day: row.first_day,
  last_day: row.last_day,
});

const missing = (mailboxId: string) => () =>
  new Failure(
    'missing',
    'not-found',
    `there is no mailbox "${mailboxId}" with e-mails; GET /v1/mailboxes lists those that have some, GET /v1/warmups those that warm up`,
  );

/** A page of mailboxes with e-mails in a range. */
export const mailboxList = (session: Session, ask: ListAsk & Compared) =>
  readList((each: ListAsk) => session.query(listMailboxes, each), ask, {
    idsOf: ({ mailbox_id }) => [mailbox_id],
    data: (row) => ({ mailbox_id: row.mailbox_id, ...known(row), ...emailFigures(row) }),
    figures: emailFigures,
  });

/** One mailbox in a range and over its life; fails with `not-found`. */
export const mailboxOf = (
  session: Session,
  mailboxId: string,
  ask: Omit<OneAsk, 'entity'> & Compared,
) =>
  readOne(
    (each: OneAsk) => session.query(oneMailbox, each),
    { ...ask, entity: [mailboxId] },
    {
      data: (row) => ({ mailbox_id: mailboxId, ...known(row) }),
      figures: emailFigures,
      missing: missing(mailboxId),
    },
  );

const unscored = { health_score: null } as const;

/** A mailbox bucket by bucket, each with the score of its last day with e-mails; fails with `not-found`. */
export const mailboxSeriesOf = async (
  session: Session,
  mailboxId: string,
  ask: Omit<SeriesAsk, 'entity'> & Compared,
) => {
  const { body, ...stamps } = await readSeries(
    (each: SeriesAsk) => session.query(mailboxSeries, each),
    { ...ask, entity: [mailboxId] },
    { figures: emailFigures, missing: missing(mailboxId) },
  );
  const { tenantId, interval } = ask;
  const levels = async ({ from, to }: Range) =>
    session.query(mailboxLevels, { tenantId, mailboxId, interval, from, to });
  return { body: await withLevels(body, stamps.range, levels, unscored), ...stamps };
};
