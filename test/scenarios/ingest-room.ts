import { openDb, type Db } from '@rookery/db/pool';
import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { take, type Stream, type Taken } from '@rookery/monitoring/ingest/take';
import { openWorld, type World } from '../world/world.ts';

/** The clock of these tests: whenever they run, a little after noon UTC of the day, so that partitions exist. */
export const now = new Date(`${new Date().toISOString().slice(0, 10)}T12:07:30.000Z`);

/** An instant so many minutes before the clock of the tests. */
export const minutesAgo = (minutes: number): string =>
  new Date(now.getTime() - minutes * 60_000).toISOString();

/** A world with a worker in it. */
export type IngestRoom = {
  readonly world: World;
  readonly ingest: Db;
  /** What was healed, in order: stream and partitions. */
  readonly healed: [string, number][];
  /** Delivers items, by key, to the worker. */
  readonly deliver: <I>(
    stream: Stream<I>,
    tenantId: string,
    items: Readonly<Record<string, I>>,
    at?: Date,
  ) => Promise<Taken>;
  /** What is in a table, as JSON rows in order; columns as SQL writes them. */
  readonly rows: (columns: string, rest: string) => Promise<unknown[]>;
  readonly close: () => Promise<void>;
};

/** A question about tables of monitoring, each row of the answer as JSON. */
export const asked = (columns: string, rest: string) =>
  statement<null, { row: 'jsonb' }>({
    title: 'asked',
    on: 'warehouse',
    columns: { row: 'jsonb' },
    example: null,
    sql: () =>
      sql.raw(`select to_jsonb(r) as row from (select ${columns} from monitoring.${rest}) r`),
  });

/** Opens a room of its own. */
export const openIngestRoom = async (): Promise<IngestRoom> => {
  const world = await openWorld();
  const ingest = openDb({ url: world.url('rookery_ingest'), proxyPort: world.proxyPort, max: 8 });
  const healed: [string, number][] = [];
  return {
    world,
    ingest,
    healed,
    deliver: (stream, tenantId, items, at = now) =>
      take({ ingest, now: at, healed: (name, made) => void healed.push([name, made]) }, stream, {
        tenantId,
        receivedAt: at,
        items: Object.entries(items).map(([key, item]) => ({ key, item })),
      }),
    rows: async (columns, rest) =>
      (await world.ops.query(asked(columns, rest), null)).map(({ row }) => row),
    close: async () => {
      await ingest.close();
      await world.close();
    },
  };
};
