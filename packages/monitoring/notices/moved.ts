import { announce, type GroupRow, type Plan } from './plan.ts';
import { hashOf, type Destination } from './receiver.ts';
import type { Scene, SceneAlert } from './scene.ts';

const keyOf = ({ channel, recipient }: Destination): string => JSON.stringify([channel, recipient]);

/**
 * The alerts of series that a group told to fire and that belong to it no more, because their rule tells others by now,
 * nobody, or groups by other labels.
 */
export const movedFrom = (
  row: Pick<GroupRow, 'firing' | 'stale'>,
  own: ReadonlyMap<string, SceneAlert>,
  all: ReadonlyMap<string, SceneAlert>,
): SceneAlert[] =>
  [...new Set([...row.firing, ...row.stale])].flatMap((series) =>
    own.has(series) ? [] : (all.get(series) ?? []),
  );

/** Tells the end of moved alerts to those who heard of their beginning and whom the rule tells no more. */
export const tellMoved = (
  scene: Scene,
  plan: Plan,
  { row, ended }: { readonly row: GroupRow; readonly ended: readonly SceneAlert[] },
): void => {
  for (const to of row.destinations) {
    const left = ended.filter(
      ({ rule }) => !rule.receiver.destinations.some((other) => keyOf(other) === keyOf(to)),
    );
    const [first] = left;
    if (first === undefined) continue;
    announce(plan, {
      tenantId: scene.tenantId,
      kind: 'resolved',
      decision: `moved:${row.id}:${row.opened_at.toISOString()}:${hashOf(...left.map(({ id }) => id).toSorted())}`,
      receiver: { destinations: [to], missing: [] },
      template: first.rule.template,
      groupId: row.id,
      groupLabels: row.labels,
      alerts: left.map(({ told }) => told),
      news: new Set(left.map(({ id }) => id)),
      ruleIds: [],
      note: 'the rule tells others by now: this is the end of what it told you before',
    });
  }
};
