import type { Session } from '@rookery/db/pool';

/** What tells a series from the others of its metric: `{"mailbox_id": "m1"}`. */
export type Labels = Readonly<Record<string, string>>;

/** The text a rule searches for in a metric of texts, and whether the samples with it are counted or those without. */
export type Search = { readonly pattern: string; readonly counts: 'with' | 'without' };

/** What is asked of one metric: all its series in a tenant, as they stood at a slot, measured over a window. */
export type Want = {
  readonly tenantId: string;
  readonly metric: string;
  /** The moment it is judged at; nothing that happened at or after it counts. */
  readonly slot: Date;
  readonly windowMinutes: number;
  /** How far back of the slot the newest value may lie, in seconds. */
  readonly lookbackSeconds: number;
  /** Only for metrics of texts. */
  readonly search: Search | null;
};

/**
 * The value of one series for a want, by its place in the list of wants. NaN and the infinities are values; a series
 * without a value has no sample. `samples` is how many things the value is made of: the denominator of a rate.
 */
export type Sample = {
  readonly want: number;
  readonly labels: Labels;
  /** When the value was measured: the end of its window, or of the newest part there is. */
  readonly at: Date;
  readonly value: number;
  readonly samples: number;
};

/** Answers wants of the metrics it knows, however many there are, with a constant number of statements. */
export type Source = {
  readonly name: string;
  readonly answers: (metric: string) => boolean;
  readonly read: (warehouse: Session, wants: readonly Want[]) => Promise<readonly Sample[]>;
};
