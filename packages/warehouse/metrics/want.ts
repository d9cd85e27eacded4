import type { Session } from '@rookery/db/pool';

/** What is asked of one metric: all its series in a tenant, as they stood at a slot, over whole local days up to it. */
export type MetricWant = {
  readonly tenantId: string;
  readonly metric: string;
  readonly slot: Date;
  readonly windowMinutes: number;
};

/** The value of one series for a want, by its place in the list; `samples` is the base of a rate. */
export type MetricSample = {
  readonly want: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: Date;
  readonly value: number;
  readonly samples: number;
};

/** Answers wants of the metrics it knows, however many there are, with a constant number of statements. */
export type MetricSource = {
  readonly name: string;
  readonly answers: (metric: string) => boolean;
  readonly read: (
    warehouse: Session,
    wants: readonly MetricWant[],
  ) => Promise<readonly MetricSample[]>;
};

/** A want with its place in the list. */
export type Placed = MetricWant & { readonly place: number };

/** Wants as arrays of equal length, which a statement unnests. */
export type WantArrays = {
  readonly places: readonly number[];
  readonly tenants: readonly string[];
  readonly slots: readonly string[];
};

/** The arrays of wants. */
export const arraysOf = (wants: readonly Placed[]): WantArrays => ({
  places: wants.map(({ place }) => place),
  tenants: wants.map(({ tenantId }) => tenantId),
  slots: wants.map(({ slot }) => slot.toISOString()),
});

/** Wants for the example of a statement. */
export const exampleWants: WantArrays = {
  places: [0],
  tenants: ['nobody'],
  slots: ['2025-03-10T12:00:00Z'],
};
