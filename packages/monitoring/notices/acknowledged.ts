import { lineOf } from './ascend.ts';
import { announce, type Plan } from './plan.ts';
import type { Scene, SceneAlert } from './scene.ts';

const isOfGroup = ({ rule }: SceneAlert, recipient: string): boolean =>
  rule.receiver.destinations.some((to) => to.channel === 'pagerduty' && to.recipient === recipient);

/**
 * Tells the pagers that an alert somebody took on is his: they go on calling people by a clock of their own. People on other
 * channels are told nothing, for who acknowledged knows it.
 */
export const tellPagers = (scene: Scene, plan: Plan): void => {
  const byId = new Map(scene.alerts.map((alert) => [alert.id, alert]));
  for (const { alert_id: id, recipient, decision } of scene.pagers) {
    const alert = byId.get(id);
    if (alert === undefined) continue;
    announce(plan, {
      tenantId: scene.tenantId,
      kind: 'acknowledged',
      decision,
      receiver: { destinations: [{ channel: 'pagerduty', recipient }], missing: [] },
      template: alert.rule.template,
      // In the line of its group, or of the escalations: after the notice that it fires.
      groupId: isOfGroup(alert, recipient) ? alert.writtenGroupId : lineOf(alert.rule.id),
      groupLabels: alert.groupLabels,
      alerts: [alert.told],
      news: new Set(),
      ruleIds: [],
      note: null,
    });
  }
};
