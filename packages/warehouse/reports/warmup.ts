import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import type { ListAsk, Range } from './ask.ts';
import { warmupFigures } from './figures.ts';
import { warmupLevels } from './health.sql.ts';
import { withLevels } from './health-level.ts';
import { listWarmups } from './list.sql.ts';
import { oneWarmup, type OneAsk } from './one.sql.ts';
import { readList, readOne, readSeries } from './reading.ts';
import { warmupSeries, type SeriesAsk } from './series.sql.ts';

type Compared = { readonly compare: boolean };
type Row = RowOf<typeof oneWarmup.columns>;
type Known = Pick<
  Row,
  | 'company_id'
  | 'health_score'
  | 'progress_percentage'
  | 'last_planned'
  | 'ramp_days'
  | 'first_day'
  | 'last_day'
>;

const known = (row: Known) => ({
  company_id: row.company_id,
  health_score: row.health_score,
  progress_percentage: row.progress_percentage,
  last_planned: row.last_planned,
  ramp_days: row.ramp_days,
  first_day: row.first_day,
  last_day: row.last_day,
});

const figures = (row: Parameters<typeof warmupFigures>[0] & Pick<Row, 'planned'>) => ({
  planned: row.planned,
  ...warmupFigures(row),
});

const missing = (mailboxId: string) => () =>
  new Failure(
    'missing',
    'not-found',
    `there is no warm-up of a mailbox "${mailboxId}"; GET /v1/warmups lists those that have messages`,
  );

/** A page of mailboxes with warm-up messages in a range. */
export const warmupList = (session: Session, ask: ListAsk & Compared) =>
  readList((each: ListAsk) => session.query(listWarmups, each), ask, {
    idsOf: ({ mailbox_id }) => [mailbox_id],
    data: (row) => ({ mailbox_id: row.mailbox_id, ...known(row), ...figures(row) }),
    figures,
  });

/** The warm-up of one mailbox in a range and over its life; fails with `not-found`. */
export const warmupOf = (
  session: Session,
  mailboxId: string,
  ask: Omit<OneAsk, 'entity'> & Compared,
) =>
  readOne(
    (each: OneAsk) => session.query(oneWarmup, each),
    { ...ask, entity: [mailboxId] },
    {
      data: (row) => ({ mailbox_id: mailboxId, ...known(row) }),
      figures,
      missing: missing(mailboxId),
    },
  );

const unscored = { health_score: null, progress_percentage: null } as const;

/** A warm-up bucket by bucket, each with the score and progress of its last day with messages; fails with `not-found`. */
export const warmupSeriesOf = async (
  session: Session,
  mailboxId: string,
  ask: Omit<SeriesAsk, 'entity'> & Compared,
) => {
  const { body, ...stamps } = await readSeries(
    (each: SeriesAsk) => session.query(warmupSeries, each),
    { ...ask, entity: [mailboxId] },
    { figures, missing: missing(mailboxId) },
  );
  const { tenantId, interval } = ask;
  const levels = async ({ from, to }: Range) =>
    session.query(warmupLevels, { tenantId, mailboxId, interval, from, to });
  return { body: await withLevels(body, stamps.range, levels, unscored), ...stamps };
};
