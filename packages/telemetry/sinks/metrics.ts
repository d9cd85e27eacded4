import type { Envelope } from '../envelope.ts';
import type { Plan } from '../plan/entry.ts';
import { plan } from '../plan/plan.ts';
import { shownTo } from '../route.ts';
import type { Refused, Sink } from '../sink.ts';
import { metricItem, type MetricItem } from './metric-item.ts';
import { metricLine } from './metric-line.ts';
import { faultOf, valuesOf, type MetricValue } from './metric-values.ts';

/** Where metrics go: the monitoring tier, and lines that CloudWatch makes metrics of. */
export type MetricPlaces = {
  /** Resolves when the monitoring tier has all items of a tenant; one that it has already counts no more. */
  readonly send: (tenantId: string, items: readonly MetricItem[]) => Promise<void>;
  readonly write: (lines: readonly object[]) => void;
  readonly stage: string;
};

type Measured = {
  readonly envelope: Envelope;
  readonly values: readonly MetricValue[];
  readonly fault: string | null;
};

/**
 * Events about the system as metrics. The monitoring tier counts each once, however often it is delivered; CloudWatch, which
 * knows no key, gets its lines after that: again only where the function ended between the two and its answer.
 */
export const metricsSink = ({ send, write, stage }: MetricPlaces, known: Plan = plan): Sink => {
  const measure = (event: Envelope): Measured => {
    const envelope = shownTo('metrics', event, known);
    const entry = known[envelope.event];
    const values = entry?.nature === 'operations' ? valuesOf(envelope, entry) : [];
    const fault =
      values.length === 0
        ? 'it tells no metric that the tracking plan names'
        : (values.map(faultOf).find((each) => each !== null) ?? null);
    return { envelope, values, fault };
  };
  return {
    name: 'metrics',
    deliver: async (events) => {
      const all = events.map(measure);
      const measured = all.filter(({ fault }) => fault === null);
      const byTenant = Map.groupBy(measured, ({ envelope }) => envelope.tenant_id);
      for (const [tenantId, some] of byTenant)
        await send(
          tenantId,
          some.flatMap(({ envelope, values }) => values.map((each) => metricItem(envelope, each))),
        );
      write(measured.map(({ envelope, values }) => metricLine(envelope, values, stage)));
      return all.flatMap(({ envelope: { id }, fault }): Refused[] =>
        fault === null ? [] : [{ id, permanent: true, reason: fault }],
      );
    },
  };
};
