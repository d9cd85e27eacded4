import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { StreamName } from './names.ts';
import { sentItems } from './streams.ts';

/** What became of one item at the door; `id` is what its sender calls it. */
export type Verdict = {
  readonly index: number;
  readonly id: string | null;
  readonly verdict: 'accepted' | 'rejected';
  readonly reason?: string;
};

/** An accepted item without its `id`, under the key for which it counts once. */
export type Accepted = { readonly key: string; readonly item: unknown };

/** What a request to the door is judged by: `keys` names it for the keys of items without an `id`. */
export type Docket = {
  readonly stream: StreamName;
  readonly receivedAt: Date;
  readonly keys: string;
};

/** The most one item may have as JSON, in bytes. It is thrice as long at most in ASCII: each fits into a message. */
const mostItemBytes = 262_144;

/**
 * How many days before its receipt an item may have happened. A day less than the worker takes by its own clock, so that what
 * was accepted may wait in the queue for a day; and the worker a day less than rows are kept as they came, those of metrics
 * for 7 days and the others for 30, so that nothing comes after its rollup was made.
 */
export const mostAgeDays = {
  'performance-metrics': 5,
  errors: 28,
  'audit-events': 28,
  'user-activity': 28,
  sessions: 28,
  'integration-events': 28,
} as const satisfies Record<StreamName, number>;

const msPerDay = 86_400_000;

/** How long after its receipt an item may say that it happened: clocks differ, the worker's, which allows 10 minutes, too. */
export const mostAheadMs = 540_000;

// Every stream has one of the two, under the name that its table has.
const timeOf = (item: object): unknown =>
  'time' in item ? item.time : 'occurred_at' in item ? item.occurred_at : undefined;

const outOfTime = (time: unknown, { stream, receivedAt }: Docket): string | undefined => {
  if (typeof time !== 'string') return undefined;
  const ageMs = receivedAt.getTime() - Date.parse(time);
  const days = mostAgeDays[stream];
  if (ageMs > days * msPerDay) return `time is more than ${days} days ago`;
  return ageMs < -mostAheadMs ? 'time is more than 9 minutes ahead' : undefined;
};

// A reason is read by people: of an item that is wrong throughout, the first faults.
const mostFaults = 5;
const mostReason = 200;

const faultsOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, mostFaults)
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.slice(0, mostFaults).join(', ')} is not known here`
        : [issue.path.map(String).join('.'), issue.message].filter(Boolean).join(': '),
    )
    .join('; ')
    // Names are the sender's, and the answer is kept for repeats: 500 reasons are 100 kB.
    .slice(0, mostReason)
    .toWellFormed();

const idOf = (item: unknown): string | null => {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
  return typeof id === 'string' ? id.slice(0, 200) : null;
};

const faultOf = (item: unknown, docket: Docket): string | undefined => {
  const bytes = Buffer.byteLength(JSON.stringify(item));
  if (bytes > mostItemBytes) return `has ${bytes} bytes and ${mostItemBytes} are the most`;
  const parsed = sentItems[docket.stream].safeParse(item);
  return parsed.success ? outOfTime(timeOf(parsed.data), docket) : faultsOf(parsed.error);
};

const withoutId = (item: unknown): unknown => {
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'id'));
};

// What is in an item belongs to its key: a request under an old name that brings other items is not taken for a repeat.
const madeKey = (item: unknown, index: number, { keys }: Docket): string =>
  `at:${keys}:${createHash('sha256').update(JSON.stringify(item)).digest('base64url')}#${index}`;

/**
 * Judges each item by itself: its size, the schema of its stream, its time, and that no other of the request has its `id`,
 * because under one key one item counts. Accepted items keep their order. Their keys are `id:` and the `id`, or for one
 * without an `id` begin with `at:` and follow from the name of the request, the item and its place.
 */
export const judged = (
  items: readonly unknown[],
  docket: Docket,
): { readonly verdicts: readonly Verdict[]; readonly accepted: readonly Accepted[] } => {
  const places = new Map<string, number>();
  const accepted: Accepted[] = [];
  const verdicts = items.map((item, index): Verdict => {
    const id = idOf(item);
    const first = id === null ? undefined : places.get(id);
    const reason =
      faultOf(item, docket) ?? (first === undefined ? undefined : `has the id of item ${first}`);
    if (reason !== undefined) return { index, id, verdict: 'rejected', reason };
    if (id !== null) places.set(id, index);
    const key = id === null ? madeKey(item, index, docket) : `id:${id}`;
    accepted.push({ key, item: withoutId(item) });
    return { index, id, verdict: 'accepted' };
  });
  return { verdicts, accepted };
};
