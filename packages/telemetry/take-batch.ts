import { describe, Failure, isPassing } from '@rookery/kernel/failure';
import type { Envelope } from './envelope.ts';
import { bodyWith, openMessage, type Judge, type Opened, type Queued } from './opened.ts';
import type { Refused, Sink } from './sink.ts';

/** What a batch is taken with: the sink, the judge of events, and the way to the router, which keeps what is no event. */
export type Taking = {
  readonly sink: Sink;
  readonly judge: Judge;
  /** Resolves when the queue `events` has every one of these messages. */
  readonly forward: (messages: readonly { readonly body: string }[]) => Promise<void>;
};

/** A message that is given up, or the part of it that `body` holds. */
export type Given = {
  readonly messageId: string;
  readonly failure: Failure;
  readonly body: string;
};

/** What became of a batch: messages that are named nowhere are done. `fault` is why those of `retry` are to come again. */
export type TakenBatch = {
  readonly unit: {
    readonly unit: string;
    readonly rows: number;
    readonly elsewhere: number;
    readonly rejected: number;
  };
  readonly retry: readonly string[];
  readonly dead: readonly Given[];
  readonly fault?: unknown;
};

type Delivered = {
  readonly rows: number;
  readonly refused: ReadonlyMap<string, Refused>;
  readonly fault?: unknown;
};

// Each event once, however many of the messages hold it.
const deliverTogether = async (
  { sink }: Taking,
  opened: readonly Opened[],
  signal: AbortSignal,
): Promise<Delivered> => {
  const events = new Map<string, Envelope>();
  for (const { wanted } of opened)
    for (const { envelope } of wanted)
      if (!events.has(envelope.id)) events.set(envelope.id, envelope);
  const refused = new Map<string, Refused>();
  if (events.size === 0) return { rows: 0, refused };
  try {
    for (const each of await sink.deliver([...events.values()], signal)) {
      if (!events.has(each.id)) throw new Error(`${sink.name} refuses an event it was not given`);
      refused.set(each.id, each);
    }
  } catch (fault) {
    const reason = describe(fault);
    for (const id of events.keys()) refused.set(id, { id, permanent: false, reason });
    return { rows: 0, refused, fault };
  }
  const late = [...refused.values()].find(({ permanent }) => !permanent);
  const rows = events.size - refused.size;
  if (late === undefined) return { rows, refused };
  return { rows, refused, fault: new Failure('unavailable', 'events-delayed', late.reason) };
};

const deliver = async (
  taking: Taking,
  opened: readonly Opened[],
  signal: AbortSignal,
): Promise<Delivered> => {
  if (taking.sink.apart === undefined) return deliverTogether(taking, opened, signal);
  // Copies of one message are one: written beside each other they could be in each other's way.
  const alike = Map.groupBy(opened, ({ wanted }) =>
    wanted.map(({ envelope }) => envelope.id).join(),
  );
  const each = await Promise.all(
    [...alike.values()].map((some) => deliverTogether(taking, some, signal)),
  );
  return {
    rows: each.reduce((sum, { rows }) => sum + rows, 0),
    refused: new Map(each.flatMap(({ refused }) => [...refused])),
    fault: each.find(({ fault }) => fault !== undefined)?.fault,
  };
};

const earlyOf = (opened: readonly Opened[]): Failure | undefined => {
  const [first] = opened.flatMap(({ early }) => early);
  return first === undefined
    ? undefined
    : new Failure(
        'unavailable',
        'event-early',
        `${first.event} ${first.version} is not in the plan of this function: deploy the plan that has it`,
      );
};

// A reason is an attribute of the letter and a line of the log: for 500 events it would be 100 kB.
const mostReasons = 3;

const deadOf = ({ queued, wanted }: Opened, sink: Sink, refused: Delivered['refused']): Given[] => {
  const bad = wanted.filter(({ envelope }) => refused.has(envelope.id));
  if (bad.length === 0) return [];
  const reasons = bad
    .slice(0, mostReasons)
    .map(({ envelope: { id, event } }) => `${event} ${id}: ${refused.get(id)?.reason ?? ''}`);
  const more = bad.length > reasons.length ? ` (and ${bad.length - reasons.length} more)` : '';
  const why = `${sink.name}: ${reasons.join(' | ')}${more}`;
  const failure = new Failure('invalid', 'events-refused', why);
  const events = bad.map(({ raw }) => raw);
  return [{ messageId: queued.messageId, failure, body: bodyWith(queued, events) }];
};

// Why the events that are none could not be handed to the router; undefined when it has them.
const hand = async ({ forward }: Taking, opened: readonly Opened[]): Promise<unknown> => {
  const some = opened.filter(({ rejected }) => rejected.length > 0);
  if (some.length === 0) return undefined;
  const bodies = some.map(({ queued, rejected }) => ({
    body: bodyWith(
      queued,
      rejected.map(({ raw }) => raw),
    ),
  }));
  try {
    await forward(bodies);
    return undefined;
  } catch (fault) {
    if (isPassing(fault)) return fault;
    throw fault;
  }
};

/**
 * Delivers the events of a whole batch in one go, and says what becomes of each message. It comes again while one of its events
 * may still be taken; after that the events that the sink will never take are given up, with the reasons, and those that the
 * plan does not admit go to the router. Events meant for other sinks are none of this one's business, and those that a newer
 * plan than ours admitted wait for it: the router would send them back at once.
 */
export const takeBatch = async (
  taking: Taking,
  messages: readonly Queued[],
  signal: AbortSignal,
): Promise<TakenBatch> => {
  const opened = messages.map((queued) => openMessage(queued, taking.sink.name, taking.judge));
  const { rows, refused, fault } = await deliver(taking, opened, signal);
  const mayCome = ({ wanted, early }: Opened): boolean =>
    early.length > 0 ||
    wanted.some(({ envelope }) => refused.get(envelope.id)?.permanent === false);
  const settled = opened.filter((each) => !mayCome(each));
  const unheard = await hand(taking, settled);
  const done = settled.filter(({ rejected }) => unheard === undefined || rejected.length === 0);
  const retry = opened.filter((each) => !done.includes(each));
  return {
    unit: {
      unit: taking.sink.name,
      rows,
      elsewhere: opened.reduce((sum, each) => sum + each.elsewhere, 0),
      rejected: opened.reduce((sum, each) => sum + each.rejected.length, 0),
    },
    retry: retry.map(({ queued }) => queued.messageId),
    dead: done.flatMap((each) => deadOf(each, taking.sink, refused)),
    fault: fault ?? earlyOf(opened) ?? unheard,
  };
};
