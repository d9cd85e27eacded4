import type { Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import type { emailSums } from '../reports/figures.ts';
import { campaignSums, mailboxSums, type DaysWanted } from './facts.sql.ts';
import { arraysOf, type MetricSample, type MetricSource, type Placed } from './want.ts';

type Sums = RowOf<typeof emailSums>;
type Figure = { readonly value: number; readonly samples: number };

const share = (events: number, base: number): Figure | null =>
  base === 0 ? null : { value: events / base, samples: base };

// Not rounded as reports are: a rule about complaints of 0.03 % has no use for four decimals.
const measures = {
  sent: (row: Sums) => ({ value: row.sent, samples: row.sent }),
  bounce_rate: (row: Sums) => share(row.bounced, row.sent),
  hard_bounce_rate: (row: Sums) => share(row.hard_bounced, row.sent),
  complaint_rate: (row: Sums) => share(row.spam_complaints, row.delivered),
  reply_rate: (row: Sums) => share(row.replied, row.delivered),
  open_rate: (row: Sums) => share(row.opened_human ?? row.opened_tracked, row.delivered),
  click_rate: (row: Sums) => share(row.clicked_tracked, row.delivered),
  unsubscribe_rate: (row: Sums) => share(row.unsubscribed, row.delivered),
} as const satisfies Record<string, (row: Sums) => Figure | null>;

type Measure = keyof typeof measures;
const isMeasure = (name: string): name is Measure => Object.hasOwn(measures, name);

const minutesPerDay = 1_440;

const wantedDays = (wants: readonly Placed[]): DaysWanted => ({
  ...arraysOf(wants),
  days: wants.map(({ windowMinutes }) => Math.max(1, Math.ceil(windowMinutes / minutesPerDay))),
  wholes: wants.map(({ metric }) => metric.startsWith('tenant.')),
});

type Row = { readonly wants: readonly number[] };

// A row answers all wants of its days: each takes its own figure of it.
const samplesOf = <R extends Row>(
  rows: readonly R[],
  byPlace: ReadonlyMap<number, Placed>,
  labelsOf: (row: R) => MetricSample['labels'],
  figureOf: (metric: string, row: R) => Figure | null,
): MetricSample[] =>
  rows.flatMap((row) => {
    const labels = labelsOf(row);
    return row.wants.flatMap((place) => {
      const want = byPlace.get(place);
      const figure = want === undefined ? null : figureOf(want.metric, row);
      if (want === undefined || figure === null) return [];
      return [{ want: place, labels, at: want.slot, ...figure }];
    });
  });

const afterDot = (metric: string): string => metric.slice(metric.indexOf('.') + 1);

const emailFigure = (metric: string, row: Sums): Figure | null => {
  const name = afterDot(metric);
  return isMeasure(name) ? measures[name](row) : null;
};

const entities = ['campaign', 'mailbox', 'tenant'];

const answers = (metric: string): boolean =>
  metric === 'mailbox.health_score' ||
  (entities.includes(metric.split('.')[0] ?? '') && isMeasure(afterDot(metric)));

const ofMailboxes = ({ metric }: Placed): boolean => metric.startsWith('mailbox.');

const readCampaigns = async (warehouse: Session, wants: readonly Placed[]) =>
  wants.length === 0 ? [] : warehouse.query(campaignSums, wantedDays(wants));

const readMailboxes = async (warehouse: Session, wants: readonly Placed[]) =>
  wants.length === 0 ? [] : warehouse.query(mailboxSums, wantedDays(wants));

/**
 * What the facts say of campaigns, mailboxes and tenants, with two statements. The slot says which days: facts are those
 * of now, and a day of which more became known since is judged by that.
 */
export const facts: MetricSource = {
  name: 'facts',
  answers,
  read: async (warehouse, wants) => {
    const placed = wants.map((want, place) => ({ ...want, place }));
    const byPlace = new Map(placed.map((want) => [want.place, want]));
    const campaigns = await readCampaigns(
      warehouse,
      placed.filter((want) => !ofMailboxes(want)),
    );
    const mailboxes = await readMailboxes(warehouse, placed.filter(ofMailboxes));
    return [
      ...samplesOf(
        campaigns,
        byPlace,
        ({ campaign_id }) => (campaign_id === null ? {} : { campaign_id }),
        emailFigure,
      ),
      ...samplesOf(
        mailboxes,
        byPlace,
        ({ mailbox_id }) => ({ mailbox_id }),
        (metric, row) => {
          if (metric !== 'mailbox.health_score') return emailFigure(metric, row);
          const { health_score, scored_emails } = row;
          return health_score === null
            ? null
            : { value: health_score, samples: scored_emails ?? 0 };
        },
      ),
    ];
  },
};
