import type { Destination } from './receiver.ts';
import type { Silence } from './mute.ts';
import { announce, type Plan } from './plan.ts';
import type { Scene, SceneAlert } from './scene.ts';

const aheadMs = 30 * 60_000;

// One that was reminded of and made longer afterwards is reminded of again; a shorter one than this never is.
const isDue = ({ startsAt, endsAt, remindedAt }: Silence, now: Date): boolean => {
  const from = endsAt.getTime() - aheadMs;
  if (now.getTime() < from || startsAt.getTime() > from) return false;
  return remindedAt === null || remindedAt.getTime() < from;
};

const hiddenBy = ({ alerts }: Scene, silence: Silence): SceneAlert[] =>
  alerts.filter(
    ({ isOpen, status, mutes }) =>
      isOpen &&
      status === 'active' &&
      mutes.some(({ by, id }) => by === 'silence' && id === silence.id),
  );

const byDestination = (alerts: readonly SceneAlert[]) => {
  const all = new Map<string, { readonly to: Destination; readonly alerts: SceneAlert[] }>();
  for (const alert of alerts)
    for (const to of alert.rule.receiver.destinations) {
      const key = JSON.stringify([to.channel, to.recipient]);
      const entry = all.get(key) ?? { to, alerts: [] };
      all.set(key, entry);
      entry.alerts.push(alert);
    }
  return [...all.values()];
};

/** Reminds, once, of silences that end within half an hour while active alerts are under them: each receiver of its own. */
export const remind = (scene: Scene, plan: Plan): void => {
  for (const silence of scene.muting.silences) {
    if (!isDue(silence, plan.now)) continue;
    const told = byDestination(hiddenBy(scene, silence));
    if (told.length > 0) plan.reminded.push({ tenantId: scene.tenantId, id: silence.id });
    for (const { to, alerts } of told)
      announce(plan, {
        tenantId: scene.tenantId,
        kind: 'reminder',
        decision: `reminder:${silence.id}:${silence.endsAt.toISOString()}`,
        receiver: { destinations: [to], missing: [] },
        template: null,
        groupId: null,
        groupLabels: {},
        alerts: alerts.map((alert) => alert.told),
        news: new Set(),
        ruleIds: [],
        note: `the silence "${silence.comment}" ends at ${silence.endsAt.toISOString()}; then these are told`,
      });
  }
};
