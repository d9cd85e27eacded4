import * as z from 'zod';
import { isPlain } from '@rookery/kernel/text';
import { isFields, jsonFault, type Fields } from './json.ts';
import { nearNames } from './near.ts';
import { categoryOf, platformTenant } from './plan/category.ts';
import type { Entry, Plan } from './plan/entry.ts';

/** Why an event was not taken, as a word that stays. */
export const rejectionCodes = [
  'event-malformed',
  'event-too-large',
  'event-unknown',
  'version-unknown',
  'tenant-missing',
  'tenant-invalid',
  'tenant-foreign',
  'id-invalid',
  'actor-invalid',
  'time-invalid',
  'time-out-of-range',
  'properties-invalid',
] as const;

/** The name of a reason. */
export type RejectionCode = (typeof rejectionCodes)[number];

/** What is wrong with an event, and what to change. */
export type Fault = { readonly code: RejectionCode; readonly reason: string };

const mostBytes = 32_768;
const mostFaults = 5;
const mostAheadMs = 540_000;
const msPerDay = 86_400_000;

// As long as the stream that metrics end in takes them; others as long as an item of any stream may wait for its door.
const mostAgeDays = { behaviour: 28, security: 28, operations: 5 } as const;

const sentFields = new Set(['id', 'event', 'version', 'time', 'actor', 'properties', 'tenant_id']);

const instant = z.iso.datetime({ offset: true });

/** True for what may name something: 1 to 200 characters, without control characters and not only white space. */
export const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 200 && isPlain(value);

/** What is wrong with an event as JSON, whatever the plan says. */
export const shapeFault = (sent: unknown): Fault | undefined => {
  const fault = jsonFault(sent);
  if (fault !== undefined) return { code: 'event-malformed', reason: fault };
  const bytes = Buffer.byteLength(JSON.stringify(sent) ?? '');
  if (bytes > mostBytes)
    return { code: 'event-too-large', reason: `has ${bytes} bytes and ${mostBytes} are the most` };
  if (!isFields(sent)) return { code: 'event-malformed', reason: 'is no object' };
  const strange = Object.keys(sent).filter((name) => !sentFields.has(name));
  if (strange.length > 0)
    return {
      code: 'event-malformed',
      reason: `${strange.slice(0, mostFaults).join(', ')} is not known here: what an event tells belongs into properties`,
    };
  return isName(sent['event'])
    ? undefined
    : { code: 'event-malformed', reason: 'event is not the name of one' };
};

/** That the plan does not know an event, with the names that may have been meant. */
export const unknownEvent = (event: string, known: Plan): Fault => {
  const near = nearNames(event, Object.keys(known));
  const hint =
    near.length === 0
      ? 'see docs/events.md for those there are'
      : `did you mean ${near.join(' or ')}?`;
  return { code: 'event-unknown', reason: `${event} is not in the tracking plan: ${hint}` };
};

/** What is wrong with the tenant of an event. */
export const tenantFault = (tenantId: string, sent: Fields, event: string): Fault | undefined => {
  if (!isName(tenantId))
    return { code: 'tenant-invalid', reason: 'the tenant is not 1 to 200 plain characters' };
  const told = sent['tenant_id'];
  if (told !== undefined && told !== tenantId)
    return { code: 'tenant-foreign', reason: 'tenant_id is not the tenant of who sends it' };
  if (tenantId !== platformTenant || categoryOf(event)?.platform !== false) return undefined;
  return {
    code: 'tenant-missing',
    reason: `${event} happens to a customer: give its tenant in place of ${platformTenant}`,
  };
};

// An actor is shown where nothing about a person may be: at PostHog, by which it tells persons apart, and in the log.
const address = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;

/** What is wrong with id, actor or version. */
export const headFault = (sent: Fields, entry: Entry): Fault | undefined => {
  const { id, actor, version } = sent;
  if (id !== undefined && !isName(id))
    return {
      code: 'id-invalid',
      reason: 'id is not 1 to 200 characters without control characters',
    };
  if (actor !== undefined && actor !== null && !isName(actor))
    return {
      code: 'actor-invalid',
      reason: 'actor is not 1 to 200 characters without control characters',
    };
  if (typeof actor === 'string' && address.test(actor))
    return { code: 'actor-invalid', reason: 'actor is an e-mail address: give an opaque id' };
  return version === undefined || version === entry.version
    ? undefined
    : { code: 'version-unknown', reason: `version ${entry.version} is current, and taken alone` };
};

/** What is wrong with the time: an event may wait for its door, but not be older than what its sinks take. */
export const timeFault = (time: unknown, entry: Entry, receivedAt: Date): Fault | undefined => {
  if (time === undefined) return undefined;
  const parsed = instant.safeParse(time);
  if (!parsed.success)
    return { code: 'time-invalid', reason: 'time is not RFC 3339 with an offset' };
  const ageMs = receivedAt.getTime() - Date.parse(parsed.data);
  const days = mostAgeDays[entry.nature];
  if (ageMs > days * msPerDay)
    return { code: 'time-out-of-range', reason: `time is more than ${days} days ago` };
  return ageMs < -mostAheadMs
    ? { code: 'time-out-of-range', reason: 'time is more than 9 minutes ahead' }
    : undefined;
};

/** What is wrong with properties: the first faults. */
export const propertiesFault = ({ issues }: z.ZodError): Fault => ({
  code: 'properties-invalid',
  reason: issues
    .slice(0, mostFaults)
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.slice(0, mostFaults).join(', ')} is not known here`
        : [issue.path.map(String).join('.'), issue.message].filter(Boolean).join(': '),
    )
    .join('; '),
});
