import { addDays, dayAt, type Day } from '@rookery/kernel/day';
import type { CellsMessage } from '@rookery/warehouse/changes/message';
import { days } from './data.sql.ts';
import type { Line } from './line.ts';
import { hasDatabase, makeSource, openPlace, type Ground, type Place } from './place.ts';
import { look } from './work.ts';

/** What the questions of the bench are asked of: a source, its warehouse, and the work there is to do. */
export type Stage = {
  readonly ground: Ground;
  readonly place: Place;
  readonly emails: number;
  readonly repeats: number;
  readonly tenants: readonly string[];
  /** Every cell there is, as the first look queues them. */
  readonly all: readonly CellsMessage[];
  /** One day of every tenant: three days ago, when most opens have come in. */
  readonly day: Day;
  readonly ofDay: readonly CellsMessage[];
  readonly say: (progress: string) => void;
};

/** One question: what it does to the stage, and the lines it answers with. */
export type Question = (stage: Stage) => Promise<readonly Line[]>;

/** The messages for one day of every tenant. */
export const messagesOf = (tenants: readonly string[], day: Day): CellsMessage[] =>
  tenants.map((tenant) => ({
    kind: 'cells',
    tenant_id: tenant,
    days: [day],
    leads: [],
    reason: 'nightly',
  }));

/** Sets the stage: makes the source unless it was kept from before, and an empty warehouse that knows it. */
export const setStage = async (
  ground: Ground,
  emails: number,
  say: (progress: string) => void,
  from = 0,
): Promise<Stage> => {
  const source = `bench_source_${emails}_${from}`;
  if (!(await hasDatabase(ground, source))) await makeSource(ground, source, { emails, from }, say);
  const place = await openPlace(ground, source, `bench_warehouse_${from}`);
  const all = await look(place);
  const tenants = [...new Set(all.map((message) => message.tenant_id))];
  const day = addDays(dayAt(new Date(), 'UTC'), -3);
  say(`${source}: ${tenants.length} tenants, ${days - from} days, ${all.length} messages`);
  return {
    ground,
    place,
    emails,
    repeats: 3,
    tenants,
    all,
    day,
    ofDay: messagesOf(tenants, day),
    say,
  };
};
