import type { Day } from '@rookery/kernel/day';

/** Days that are asked for, UTC, half-open. */
export type Days = { readonly from: Day; readonly to: Day };

/** One figure of one tenant and UTC day. */
export type Figure = {
  readonly tenant_id: string;
  readonly day: Day;
  readonly metric: string;
  readonly value: number;
};

/** An aggregate that may come back into the warehouse: what it counts, and why it is durable. */
export type Aggregate = {
  readonly description: string;
  /** Which question of the seeds' checklist it answers with yes (seed 002 §5). */
  readonly promised: string;
  readonly event: string;
  readonly counts: 'events' | 'actors';
};

/**
 * The aggregates that may come back from product analytics (seed 002 §1.2 and §4: stable ones only). Another one is one
 * entry here; an event, a funnel or anything of one person is none.
 */
export const externalAggregates = {
  product_active_users: {
    description: 'People of a tenant who used the admin interface on a day.',
    promised: 'customers are shown how many of their seats are in use',
    // Not of views: those are sampled, and a sample counts too few people.
    event: 'admin_button_clicked',
    counts: 'actors',
  },
  plan_upgrades: {
    description: 'Upgrades of its plan that a tenant made on a day.',
    promised: 'revenue analytics, beside billing_analytics',
    event: 'business_upgrade',
    counts: 'events',
  },
} as const satisfies Readonly<Record<string, Aggregate>>;

/** The name of an aggregate that may come back. */
export type AggregateName = keyof typeof externalAggregates;

/** Their names. */
export const aggregateNames = Object.keys(externalAggregates).filter(
  (name): name is AggregateName => name in externalAggregates,
);

/** An external system that can be asked for an aggregate; throws where it cannot tell it whole. */
export type AggregateSource = {
  readonly name: string;
  readonly read: (metric: AggregateName, days: Days) => Promise<readonly Figure[]>;
};
