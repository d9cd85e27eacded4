import type { Labels } from './sample.ts';

/** How a matcher compares: equal, not equal, the whole value matches a pattern, or does not. */
export const matcherOps = ['=', '!=', '=~', '!~'] as const;

/** A condition on one label; a label that is not there has the empty value, as in Alertmanager. */
export type Matcher = {
  readonly label: string;
  readonly op: (typeof matcherOps)[number];
  readonly value: string;
};
