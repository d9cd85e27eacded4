import { categories, categoryOf } from './plan/category.ts';
import type { Plan } from './plan/entry.ts';
import { plan } from './plan/plan.ts';
import { sinksOf } from './route.ts';
import { sinkNames, type SinkName } from './sink.ts';

/** The `source` of what our producers put on the bus. */
export const busSource = 'penguinmails';

/** The `detail-type` of a record of the audit, whose `detail` is a message of the queue `ingest`. */
export const auditDetailType = 'audit_event';

type Matched = { readonly prefix: string } | { readonly 'anything-but': Prefixes };
type Prefixes = { readonly prefix: readonly string[] };

/** A rule of the bus, as the topology has them. */
export type BusRule = {
  readonly name: string;
  readonly pattern: {
    readonly source: readonly string[];
    readonly 'detail-type': readonly Matched[];
  };
  readonly queue: SinkName | 'events' | 'ingest';
  readonly only?: 'detail';
};

const source = [busSource];

/**
 * The rules of the bus that follow from the plan: one for every sink of a category, so that an event reaches its sinks without
 * a stop; `unplanned` for what no category has, and `audit` for the records of the audit. A name that is new within a
 * category comes to the category's sinks, which pass it on to the router: rules are laid with a deployment, and their number
 * is bounded (300 a bus), so none of them knows single events.
 */
export const busRules = (known: Plan = plan): BusRule[] => {
  const entries = Object.entries(known);
  const planned = categories.flatMap(({ name, prefix }) => {
    const sinks = new Set(
      entries.flatMap(([event, entry]) => (categoryOf(event)?.name === name ? sinksOf(entry) : [])),
    );
    return sinkNames
      .filter((sink) => sinks.has(sink))
      .map((sink) => ({
        name: `${name}-${sink}`,
        pattern: { source, 'detail-type': [{ prefix }] },
        queue: sink,
      }));
  });
  const taken = [...categories.map(({ prefix }) => prefix), auditDetailType];
  return [
    ...planned,
    {
      name: 'unplanned',
      pattern: { source, 'detail-type': [{ 'anything-but': { prefix: taken } }] },
      queue: 'events',
    },
    {
      name: 'audit',
      // By its beginning, as `unplanned` leaves it out: a name between the two would be lost; here ingest's dead letters have it.
      pattern: { source, 'detail-type': [{ prefix: auditDetailType }] },
      queue: 'ingest',
      only: 'detail',
    },
  ];
};
