import { ruleOf } from '@rookery/monitoring/alerts/load';
import type { RuleFields } from '@rookery/monitoring/alerts/rule-change';
import type { Rule } from '@rookery/monitoring/alerts/rule';
import type { Source } from '@rookery/monitoring/alerts/sample';
import { slotsBetween } from '@rookery/monitoring/alerts/backtest';

/** A rule to replay, out of the fields that people set. */
export const ruleToReplay = (
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
  fields: RuleFields,
): Rule =>
  ruleOf({
    tenant_id: tenantId,
    id,
    metric_name: fields.metric_name,
    operator: fields.comparison_operator,
    threshold: fields.threshold,
    recovery_threshold: fields.recovery_threshold,
    min_samples: fields.min_samples,
    no_data_state: fields.no_data_state,
    for_seconds: fields.duration_minutes * 60,
    keep_firing_seconds: fields.keep_firing_minutes * 60,
    evaluation_interval: fields.evaluation_interval,
    lookback_seconds: fields.lookback_seconds,
    window_minutes: fields.window_minutes,
    scope: fields.scope,
    is_shadow: fields.status === 'testing',
    revision: 0,
  });

/** How many slots of a replay had any value, and the first and the last that had. */
export type Seen = {
  readonly slots: number;
  readonly withValues: number;
  readonly first: Date | null;
  readonly last: Date | null;
};

/** Sources that remember which slots they had a value for: what is no longer kept looks like what never fired. */
export const watched = (sources: readonly Source[]) => {
  const slots = new Set<number>();
  const seeing = sources.map((source) => ({
    ...source,
    read: async (...[tx, wants]: Parameters<Source['read']>) => {
      const samples = await source.read(tx, wants);
      for (const { want } of samples) {
        const slot = wants[want]?.slot;
        if (slot !== undefined) slots.add(slot.getTime());
      }
      return samples;
    },
  }));
  const seen = (rule: Rule, from: Date, to: Date): Seen => {
    const all = [...slots].toSorted((a, b) => a - b);
    const [first] = all;
    const last = all.at(-1);
    return {
      slots: slotsBetween(rule, from, to).length,
      withValues: all.length,
      first: first === undefined ? null : new Date(first),
      last: last === undefined ? null : new Date(last),
    };
  };
  return { sources: seeing, seen };
};
