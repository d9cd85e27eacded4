import { facts } from './facts.ts';
import { periods, runs } from './ledger.ts';
import { quotaUse, type ReadQuotas } from './quota.ts';
import type { MetricSource } from './want.ts';

/** What the warehouse tells those who watch it; the quotas are told to it by who reads the source. */
export const warehouseSources = (readQuotas: ReadQuotas): readonly MetricSource[] => [
  facts,
  periods,
  quotaUse(readQuotas),
  runs,
];
