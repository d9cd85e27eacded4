import type * as z from 'zod';
import type { Nature, SinkOf } from '../where.ts';

/** Who answers questions about an event, and is told when it stops. */
export type Owner = 'delivery' | 'growth' | 'platform' | 'security';

/** A value of an event as a metric: under which name, out of which property, in what unit, and how values add up. */
export type Metric<Field extends string = string> = {
  readonly name: string;
  readonly field: Field;
  readonly unit: 'count' | 'milliseconds' | 'percent';
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** Of a counter: the property that says how many of them failed. */
  readonly errors?: Field;
};

type Shape = z.core.$ZodLooseShape;
type Field<S> = keyof S & string;
type Properties<S extends Shape> = z.ZodObject<S, z.core.$strict>;

type Common<N extends Nature, S extends Shape> = {
  /** Which answer it gives to the checklist of `where.ts`: that decides which sinks it may have. */
  readonly nature: N;
  /** When it is sent, in one sentence. */
  readonly description: string;
  readonly owner: Owner;
  /** Counted up when properties change so that an older sender would be misread. */
  readonly version: number;
  readonly sinks: readonly [SinkOf<N>, ...SinkOf<N>[]];
  /** Properties about a person: they reach the security log alone. */
  readonly pii: readonly Field<S>[];
  readonly properties: Properties<S>;
  readonly example: z.input<Properties<S>>;
};

type Special<S extends Shape> = {
  /** Which share of them is kept, above 0 and at most 1: all, when left out. */
  readonly behaviour: { readonly sample?: number };
  readonly security: { readonly severity: 'info' | 'warning' | 'critical' };
  /** What the metrics sink makes of it, and the properties that tell its series apart: few values each. */
  readonly operations: {
    readonly metrics: readonly Metric<Field<S>>[];
    readonly labels: readonly Field<S>[];
  };
};

/** An event of a nature in the tracking plan. */
export type EntryOf<N extends Nature, S extends Shape = Shape> = Common<N, S> & Special<S>[N];

/** An event in the tracking plan: everything that is decided about it. */
export type Entry = { readonly [N in Nature]: EntryOf<N> }[Nature];

/** Events by name. */
export type Plan = Readonly<Record<string, Entry>>;

/** Holds an entry against its nature: a sink that is not meant for that does not compile. */
export const entry = <const N extends Nature, S extends Shape>(
  spec: EntryOf<N, S>,
): EntryOf<N, S> => spec;
