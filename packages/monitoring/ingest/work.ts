import type * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { asciiJson } from '@rookery/kernel/text';
import type { IngestMessage, Sent } from './message.ts';
import type { Keyed, Rejected, StreamName } from './stream.ts';
import { take, type Place, type Taken } from './take.ts';
import { writers, type Items } from './writers.ts';

/** The schema of each stream's items: what it lets through is what the stream's writer takes. */
export type Schemas = { readonly [S in StreamName]: z.ZodType<Items[S]> };

// As long as a queue keeps a message. Keys are kept for longer: what was counted is known.
const oldestMs = 14 * 86_400_000;
const aheadMs = 600_000;

const receivedAt = ({ received_at }: IngestMessage, now: Date): Date => {
  const received = new Date(received_at);
  const ageMs = now.getTime() - received.getTime();
  if (ageMs <= oldestMs && ageMs >= -aheadMs) return received;
  throw new Failure(
    'invalid',
    'message-out-of-time',
    `received_at is ${received_at}: a message is taken for 14 days, as long as a queue keeps it, and from 10 minutes before`,
  );
};

const mostFaults = 5;

const faultsOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, mostFaults)
    .map(({ path, message }) => [path.map(String).join('.'), message].filter(Boolean).join(': '))
    .join('; ')
    .slice(0, 1_000);

type Judged<I> = { readonly good: readonly Keyed<I>[]; readonly bad: readonly Rejected[] };

const parse = <I>(schema: z.ZodType<I>, item: unknown): I | string => {
  try {
    const parsed = schema.safeParse(item);
    return parsed.success ? parsed.data : faultsOf(parsed.error);
  } catch (error) {
    // Deeper than the stack: JSON of a few hundred kilobytes may be nested a hundred thousand times.
    if (error instanceof RangeError) return 'is nested too deeply';
    throw error;
  }
};

const judge = <I>(schema: z.ZodType<I>, items: readonly Sent[]): Judged<I> => {
  const good: Keyed<I>[] = [];
  const bad: Rejected[] = [];
  for (const { key, item } of items) {
    const parsed = parse(schema, item);
    if (typeof parsed === 'string') bad.push({ key, reason: parsed });
    else good.push({ key, item: parsed });
  }
  return { good, bad };
};

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it tells that the schema and the writer are of one stream
const takeAs = async <S extends StreamName>(
  name: S,
  schemas: Schemas,
  place: Place,
  message: IngestMessage,
): Promise<Taken> => {
  const { good, bad } = judge<Items[S]>(schemas[name], message.items);
  const batch = {
    tenantId: message.tenant_id,
    receivedAt: receivedAt(message, place.now),
    items: good,
  };
  const taken = await take<Items[S]>(place, writers[name], batch);
  return { ...taken, rejected: [...bad, ...taken.rejected] };
};

// SQS refuses control characters and much else in attributes; a reason needs no more than this.
const printable = (text: string): string =>
  text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 1_000) || 'unknown';

/** A message for the dead letters, in its parts. */
export type DeadLetter = {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
};

// What is parsed at any depth is written to a certain one only. By now the good items are written: the failure has the
// message laid among the dead letters as it came, and sent again it is harmless.
const written = (body: IngestMessage, reason: string): string => {
  try {
    return asciiJson(body);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure('invalid', 'items-too-deep', reason, { cause: error });
  }
};

// The rejected items as a message of their own, which can be sent to the queue again once their fault is mended.
const deadLetters = (
  message: IngestMessage,
  rejected: readonly Rejected[],
  now: Date,
): DeadLetter[] => {
  if (rejected.length === 0) return [];
  const keys = new Set(rejected.map(({ key }) => key));
  const items = message.items.filter(({ key }) => keys.has(key));
  const reasons = rejected.map(({ key, reason }) => `${key.slice(0, 60)}: ${reason}`);
  const reason = printable(reasons.join(' | '));
  return [
    {
      body: written({ ...message, items }, reason),
      attributes: { reason, code: 'items-rejected', failed_at: now.toISOString() },
    },
  ];
};

/** What was done with a message: the unit of work, counting items, and what belongs to the dead letters. */
export type Worked = {
  readonly unit: {
    readonly tenant: string;
    readonly unit: string;
    readonly rows: number;
    readonly repeated: number;
    readonly rejected: number;
  };
  readonly dead: readonly DeadLetter[];
};

/**
 * Takes one message of the queue: its good items are written, each once, and the others come back as a message for the
 * dead letters, with the reasons. Fails with `message-out-of-time` when it was received more than 14 days ago or has yet to
 * be; nothing of it is written then. Fails with `items-too-deep`, with the good items written, when a rejected one cannot be
 * written as JSON again.
 */
export const takeMessage = async (
  schemas: Schemas,
  place: Place,
  message: IngestMessage,
): Promise<Worked> => {
  const { tenant_id: tenant, stream } = message;
  const { rows, repeated, rejected } = await takeAs(stream, schemas, place, message);
  return {
    unit: { tenant, unit: `ingest ${stream}`, rows, repeated, rejected: rejected.length },
    dead: deadLetters(message, rejected, place.now),
  };
};
