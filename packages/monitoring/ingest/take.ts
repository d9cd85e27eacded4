import { isMissingPartition } from '@rookery/db/fault';
import type { Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import type { Batch, Keyed, Rejected, StreamName, Write } from './stream.ts';
import { claimKeys, healPartitions, releaseKeys } from './take.sql.ts';

/**
 * A stream as the worker takes it: how its items are written, when each happened and how many days that may be ago, and its
 * partitioned table, if any.
 */
export type Stream<I> = {
  readonly name: StreamName;
  readonly table: string | null;
  readonly timeOf: (item: I) => Date;
  readonly mostAgeDays: number;
  readonly write: Write<I>;
};

/** Where items are written, as role `rookery_ingest`, and what time it is there. */
export type Place = {
  readonly ingest: Db;
  readonly now: Date;
  /** Told when partitions were missing and have been made. */
  readonly healed: (stream: StreamName, partitions: number) => void;
};

/** What became of a batch: rows written, items that had been counted before, and items that were refused. */
export type Taken = {
  readonly rows: number;
  readonly repeated: number;
  readonly rejected: readonly Rejected[];
};

const minuteMs = 60_000;
const dayMs = 86_400_000;
const newestMs = 10 * minuteMs;

// A message that waited is judged by the clock, a clock that is wrong by the message: whichever is stricter. The door allows
// a day and a minute less (packages/http/streams/judge.ts): what it accepted may wait for a day, and clocks may differ.
const untimely = (
  time: Date,
  mostAgeDays: number,
  { receivedAt }: { receivedAt: Date },
  now: Date,
): string | null => {
  const at = time.getTime();
  if (Number.isNaN(at)) return 'its time is no instant';
  if (at < Math.max(receivedAt.getTime(), now.getTime()) - mostAgeDays * dayMs)
    return `its time is more than ${mostAgeDays} days ago`;
  if (at > Math.min(receivedAt.getTime(), now.getTime()) + newestMs)
    return 'its time is more than 10 minutes ahead';
  return null;
};

const firstOfEach = <I>(items: readonly Keyed<I>[], claimed: ReadonlySet<string>): Keyed<I>[] => {
  const left = new Set(claimed);
  return items.filter(({ key }) => left.delete(key));
};

const once = <I>(place: Place, stream: Stream<I>, batch: Batch<I>): Promise<Taken> => {
  const { tenantId, receivedAt, items } = batch;
  return place.ingest.transaction(
    async (tx) => {
      const keys = [...new Set(items.map(({ key }) => key))];
      const claim = { tenantId, stream: stream.name, receivedAt, keys };
      const claimed = new Set((await tx.query(claimKeys, claim)).map(({ key }) => key));
      const fresh = firstOfEach(items, claimed);
      const repeated = items.length - fresh.length;
      if (fresh.length === 0) return { rows: 0, repeated, rejected: [] };
      const written = await stream.write(tx, { tenantId, receivedAt, items: fresh });
      const refused = written.rejected.map(({ key }) => key);
      if (refused.length > 0) await tx.query(releaseKeys, { ...claim, keys: refused });
      return { ...written, repeated };
    },
    { tenantId },
  );
};

const heal = async <I>(place: Place, { name, table, timeOf }: Stream<I>, batch: Batch<I>) => {
  if (table === null) return;
  const times = batch.items.map(({ item }) => timeOf(item).getTime());
  const span = { first: new Date(Math.min(...times)), last: new Date(Math.max(...times)) };
  const [done] = await place.ingest.query(healPartitions, { table, ...span });
  place.healed(name, done?.made ?? 0);
};

const healing = async <I>(place: Place, stream: Stream<I>, batch: Batch<I>): Promise<Taken> => {
  try {
    return await once(place, stream, batch);
  } catch (error) {
    if (!isMissingPartition(error)) throw error;
    await heal(place, stream, batch);
    return once(place, stream, batch);
  }
};

const isRefused = (error: unknown): error is Failure =>
  error instanceof Failure && error.code === 'data-refused';

// What the database refuses undoes its whole batch: halving finds the item, and keeps the others.
const sifting = async <I>(place: Place, stream: Stream<I>, batch: Batch<I>): Promise<Taken> => {
  const { items } = batch;
  const [first] = items;
  if (first === undefined) return { rows: 0, repeated: 0, rejected: [] };
  try {
    return await healing(place, stream, batch);
  } catch (error) {
    if (!isRefused(error)) throw error;
    if (items.length === 1)
      return { rows: 0, repeated: 0, rejected: [{ key: first.key, reason: error.message }] };
    const middle = Math.ceil(items.length / 2);
    const left = await sifting(place, stream, { ...batch, items: items.slice(0, middle) });
    const right = await sifting(place, stream, { ...batch, items: items.slice(middle) });
    return {
      rows: left.rows + right.rows,
      repeated: left.repeated + right.repeated,
      rejected: [...left.rejected, ...right.rejected],
    };
  }
};

/**
 * Writes each item of a batch once, however often, late or beside itself it is delivered, and returns those that can never
 * be written with the reason. One transaction, unless the database refuses an item. Missing partitions are made on the way.
 */
export const take = async <I>(place: Place, stream: Stream<I>, batch: Batch<I>): Promise<Taken> => {
  const judged = batch.items.map((keyed) => ({
    keyed,
    reason: untimely(stream.timeOf(keyed.item), stream.mostAgeDays, batch, place.now),
  }));
  const late = judged.flatMap(({ keyed: { key }, reason }) =>
    reason === null ? [] : [{ key, reason }],
  );
  const items = judged.filter(({ reason }) => reason === null).map(({ keyed }) => keyed);
  const taken = await sifting(place, stream, { ...batch, items });
  return { ...taken, rejected: [...late, ...taken.rejected] };
};
