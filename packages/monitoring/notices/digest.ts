import { announce, type Plan } from './plan.ts';
import type { Scene, SceneAlert, SceneRule } from './scene.ts';

/** How often each rule may still tell in the hour that ends now; null tells as often as it likes. */
export type Allowances = Map<string, number>;

/** What the rules of a tenant are allowed before anything is told. */
export const allowancesOf = ({ rules }: Scene): Allowances =>
  new Map(
    rules.map((rule) => [
      rule.id,
      rule.most_per_hour === null ? Infinity : rule.most_per_hour - rule.told_this_hour,
    ]),
  );

// A rule that may tell nothing by itself still tells a digest an hour, or its alerts would be lost.
const mayDigest = ({ most_per_hour: most, told_this_hour: told }: SceneRule): boolean =>
  most === null || told < Math.max(1, most);

const noteOf = (rule: SceneRule, firing: number): string => {
  const held = firing + rule.held_ended.length;
  const rate =
    rule.most_per_hour === null
      ? 'told too often'
      : `tells ${rule.most_per_hour} times an hour at most`;
  const were = held === 1 ? '1 alert was' : `${held} alerts were`;
  return `${were} held back, because the rule ${rule.name} ${rate}. Still firing: ${firing}`;
};

/**
 * Tells one digest of each rule that held alerts back and may tell again: how many they were, and which still fire. These
 * are active from now on; muted ones wait on. Returns the ids of alerts that are told, and takes from the allowances.
 */
export const digests = (scene: Scene, plan: Plan, allowances: Allowances): Set<string> => {
  const held = new Map<string, SceneAlert[]>();
  for (const alert of scene.alerts)
    if (alert.isOpen && alert.isOverRate && alert.mutes.length === 0)
      held.set(alert.rule.id, [...(held.get(alert.rule.id) ?? []), alert]);
  const told = new Set<string>();
  for (const rule of scene.rules) {
    const firing = held.get(rule.id) ?? [];
    if (firing.length + rule.held_ended.length === 0 || !mayDigest(rule)) continue;
    for (const { id } of firing) told.add(id);
    const { tenantId } = scene;
    const ids = [...firing.map(({ id }) => id), ...rule.held_ended];
    plan.released.push(...ids.map((id) => ({ tenantId, id })));
    allowances.set(rule.id, (allowances.get(rule.id) ?? 0) - 1);
    announce(plan, {
      tenantId,
      kind: 'digest',
      decision: `digest:${rule.id}:${plan.now.toISOString()}`,
      receiver: rule.receiver,
      template: rule.template,
      groupId: null,
      groupLabels: { rule: rule.id },
      alerts: firing.map((alert) => alert.told),
      news: new Set(),
      ruleIds: [rule.id],
      note: noteOf(rule, firing.length),
    });
  }
  return told;
};
