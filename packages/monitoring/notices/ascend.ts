import { dueLevel, levelsOf, type Level } from './escalate.ts';
import { announce, type Plan } from './plan.ts';
import { hashOf, receiverOf } from './receiver.ts';
import type { Scene, SceneAlert, SceneClimb } from './scene.ts';

/** An alert that reached a level in a round. */
type Step = { readonly alert: SceneAlert; readonly round: number; readonly level: number };

const stepOf = (
  alert: SceneAlert,
  climb: SceneClimb | undefined,
  { levels, now }: { levels: readonly Level[]; now: Date },
): Step | null => {
  if (climb === undefined) return null;
  const { since, level, escalated_at: escalatedAt, round } = climb;
  const delayMinutes = alert.rule.escalation_delay;
  const due = dueLevel(levels, { since, level, escalatedAt, delayMinutes }, now);
  return due === null ? null : { alert, round, level: due };
};

const announceLevel = (scene: Scene, plan: Plan, level: Level, steps: readonly Step[]): void => {
  const [first] = steps;
  if (first === undefined) return;
  const { rule } = first.alert;
  const note = `nobody acknowledged: level ${first.level} of ${rule.policy_name ?? 'the policy'} is told`;
  for (const { alert, round } of steps)
    plan.escalated.push({
      tenantId: scene.tenantId,
      id: alert.id,
      level: first.level,
      round,
      note,
    });
  const who = hashOf(...steps.map(({ alert, round }) => `${alert.id}#${round}`).toSorted());
  announce(plan, {
    tenantId: scene.tenantId,
    kind: 'escalation',
    decision: `escalation:${rule.id}:${first.level}:${who}`,
    receiver: receiverOf(level),
    template: rule.template,
    groupId: null,
    groupLabels: { rule: rule.id },
    alerts: steps.map(({ alert }) => alert.told),
    news: new Set(),
    ruleIds: [],
    note,
  });
};

/**
 * Tells the levels that are due of alerts that are active and not muted; those of one rule on one level in one notice.
 * `isActive` also knows what this dispatch has changed.
 */
export const ascend = (
  scene: Scene,
  plan: Plan,
  isActive: (alert: SceneAlert) => boolean,
): void => {
  const byRule = new Map<string, SceneAlert[]>();
  for (const alert of scene.alerts) {
    if (!alert.isOpen || alert.mutes.length > 0 || alert.rule.levels === null) continue;
    if (isActive(alert)) byRule.set(alert.rule.id, [...(byRule.get(alert.rule.id) ?? []), alert]);
  }
  for (const [ruleId, alerts] of byRule) {
    const levels = levelsOf(alerts[0]?.rule.levels);
    if (levels === null) {
      plan.problems.push(
        `rule ${ruleId} of ${scene.tenantId} escalates nothing: write the levels of its policy as [{"after_minutes", "channels", "recipients"}]`,
      );
      continue;
    }
    const steps = alerts.flatMap(
      (alert) => stepOf(alert, scene.climbs.get(alert.id), { levels, now: plan.now }) ?? [],
    );
    for (const [place, level] of levels.entries())
      announceLevel(
        scene,
        plan,
        level,
        steps.filter((step) => step.level === place + 1),
      );
  }
};
