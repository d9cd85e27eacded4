import { isDay, isZone } from '@rookery/kernel/day';
import { contract } from './contract.ts';

/** One column of a CSV file: whether the header must name it, and what its values may be. */
export type Field = {
  readonly name: string;
  readonly column: 'required' | 'optional';
  /** Why an empty value is refused; undefined when it means NULL. */
  readonly whenEmpty: string | undefined;
  /** Why a value is refused; undefined when it is fine. */
  readonly check: (text: string) => string | undefined;
};

/** The columns of a kind of file; the first one is its key. */
export type Format = readonly [Field, ...Field[]];

const timestamp =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-5])(:?[0-5]\d)?)$/;

// Files name few days over and over: 292,214 timestamps of a real one lie on 146 days.
const knownDays = new Map<string, boolean>();
const isKnownDay = (text: string): boolean => {
  let known = knownDays.get(text);
  if (known === undefined) knownDays.set(text, (known = isDay(text)));
  return known;
};

const isInstant = (text: string): boolean => {
  const day = timestamp.exec(text)?.[1];
  return day !== undefined && isKnownDay(day);
};

const anything = (): undefined => undefined;
const instant = (text: string): string | undefined =>
  isInstant(text) ? undefined : 'is not a timestamp with a zone; write it as 2025-02-01T09:30:00Z';
const oneOf =
  (...values: readonly string[]) =>
  (text: string): string | undefined =>
    values.includes(text) ? undefined : `is not one of ${values.join(', ')}`;
const zone = (text: string): string | undefined =>
  isZone(text) ? undefined : 'is not an IANA time zone such as Europe/Berlin';
const anchor = (text: string): string | undefined =>
  /^([1-9]|[12]\d|3[01])$/.test(text) ? undefined : 'is not a day of the month, 1 to 31';

const required = (name: string, check: Field['check'] = anything): Field => ({
  name,
  column: 'required',
  whenEmpty: 'it is empty',
  check,
});
const nullable = (name: string, check: Field['check'] = anything): Field => ({
  name,
  column: 'required',
  whenEmpty: undefined,
  check,
});
const optional = (name: string, check: Field['check'] = anything): Field => ({
  ...nullable(name, check),
  column: 'optional',
});

/** A file of e-mails. `updated_at` may be there but is not kept: the import stamps what it changes. */
export const emailsFormat = [
  required('email_id'),
  required('tenant_id'),
  required('company_id'),
  required('campaign_id'),
  required('step_id'),
  required('mailbox_id'),
  required('lead_id'),
  required('status'),
  nullable('sent_at', instant),
  nullable('delivered_at', instant),
  nullable('opened', instant),
  nullable('clicked', instant),
  nullable('replied', instant),
  nullable('bounce_type', oneOf('hard', 'soft')),
  nullable('unsubscribed', instant),
  nullable('complaint', instant),
  optional('open_kind', oneOf('human', 'machine')),
  optional('reply_kind', oneOf('human', 'automatic')),
  optional('updated_at', instant),
] as const satisfies Format;

/** A file of tenants. */
export const tenantsFormat = [
  required('tenant_id'),
  optional('name'),
  required('timezone', zone),
  optional('billing_anchor', anchor),
] as const satisfies Format;

const events = [
  'delivered_at',
  'opened',
  'clicked',
  'replied',
  'unsubscribed',
  'complaint',
] as const;
const emailColumns = Object.keys(contract.emails);
const eventPositions = events.map((name) => ({ name, position: emailColumns.indexOf(name) }));
const sentPosition = emailColumns.indexOf('sent_at');

/** What is odd about an e-mail that can still be taken: an event before its sending, or without one. */
export const oddity = (
  columns: readonly (readonly (string | null)[])[],
  row: number,
): string | undefined => {
  const sentAt = columns[sentPosition]?.[row] ?? null;
  for (const { name, position } of eventPositions) {
    const at = columns[position]?.[row] ?? null;
    if (at === null) continue;
    if (sentAt === null) return `column ${name}: the e-mail was never sent`;
    if (Date.parse(at) < Date.parse(sentAt))
      return `column ${name}: ${at} is before sent_at ${sentAt}`;
  }
  return undefined;
};
