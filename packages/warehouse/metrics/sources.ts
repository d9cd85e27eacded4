import { facts } from './facts.ts';
import { periods, runs } from './ledger.ts';
import type { MetricSource } from './want.ts';

/** What the warehouse tells those who watch it. */
export const warehouseSources: readonly MetricSource[] = [facts, periods, runs];
