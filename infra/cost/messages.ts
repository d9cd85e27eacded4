import type { QueueName } from '../topology.ts';
import { assumed } from './assumptions.ts';
import type { Blueprint } from './blueprint.ts';
import { firingsOfMonth } from './cadence.ts';
import type { Usage } from './stages.ts';

/** What a stage does in a month, from which the messages of each queue follow. */
export type Month = {
  readonly plan: Blueprint;
  readonly usage: Usage;
  /** How often each schedule fires there. */
  readonly firings: ReadonlyMap<string, number>;
};

/** The month of a stage: its firings are counted once, for nearly everything else asks for them. */
export const monthOf = (plan: Blueprint, usage: Usage): Month => ({
  plan,
  usage,
  firings: new Map(
    Object.entries(plan.schedules).map(([name, schedule]) => [
      name,
      firingsOfMonth(schedule.cadence[usage.kind]),
    ]),
  ),
});

/** How often a schedule of the topology fires in a month; one that is not there, never. */
export const firings = (month: Month, schedule: string): number => month.firings.get(schedule) ?? 0;

/** How many e-mails a tenant has a day. */
const cellEmails = ({ usage }: Month): number =>
  usage.tenants === 0 ? 0 : usage.emails / usage.tenants / assumed('monthDays');

/**
 * Messages that recount what changed since the last look: a tenant has one when at least one of its e-mails did. Changes are
 * spread evenly over the month, which makes more looks find something than working hours would.
 */
const changed = (month: Month): number => {
  const looks = firings(month, 'changes');
  const chances = looks * month.usage.tenants;
  if (chances === 0) return 0;
  const each = (month.usage.emails * assumed('updatesPerEmail')) / chances;
  return chances * (1 - Math.exp(-each));
};

const nightlyEmails = (month: Month): number => cellEmails(month) * assumed('nightlyDays');

const nightly = (month: Month): number =>
  firings(month, 'nightly') *
  month.usage.tenants *
  Math.max(assumed('nightlyMessages'), nightlyEmails(month) / assumed('emailsPerMessage'));

/** E-mails that are read again in a month to count their cells anew. */
export const recounted = (month: Month): number =>
  changed(month) * assumed('cellsPerMessage') * cellEmails(month) +
  firings(month, 'nightly') * month.usage.tenants * nightlyEmails(month);

const byBus = ({ usage }: Month): number => usage.events * assumed('busShare');

/** Requests that bring events over HTTP. */
export const doorRequests = (month: Month): number =>
  (month.usage.events - byBus(month)) / assumed('eventsPerRequest');

const sinks = 4;
const sunk = (month: Month): number =>
  (doorRequests(month) * assumed('messagesPerRequest') + byBus(month)) / sinks;

const services = ({ usage }: Month): number => usage.tenants * assumed('servicesPerTenant');
const servicesPerMessage = 250;

/** The messages of each queue in a month. A queue of the topology that has no line here does not compile. */
const messages = {
  aggregate: (month) => changed(month) + nightly(month),
  reconcile: (month) => firings(month, 'reconciliation') * month.usage.tenants,
  ingest: sunk,
  retention: (month) => firings(month, 'retention') * assumed('retentionUnits'),
  probe: (month) => firings(month, 'probes') * Math.ceil(services(month) / servicesPerMessage),
  notify: (month) =>
    firings(month, 'alerts') === 0 ? 0 : month.usage.tenants * assumed('noticesPerTenant'),
  events: byBus,
  posthog: sunk,
  siem: sunk,
  metrics: sunk,
  console: sunk,
} as const satisfies Record<QueueName, (month: Month) => number>;

const known: Readonly<Record<string, (month: Month) => number>> = messages;

/** How many messages a queue has in a month. */
export const messagesOf = (month: Month, queue: string): number => known[queue]?.(month) ?? 0;

/** Events that are put on the bus: each aggregation says that it is done, and others send theirs. */
export const busEvents = (month: Month): number => messagesOf(month, 'aggregate') + byBus(month);
