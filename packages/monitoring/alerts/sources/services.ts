import type { Session } from '@rookery/db/pool';
import { coversOf } from '../../health/window.sql.ts';
import { spansOf } from '../../health/window.ts';
import { windowsBetween } from '../../health/windows.ts';
import type { Sample, Source, Want } from '../sample.ts';
import { checkTexts, lastChecks, type ServicesWanted } from './services.sql.ts';
import {
  arraysOf,
  figure,
  labelled,
  placed,
  searchesOf,
  type Figure,
  type Placed,
} from './wanted.ts';

type Check = {
  readonly queue: string | null;
  readonly status: string;
  readonly response_time: number | null;
  readonly depth: number | null;
  readonly dead: number | null;
};

const ofChecks = {
  'service.down': (check) => figure(check.status === 'down' ? 1 : 0, 1),
  'service.response_time': (check) => figure(check.response_time, 1),
} as const satisfies Record<string, (check: Check) => Figure | null>;

const ofQueues = {
  'queue.depth': (check) => figure(check.depth, 1),
  'queue.dead': (check) => figure(check.dead, 1),
} as const satisfies Record<string, (check: Check) => Figure | null>;

type Figures = Readonly<Record<string, (check: Check) => Figure | null>>;

const sampleOf = (
  want: Want | undefined,
  row: Check & { readonly place: number; readonly service_id: string },
  figures: Figures,
): Sample[] => {
  const found = want === undefined ? null : (figures[want.metric]?.(row) ?? null);
  if (want === undefined || found === null) return [];
  const { place, service_id, queue } = row;
  const labels = labelled(figures === ofQueues ? { service_id, queue } : { service_id });
  return [{ want: place, labels, at: want.slot, ...found }];
};

// Times of maintenance are worked out by their cron expressions, which SQL does not know.
const wanted = async (warehouse: Session, wants: readonly Placed[]): Promise<ServicesWanted> => {
  const slots = wants.map(({ slot }) => slot.getTime());
  const from = new Date(slots.reduce((a, b) => Math.min(a, b)));
  const to = new Date(slots.reduce((a, b) => Math.max(a, b)) + 1);
  const windows = await windowsBetween(warehouse, from, to);
  return { ...arraysOf(wants), covers: coversOf(spansOf(windows, from, to)) };
};

const readLast =
  (figures: Figures): Source['read'] =>
  async (warehouse, wants) => {
    const asked = placed(wants).filter(({ metric }) => Object.hasOwn(figures, metric));
    if (asked.length === 0) return [];
    const rows = await warehouse.query(lastChecks, await wanted(warehouse, asked));
    return rows.flatMap((row) => sampleOf(wants[row.place], row, figures));
  };

const readTexts: Source['read'] = async (warehouse, wants) => {
  const asked = placed(wants).filter(({ metric }) => metric === 'service.status');
  if (asked.length === 0) return [];
  const rows = await warehouse.query(checkTexts, {
    ...(await wanted(warehouse, asked)),
    ...searchesOf(asked),
  });
  return rows.flatMap(({ place, service_id, matching, checks }) => {
    const want = wants[place];
    if (want === undefined) return [];
    return [
      { want: place, labels: { service_id }, at: want.slot, value: matching, samples: checks },
    ];
  });
};

/**
 * How services are, with two statements and the windows of maintenance: their last checks, and the texts of all in a window.
 */
export const services: Source = {
  name: 'services',
  answers: (metric) => metric === 'service.status' || Object.hasOwn(ofChecks, metric),
  read: async (warehouse, wants) => [
    ...(await readLast(ofChecks)(warehouse, wants)),
    ...(await readTexts(warehouse, wants)),
  ],
};

/** How full queues were when they were last checked, with one statement. */
export const queues: Source = {
  name: 'queues',
  answers: (metric) => Object.hasOwn(ofQueues, metric),
  read: readLast(ofQueues),
};
