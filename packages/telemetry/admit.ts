import type { Door, Envelope } from './envelope.ts';
import {
  headFault,
  isName,
  propertiesFault,
  shapeFault,
  tenantFault,
  timeFault,
  unknownEvent,
  type Fault,
  type RejectionCode,
} from './faults.ts';
import { eventId, isSampledIn, namelessId, rejectionId } from './identity.ts';
import { isFields, jsonFault, type Fields } from './json.ts';
import type { Entry, Plan } from './plan/entry.ts';
import { plan } from './plan/plan.ts';
import { sinksOf } from './route.ts';
import type { SinkName } from './sink.ts';

export { rejectionCodes, type RejectionCode } from './faults.ts';

/** An event that was not taken: `reason` says what to change, `id` is the same whenever the same content comes. */
export type Rejection = {
  readonly id: string;
  readonly code: RejectionCode;
  /** At most 300 characters that every database takes. */
  readonly reason: string;
  /** Its name as it was sent, where it has one that could be a name. */
  readonly event: string | null;
  readonly tenantId: string | null;
};

/** What became of an event: an envelope and where it goes, nowhere when it was not sampled; or a rejection. */
export type Admission =
  | {
      readonly envelope: Envelope;
      readonly sinks: readonly SinkName[];
      readonly sampledOut: boolean;
    }
  | { readonly rejected: Rejection };

/** By whom, through which door and when an event came: nothing that the event says of itself. */
export type Arrival = {
  readonly tenantId: string;
  readonly door: Door;
  readonly receivedAt: Date;
};

const eventOf = (sent: unknown): string | null =>
  isFields(sent) && isName(sent['event']) ? sent['event'] : null;

const mostReason = 300;

// What was sent may be quoted in a reason, and a reason is a column and an answer.
const readable = (reason: string): string =>
  reason.slice(0, mostReason).replaceAll(/[\p{Cc}\p{Cs}]/gu, '�');

const rejectedFor = (
  { code, reason }: Fault,
  of: { readonly event: string | null; readonly tenantId: string | null; readonly sent: unknown },
): Admission => ({
  rejected: {
    id: rejectionId(of.tenantId, of.sent),
    code,
    reason: readable(reason),
    event: of.event,
    tenantId: of.tenantId,
  },
});

const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined));

const shareOf = (entry: Entry): number => (entry.nature === 'behaviour' ? (entry.sample ?? 1) : 1);

const admitted = (
  { sent, event, properties }: { sent: Fields; event: string; properties: Fields },
  entry: Entry,
  { tenantId, receivedAt }: Arrival,
): Admission => {
  const { id: sentId, time, actor } = sent;
  const id =
    typeof sentId === 'string'
      ? eventId(tenantId, event, sentId)
      : namelessId(tenantId, sent, receivedAt);
  const share = shareOf(entry);
  const sampledOut = !isSampledIn(id, share);
  const envelope: Envelope = {
    id,
    event,
    version: entry.version,
    tenant_id: tenantId,
    actor: typeof actor === 'string' ? actor : null,
    time: (typeof time === 'string' ? new Date(time) : receivedAt).toISOString(),
    // How many each stands for is told along: who counts multiplies by its inverse.
    properties: share < 1 ? { ...properties, sample_rate: share } : properties,
  };
  return { envelope, sinks: sampledOut ? [] : sinksOf(entry), sampledOut };
};

const judged = (sent: unknown, arrival: Arrival, known: Plan): Fault | Admission => {
  const shape = shapeFault(sent);
  if (shape !== undefined) return shape;
  const event = eventOf(sent);
  if (!isFields(sent) || event === null) return { code: 'event-malformed', reason: 'is no event' };
  // Not by its name alone: `constructor` is on every object.
  const entry = Object.hasOwn(known, event) ? known[event] : undefined;
  if (entry === undefined) return unknownEvent(event, known);
  const fault =
    tenantFault(arrival.tenantId, sent, event) ??
    headFault(sent, entry) ??
    timeFault(sent['time'], entry, arrival.receivedAt);
  if (fault !== undefined) return fault;
  const parsed = entry.properties.safeParse(
    sent['properties'] === undefined ? {} : sent['properties'],
  );
  if (!parsed.success) return propertiesFault(parsed.error);
  return admitted({ sent, event, properties: defined(parsed.data) }, entry, arrival);
};

/**
 * Holds an event against the tracking plan. Never throws for JSON, and says the same of the same event and arrival however
 * often it is asked. An event without `id` gets one that follows from its content and when it came, one without `time`
 * happened when it came.
 */
export const admitEvent = (sent: unknown, arrival: Arrival, known: Plan = plan): Admission => {
  const verdict = judged(sent, arrival, known);
  if (!('code' in verdict)) return verdict;
  const tenantId = isName(arrival.tenantId) ? arrival.tenantId : null;
  return rejectedFor(verdict, { event: eventOf(sent), tenantId, sent });
};

const longestMs = 28 * 86_400_000;

// When the bus took it, as long as a queue and its dead letters keep a message: what is read, sent on and replayed for weeks is
// judged as it was at first.
const tookAt = (time: unknown, readAt: Date): Date => {
  const at = typeof time === 'string' ? Date.parse(time) : NaN;
  const waitedMs = readAt.getTime() - at;
  return waitedMs >= 0 && waitedMs <= longestMs ? new Date(at) : readAt;
};

/**
 * Holds an event that came over the bus against the tracking plan, in the bus's own envelope: `detail-type` names it, `detail`
 * is a Sent with `tenant_id`. What its producer left out, `id` and `time`, are the bus's: the same at every delivery.
 */
export const admitBusEvent = (bus: unknown, readAt: Date, known: Plan = plan): Admission => {
  const whole: Fields = isFields(bus) ? bus : {};
  const { id, time, detail, 'detail-type': event } = whole;
  const fields: Fields = isFields(detail) ? detail : {};
  const { tenant_id: told } = fields;
  const about = {
    event: isName(event) ? event : null,
    tenantId: isName(told) ? told : null,
    sent: isFields(bus) ? { id, event, detail } : bus,
  };
  if (!isFields(detail) || detail['event'] !== undefined)
    return rejectedFor(
      { code: 'event-malformed', reason: 'detail is not {tenant_id, properties, …}' },
      about,
    );
  const fault = jsonFault(detail);
  if (fault !== undefined) return rejectedFor({ code: 'event-malformed', reason: fault }, about);
  if (told === undefined || told === null)
    return rejectedFor({ code: 'tenant-missing', reason: 'detail has no tenant_id' }, about);
  const sent = { id, time, ...defined(fields), event };
  const tenantId = typeof told === 'string' ? told : '';
  const arrival: Arrival = { tenantId, door: 'bus', receivedAt: tookAt(time, readAt) };
  const verdict = judged(sent, arrival, known);
  return 'code' in verdict ? rejectedFor(verdict, about) : verdict;
};
