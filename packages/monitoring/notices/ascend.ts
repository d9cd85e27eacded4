import { dueLevel, levelsOf, type Level } from './escalate.ts';
import { announce, type Plan } from './plan.ts';
import { hashOf, receiverOf } from './receiver.ts';
import type { Scene, SceneAlert, SceneClimb } from './scene.ts';

/** The line that notices of the escalations of a rule stand in: who is told of the end was told of the beginning before. */
export const lineOf = (ruleId: string): string => `esc_${hashOf(ruleId)}`;

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
  const receiver = receiverOf(level);
  const note = `nobody acknowledged: level ${first.level} of ${rule.policy_name ?? 'the policy'} is told`;
  for (const { alert, round } of steps)
    plan.escalated.push({
      tenantId: scene.tenantId,
      id: alert.id,
      level: first.level,
      round,
      note,
      destinations: receiver.destinations,
    });
  const who = hashOf(...steps.map(({ alert, round }) => `${alert.id}#${round}`).toSorted());
  announce(plan, {
    tenantId: scene.tenantId,
    kind: 'escalation',
    decision: `escalation:${rule.id}:${first.level}:${who}`,
    receiver,
    template: rule.template,
    groupId: lineOf(rule.id),
    groupLabels: { rule: rule.id },
    alerts: steps.map(({ alert }) => alert.told),
    news: new Set(),
    ruleIds: [],
    note,
  });
};

// The end of the alert before is told first: a pager takes a series for one incident, and both at once would close it.
const climbersOf = (scene: Scene): Map<string, SceneAlert[]> => {
  const byRule = new Map<string, SceneAlert[]>();
  const ending = new Set(
    scene.ends.filter(({ alert }) => alert.mutes.length === 0).map(({ alert }) => alert.series),
  );
  for (const alert of scene.alerts) {
    if (!alert.isOpen || alert.mutes.length > 0 || alert.rule.levels === null) continue;
    if (ending.has(alert.series)) continue;
    byRule.set(alert.rule.id, [...(byRule.get(alert.rule.id) ?? []), alert]);
  }
  return byRule;
};

/** The alerts whose next level is due by the clock: whether nobody took them on meanwhile is another matter. */
export const dueClimbers = (scene: Scene): SceneAlert[] =>
  [...climbersOf(scene).values()].flatMap((alerts) => {
    const levels = levelsOf(alerts[0]?.rule.levels) ?? [];
    return alerts.filter(
      (alert) => stepOf(alert, scene.climbs.get(alert.id), { levels, now: scene.now }) !== null,
    );
  });

/**
 * Tells the levels that are due of alerts that are active and not muted; those of one rule on one level in one notice.
 * `isActive` also knows what this dispatch has changed.
 */
export const ascend = (
  scene: Scene,
  plan: Plan,
  isActive: (alert: SceneAlert) => boolean,
): void => {
  for (const [ruleId, climbers] of climbersOf(scene)) {
    const alerts = climbers.filter(isActive);
    const [first] = alerts;
    if (first === undefined) continue;
    const levels = levelsOf(first.rule.levels);
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
