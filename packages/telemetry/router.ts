import { Failure, isPassing } from '@rookery/kernel/failure';
import { asciiJson } from '@rookery/kernel/text';
import type { Rejection } from './admit.ts';
import type { Envelope } from './envelope.ts';
import { packAdmitted } from './message.ts';
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

/** What became of a batch: messages that are named nowhere are done. `fault` is why those of `retry` are to come again. */
export type Routed = {
  readonly unit: {
    readonly unit: string;
    readonly rows: number;
    readonly rejected: number;
    readonly counted: number;
  };
  readonly retry: readonly string[];
  readonly dead: readonly Letter[];
  readonly fault?: unknown;
};

type Opened = {
  readonly queued: Queued;
  readonly wanted: ReadonlyMap<SinkName, readonly Envelope[]>;
  readonly rejected: readonly { readonly raw: unknown; readonly why: Rejection }[];
  readonly admitted: number;
  readonly isEarly: boolean;
};

const open = (queued: Queued, judge: Judge): Opened => {
  const parts = partsOf(queued, judge);
  const rejected = parts.flatMap(({ raw, admission }) =>
    'rejected' in admission ? [{ raw, why: admission.rejected }] : [],
  );
  const admitted = parts.flatMap(({ admission }) => ('envelope' in admission ? [admission] : []));
  const of = (sink: SinkName): readonly Envelope[] =>
    admitted.flatMap(({ envelope, sinks }) =>
      sinks.includes(sink) ? [judge.shown(sink, envelope)] : [],
    );
  const wanted = new Map(sinkNames.map((sink) => [sink, of(sink)] as const));
  const isEarly = parts.some(({ admission }) => 'early' in admission);
  return { queued, wanted, rejected, admitted: admitted.length, isEarly };
};

const arrivalOf = ({ message, sentAt }: Queued): Pick<Counted, 'door' | 'receivedAt'> => {
  if (!('events' in message)) return { door: 'bus', receivedAt: sentAt };
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

// Which messages a sink's queue did not take, and why: those that want nothing of it are none the worse for it.
const sendAll = async (send: Routing['send'], opened: readonly Opened[]) => {
  const unsent = new Set<Opened>();
  let fault: unknown;
  for (const sink of sinkNames) {
    const some = opened.filter(({ wanted }) => (wanted.get(sink) ?? []).length > 0);
    // A message for each that came, so that one that comes again is the same again.
    const bodies = some.flatMap(({ wanted }) => packAdmitted(wanted.get(sink) ?? []));
    try {
      await send(sink, bodies.map(asciiJson));
    } catch (error) {
      if (!isPassing(error)) throw error;
      fault ??= error;
      for (const each of some) unsent.add(each);
    }
  }
  return { unsent, fault };
};

/**
 * Routes a batch of the queue `events`: what the plan takes goes to the queues of its sinks, what it does not is counted,
 * once however often it comes, and returned for the dead letters. What fails may be routed again: sinks know events
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
  const { unsent, fault } = await sendAll(send, opened);
  const again = opened.filter((each) => each.isEarly || unsent.has(each));
  const rejected = opened.reduce((sum, one) => sum + one.rejected.length, 0);
  const rows = opened.reduce((sum, one) => sum + one.admitted, 0);
  return {
    unit: { unit: 'events', rows, rejected, counted },
    retry: again.map(({ queued }) => queued.messageId),
    dead: opened.filter((each) => !again.includes(each)).flatMap(lettersOf),
    fault,
  };
};
