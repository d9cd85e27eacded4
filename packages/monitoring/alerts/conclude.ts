import type { Session } from '@rookery/db/pool';
import { admitRules, claimRules, settleRules } from './claim.sql.ts';
import type { Due } from './due.ts';
import { judge, type Known } from './judge.ts';
import { labelsOf } from './labels.ts';
import { knownSeries } from './state.sql.ts';
import type { Edge } from './step.ts';
import { shareAlerts } from './turn.sql.ts';
import { writeOutcomes, type Found } from './write.ts';

const keyOf = (tenantId: string, id: string): string => JSON.stringify([tenantId, id]);

const keysOf = (dues: readonly Due[]) => ({
  tenants: dues.map(({ tenantId }) => tenantId),
  rules: dues.map(({ id }) => id),
});

const claim = async (tx: Session, dues: readonly Due[]) => {
  const first = dues.filter(({ isFirst }) => isFirst);
  if (first.length > 0) await tx.query(admitRules, keysOf(first));
  const claimed = await tx.query(claimRules, {
    ...keysOf(dues),
    slots: dues.map(({ slot }) => slot.toISOString()),
    revisions: dues.map(({ revision }) => revision),
  });
  const last = new Map(claimed.map((row) => [keyOf(row.tenant_id, row.alert_rule_id), row]));
  return dues.flatMap((due) => {
    const before = last.get(keyOf(due.tenantId, due.id));
    return before === undefined ? [] : [{ ...due, before }];
  });
};

type Claimed = Awaited<ReturnType<typeof claim>>[number];

const known = async (tx: Session, claimed: readonly Claimed[]) => {
  const rows = claimed.length === 0 ? [] : await tx.query(knownSeries, keysOf(claimed));
  const byRule = new Map<string, (Known & { readonly fingerprint: string })[]>();
  for (const row of rows) {
    const { state, active_at: activeAt, keep_since: keepSince } = row;
    const isStanding = (state === 'pending' || state === 'firing') && activeAt !== null;
    const key = keyOf(row.tenant_id, row.rule_id);
    const series = byRule.get(key) ?? [];
    series.push({
      labels: labelsOf(row.labels),
      fingerprint: row.fingerprint,
      standing: isStanding ? { state, activeAt, keepSince } : null,
      alert:
        row.alert_id === null
          ? null
          : {
              id: row.alert_id,
              value: row.alert_value ?? NaN,
              isShadow: row.is_shadow ?? false,
              metric: row.metric ?? '',
            },
    });
    byRule.set(key, series);
  }
  return byRule;
};

const settle = async (
  tx: Session,
  claimed: readonly Claimed[],
  series: ReadonlyMap<Claimed, number>,
) =>
  tx.query(settleRules, {
    ...keysOf(claimed),
    slots: claimed.map(({ rule, slot }) => (rule === null ? null : slot.toISOString())),
    revisions: claimed.map(({ revision }) => revision),
    series: claimed.map((one) => series.get(one) ?? 0),
    problems: claimed.map(({ problem }) => problem),
  });

/** Judges rules by their samples, for the first that comes for their slots, and writes what became of their series and alerts. */
export const conclude = async (
  tx: Session,
  dues: readonly Due[],
  { edge = 'exclusive' }: { readonly edge?: Edge },
) => {
  await tx.query(shareAlerts, null);
  const claimed = await claim(tx, dues);
  const sound = claimed.filter(({ rule }) => rule !== null);
  const byRule = await known(tx, sound);
  const series = new Map<Claimed, number>();
  const found: Found[] = [];
  for (const one of sound) {
    const { rule, slot, samples, before } = one;
    if (rule === null) continue;
    const isChanged = before.last_slot !== null && before.rule_revision !== rule.revision;
    const turn = { rule, slot, lastSlot: before.last_slot, isChanged, edge };
    const judged = judge(turn, samples, byRule.get(keyOf(rule.tenantId, rule.id)) ?? []);
    series.set(one, judged.series);
    for (const outcome of judged.outcomes) found.push({ rule, slot, outcome });
  }
  const { raised, resolved } = await writeOutcomes(tx, found);
  if (claimed.length > 0) await settle(tx, claimed, series);
  return {
    rules: sound.length,
    series: [...series.values()].reduce((sum, n) => sum + n, 0),
    raised,
    resolved,
  };
};
