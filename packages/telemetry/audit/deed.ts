import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { isStorable } from '@rookery/kernel/text';
import { jsonFault } from '../json.ts';
import type { Action } from './action.ts';
import { actions, type ActionName } from './actions.ts';
import { payloadField } from './payload.ts';

const text = (width: number) =>
  z.string().min(1).max(width).refine(isStorable, 'holds a NUL or half of a surrogate pair');

// What stands where an anonymised event had its address.
const anonymised = 'anonymized@example.com';

// As wide as the stream `audit-events` takes them.
const said = z.strictObject({
  tenantId: text(200),
  actor: z.strictObject({
    id: text(50),
    email: text(255).refine((email) => email.toLowerCase() !== anonymised, 'is nobody any more'),
    role: text(50),
  }),
  resourceId: text(100),
  thing: text(100).optional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  reason: text(1_000).optional(),
  approval: z.strictObject({ by: text(50), reference: text(200).optional() }).optional(),
  failure: text(1_000).optional(),
  ip: z.union([z.ipv4(), z.ipv6()]),
  userAgent: text(1_000).optional(),
  id: text(50).optional(),
  at: z.date().optional(),
});

type Said = z.output<typeof said>;
type Values<N extends ActionName> = z.input<(typeof actions)[N]['values']>;

/** What is told of a high-risk action: who did it to what of which tenant, from where, and why. */
export type AuditDeed<N extends ActionName> = Omit<Said, 'thing' | 'before' | 'after'> & {
  /** The kind of thing, where the action has several; the first of them when not given. */
  readonly thing?: (typeof actions)[N]['things'][number];
  readonly before?: Values<N>;
  readonly after?: Values<N>;
};

/** An item of the stream `audit-events`, as `audit` writes it. */
export type AuditItem = Readonly<Record<string, unknown>>;

const refusal = (name: string, reason: string): Failure =>
  new Failure('invalid', 'audit-refused', `${name} cannot be audited so: ${reason}`);

const firstIssue = ({ issues: [issue] }: z.ZodError, place: string): string =>
  [[place, ...(issue?.path ?? [])].map(String).filter(Boolean).join('.'), issue?.message].join(
    ': ',
  );

const valuesOf = (name: ActionName, place: 'before' | 'after', given: unknown) => {
  if (given === undefined) return null;
  const fault = jsonFault(given);
  if (fault !== undefined) throw refusal(name, `${place} ${fault}`);
  const field = payloadField(given);
  if (field !== null)
    throw refusal(name, `leave "${field}" out of ${place}: the log keeps changes, no documents`);
  const values = actions[name].values.safeParse(given);
  if (!values.success) throw refusal(name, firstIssue(values.error, place));
  return values.data;
};

const without = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/**
 * A high-risk action as an item of the stream `audit-events`. Fails with `audit-refused` for what the stream or the log would
 * not take, so that it fails where it is written and not in a dead letter.
 */
export const itemOf = <N extends ActionName>(
  name: N,
  deed: AuditDeed<N>,
  { id, at }: { readonly id: string; readonly at: Date },
): AuditItem => {
  if (!Object.hasOwn(actions, name)) throw refusal(name, 'it is no high-risk action of the list');
  const parsed = said.safeParse(deed);
  if (!parsed.success) throw refusal(name, firstIssue(parsed.error, ''));
  const action: Action = actions[name];
  const { actor, resourceId, thing = action.things[0], reason, approval, ...rest } = parsed.data;
  if (!action.things.includes(thing))
    throw refusal(name, `it is done to ${action.things.join(' or ')}, not to ${thing}`);
  return {
    event_id: id,
    time: at.toISOString(),
    user_id: actor.id,
    user_email: actor.email,
    user_role: actor.role,
    action_type: action.deeds[0],
    resource_type: thing,
    resource_id: resourceId,
    description: `${action.description} (${name})`,
    before_data: valuesOf(name, 'before', rest.before),
    after_data: valuesOf(name, 'after', rest.after),
    outcome: rest.failure === undefined ? 'success' : 'failure',
    failure_reason: rest.failure ?? null,
    ip_address: rest.ip,
    user_agent: rest.userAgent ?? null,
    severity: rest.failure === undefined ? 'info' : 'warning',
    metadata: without({ action: name, reason, approval }),
  };
};
