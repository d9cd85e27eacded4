import { Failure } from '@rookery/kernel/failure';
import type { Rejection } from './admit.ts';
import { bodyWith, partsOf, type Judge, type Queued } from './opened.ts';
import { platformTenant } from './plan/category.ts';
import { sinkNames, type SinkName } from './sink.ts';

/** A rejection with what its row tells beside it. */
export type Counted = Omit<Rejection, 'tenantId'> & {
  readonly tenantId: string;
  readonly door: 'http' | 'bus';
  readonly receivedAt: Date;
};

/** What a batch is routed with: the judge of events, the way to each sink's queue, and where rejections are counted. */
export type Routing = {
  readonly judge: Judge;
  readonly send: (sink: SinkName, bodies: readonly string[]) => Promise<void>;
  /** Counts each once, however often it is told; returns how many were new. */
  readonly count: (rejections: readonly Counted[]) => Promise<number>;
};

/** Some events of a message for the dead letters, with the reason. */
export type Letter = {
  readonly messageId: string;
  readonly failure: Failure;
  readonly body: string;
};

/** What became of a batch: all of it was routed or is to be buried. */
export type Routed = {
  readonly unit: {
    readonly unit: string;
    readonly rows: number;
    readonly rejected: number;
    readonly counted: number;
  };
  readonly retry: readonly string[];
  readonly dead: readonly Letter[];
};

type Opened = {
  readonly queued: Queued;
  readonly wanted: ReadonlyMap<SinkName, readonly unknown[]>;
  readonly rejected: readonly { readonly raw: unknown; readonly why: Rejection }[];
  readonly admitted: number;
};

const open = (queued: Queued, judge: Judge): Opened => {
  const parts = partsOf(queued, judge);
  const rejected = parts.flatMap(({ raw, admission }) =>
    'rejected' in admission ? [{ raw, why: admission.rejected }] : [],
  );
  const of = (sink: SinkName): readonly unknown[] =>
    parts.flatMap(({ raw, admission }) =>
      'envelope' in admission && admission.sinks.includes(sink) ? [raw] : [],
    );
  const wanted = new Map(sinkNames.map((sink) => [sink, of(sink)] as const));
  return { queued, wanted, rejected, admitted: parts.length - rejected.length };
};

const arrivalOf = ({ message, sentAt }: Queued): Pick<Counted, 'door' | 'receivedAt'> => {
  if ('bus' in message) return { door: 'bus', receivedAt: sentAt };
  return { door: message.door, receivedAt: new Date(message.received_at) };
};

// A letter a code: what the plan was corrected for can be told from the rest before it is sent again.
const lettersOf = ({ queued, rejected }: Opened): Letter[] =>
  [...Map.groupBy(rejected, ({ why }) => why.code)].map(([code, some]) => {
    const [{ why } = { why: { event: null, reason: '' } }] = some;
    const more = some.length > 1 ? ` (and ${some.length - 1} more)` : '';
    const reason = `${why.event ?? 'an event without a name'}: ${why.reason}${more}`;
    const failure = new Failure('invalid', code, reason);
    const raws = some.map(({ raw }) => raw);
    return { messageId: queued.messageId, failure, body: bodyWith(queued, raws) };
  });

/**
 * Routes a batch of the queue `events`: what the plan takes goes to the queues of its sinks, what it does not is counted,
 * once however often it comes, and returned for the dead letters. A batch that fails may be routed again: sinks know events
 * again, and rejections are known by their ids.
 */
export const routeBatch = async (
  { judge, send, count }: Routing,
  batch: readonly Queued[],
): Promise<Routed> => {
  const opened = batch.map((queued) => open(queued, judge));
  const counted = await count(
    opened.flatMap(({ queued, rejected }) =>
      rejected.map(({ why }) => ({
        ...why,
        tenantId: why.tenantId ?? platformTenant,
        ...arrivalOf(queued),
      })),
    ),
  );
  for (const sink of sinkNames) {
    const bodies = opened.flatMap(({ queued, wanted }) => {
      const events = wanted.get(sink) ?? [];
      return events.length === 0 ? [] : [bodyWith(queued, events)];
    });
    await send(sink, bodies);
  }
  const rejected = opened.reduce((sum, one) => sum + one.rejected.length, 0);
  const rows = opened.reduce((sum, one) => sum + one.admitted, 0);
  return {
    unit: { unit: 'events', rows, rejected, counted },
    retry: [],
    dead: opened.flatMap(lettersOf),
  };
};
