import type { Matcher } from './matcher.ts';

/** The operators of the seed. contains and not-contains are for metrics of texts. */
export const operators = [
  'gt',
  'gte',
  'lt',
  'lte',
  'eq',
  'ne',
  'contains',
  'not-contains',
] as const;

/** One of them. */
export type Operator = (typeof operators)[number];

/** What the scope of a rule may say: which series it is for, and the text that a metric of texts is searched for. */
export type Scope = {
  readonly matchers?: readonly Matcher[];
  readonly pattern?: string;
};

/** What a series without a value counts as. */
export type NoData = 'ok' | 'alerting' | 'keep';

/** A rule as its evaluation needs it. */
export type Rule = {
  readonly tenantId: string;
  readonly id: string;
  readonly metric: string;
  readonly operator: Operator;
  readonly threshold: number;
  readonly recoveryThreshold: number | null;
  readonly minSamples: number;
  readonly noData: NoData;
  readonly forSeconds: number;
  readonly keepFiringSeconds: number;
  readonly intervalSeconds: number;
  readonly lookbackSeconds: number;
  readonly windowMinutes: number | null;
  readonly scope: Scope;
  readonly isShadow: boolean;
  readonly revision: number;
};
