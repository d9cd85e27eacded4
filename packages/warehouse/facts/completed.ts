import type { Aggregated } from './aggregate.ts';

/** The event that announces replaced cells on the bus: `aggregation.completed` from `rookery.warehouse`. */
export const completed = ({ stale, ...done }: Aggregated) => ({
  source: 'rookery.warehouse',
  detailType: 'aggregation.completed',
  detail: { ...done, stale_leads: stale.length },
});
