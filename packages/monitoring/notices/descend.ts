import { lineOf } from './ascend.ts';
import { announce, type Plan } from './plan.ts';
import { destinationsOf, hashOf, type Destination } from './receiver.ts';
import type { Scene, SceneAlert } from './scene.ts';

type News = { readonly to: Destination; readonly alerts: SceneAlert[] };

const keyOf = (name: string, { channel, recipient }: Destination): string =>
  JSON.stringify([name, channel, recipient]);

// What groups have still to tell the end of, and whom, before this dispatch tells anything.
const owedByGroups = ({ groups }: Scene): ReadonlySet<string> =>
  new Set(
    [...groups.values()].flatMap(({ firing, stale, destinations }) =>
      destinationsOf(destinations).flatMap((to) =>
        [...firing, ...stale].map((series) => keyOf(series, to)),
      ),
    ),
  );

const byRuleAndDestination = (scene: Scene): News[] => {
  const owed = owedByGroups(scene);
  const news = new Map<string, News>();
  for (const { alert, destinations } of scene.ends)
    for (const to of destinations) {
      if (alert.mutes.length > 0 || owed.has(keyOf(alert.series, to))) continue;
      const key = keyOf(alert.rule.id, to);
      const entry = news.get(key) ?? { to, alerts: [] };
      news.set(key, entry);
      entry.alerts.push(alert);
    }
  return [...news.values()];
};

/**
 * Tells the end of alerts to those whom levels of escalation told that they fire, once and however they ended: a pager would
 * keep its incident open for ever. Who hears of it as the receiver of a group is not told twice; what ended while it is muted
 * is told after.
 */
export const descend = (scene: Scene, plan: Plan): void => {
  if (scene.ends.length === 0) return;
  const { tenantId } = scene;
  for (const { alert } of scene.ends)
    if (alert.mutes.length === 0) plan.ended.push({ tenantId, id: alert.id });
  for (const { to, alerts } of byRuleAndDestination(scene)) {
    const [first] = alerts;
    if (first === undefined) continue;
    const { rule } = first;
    const ids = alerts.map(({ id }) => id).toSorted();
    announce(plan, {
      tenantId,
      kind: 'resolved',
      decision: `escalation-end:${rule.id}:${hashOf(...ids)}`,
      receiver: { destinations: [to], missing: [] },
      template: rule.template,
      groupId: lineOf(rule.id),
      groupLabels: { rule: rule.id },
      alerts: alerts.map(({ told }) => told),
      news: new Set(ids),
      ruleIds: [],
      note: 'the end of what was escalated to you',
    });
  }
};
