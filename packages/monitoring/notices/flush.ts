import type { Allowances } from './digest.ts';
import { freshOf, look, type Decision, type Standing, type Told } from './group.ts';
import { movedFrom, tellMoved } from './moved.ts';
import { announce, type GroupRow, type Plan } from './plan.ts';
import { destinationsOf } from './receiver.ts';
import { standingOf, type Scene, type SceneAlert } from './scene.ts';

/** A look at one group: its row before anything is told in this dispatch, and its alerts by series. */
type Round = {
  readonly scene: Scene;
  readonly plan: Plan;
  readonly row: GroupRow;
  readonly alerts: ReadonlyMap<string, SceneAlert>;
  /** Alerts that it told of and that belong to another group by now. */
  readonly moved: readonly SceneAlert[];
  readonly standings: Map<string, Standing>;
};

const msPerSecond = 1000;

type Timing = 'group_wait_seconds' | 'group_interval_seconds' | 'repeat_interval_seconds';

// Rules that share a group may differ: the most impatient of those that something is open of decides.
const shortestMs = (alerts: Iterable<SceneAlert>, timing: Timing): number => {
  const all = [...alerts];
  const open = all.filter(({ isOpen }) => isOpen);
  const seconds = (open.length > 0 ? open : all).map(({ rule }) => rule[timing]);
  return seconds.length === 0 ? 0 : seconds.reduce((a, b) => Math.min(a, b)) * msPerSecond;
};

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

// A group that alerts open late, as after a cool-down, has waited long enough.
const opened = (scene: Scene, id: string, alerts: readonly SceneAlert[]): GroupRow | null => {
  const openers = alerts.filter(({ isOpen, status }) => isOpen && status !== 'suppressed');
  const [first] = openers;
  if (first === undefined) return null;
  const since = openers.map(({ triggeredAt }) => triggeredAt).reduce((a, b) => (a < b ? a : b));
  const { now, tenantId } = scene;
  return {
    tenant_id: tenantId,
    id,
    labels: first.groupLabels,
    opened_at: now,
    next_flush_at: later(since < now ? since : now, shortestMs(openers, 'group_wait_seconds')),
    sent_at: null,
    firing: [],
    stale: [],
    destinations: first.rule.receiver.destinations,
  };
};

/** What a group knows with what this dispatch already told of it, and without what it has to tell again. */
const known = (row: GroupRow, digested: readonly string[], lapsed: ReadonlySet<string>): Told => {
  const isTold = new Set(digested);
  const firing = [...new Set([...row.firing, ...digested])].filter((name) => !lapsed.has(name));
  const again = row.firing.filter((name) => lapsed.has(name));
  return {
    sentAt: row.sent_at,
    firing,
    stale: [...new Set([...row.stale, ...again])].filter((name) => !isTold.has(name)),
  };
};

// Takes one of each rule's allowance, and holds the alerts of rules back that have none left.
const limit = ({ scene, plan, alerts, standings }: Round, told: Told, allowances: Allowances) => {
  const allowed = new Map<string, boolean>();
  for (const name of freshOf(told, standings)) {
    const alert = alerts.get(name);
    if (alert === undefined) continue;
    const ruleId = alert.rule.id;
    const left = allowances.get(ruleId) ?? 0;
    if (!allowed.has(ruleId)) {
      allowed.set(ruleId, left > 0);
      if (left > 0) allowances.set(ruleId, left - 1);
    }
    if (allowed.get(ruleId) === true) continue;
    standings.set(name, 'held');
    plan.heldBack.push({ tenantId: scene.tenantId, id: alert.id });
  }
};

const tell = ({ scene, plan, row, alerts }: Round, decision: Decision): void => {
  if (decision.kind === null) return;
  const of = (names: readonly string[]) => names.flatMap((name) => alerts.get(name) ?? []);
  const [fresh, told] = [of(decision.fresh), of([...decision.listed, ...decision.resolved])];
  const [first] = told;
  if (first === undefined) return;
  announce(plan, {
    tenantId: scene.tenantId,
    kind: decision.kind,
    decision: `group:${row.id}:${row.opened_at.toISOString()}:${row.sent_at?.toISOString() ?? 'first'}`,
    receiver: first.rule.receiver,
    template: first.rule.template,
    groupId: row.id,
    groupLabels: row.labels,
    alerts: told.map((alert) => alert.told),
    news: new Set([...fresh, ...of(decision.resolved)].map(({ id }) => id)),
    ruleIds: [...new Set(fresh.map(({ rule }) => rule.id))].toSorted(),
    note: null,
  });
};

// What went on in another group is told there; who is told nothing there hears of the end here.
const follow = ({ scene, plan, row, moved, standings }: Round, told: Told): Told => {
  const ended = moved.filter((alert) => standingOf(alert) === 'ended');
  tellMoved(scene, plan, { row, ended });
  for (const alert of moved)
    standings.set(alert.series, standingOf(alert) === 'muted' ? 'muted' : 'acknowledged');
  const isOver = new Set(ended.map(({ series }) => series));
  const rest = (all: readonly string[]) => all.filter((name) => !isOver.has(name));
  return { ...told, firing: rest(told.firing), stale: rest(told.stale) };
};

const flush = (round: Round, before: Told, allowances: Allowances): void => {
  const { plan, row, alerts, moved, standings } = round;
  const told = follow(round, before);
  limit(round, told, allowances);
  const repeatMs = shortestMs(alerts.values(), 'repeat_interval_seconds');
  const decision = look(told, standings, { repeatMs, now: plan.now });
  tell(round, decision);
  const isOpen = [...alerts.values()].some((alert) => alert.isOpen);
  const owes = decision.firing.length + decision.stale.length > 0;
  if (decision.kind === null && !isOpen && !owes) {
    plan.removed.push({ tenantId: row.tenant_id, id: row.id });
    return;
  }
  plan.groups.push({
    ...row,
    // From now on, not from when it was due: who comes late tells once.
    next_flush_at: later(
      plan.now,
      shortestMs([...alerts.values(), ...moved], 'group_interval_seconds'),
    ),
    sent_at: decision.kind === null ? told.sentAt : plan.now,
    firing: decision.firing,
    stale: decision.stale,
  });
};

const membersOf = ({ alerts }: Scene): Map<string, SceneAlert[]> => {
  const members = new Map<string, SceneAlert[]>();
  for (const alert of alerts) {
    if (alert.groupId === null) continue;
    const list = members.get(alert.groupId);
    if (list === undefined) members.set(alert.groupId, [alert]);
    else list.push(alert);
  }
  return members;
};

/**
 * Looks at the groups of a tenant that are due, opens those that are missing, and remembers what `digested`, ids of alerts
 * that a digest told of, changes in the others.
 */
export const flushGroups = (
  scene: Scene,
  plan: Plan,
  { allowances, digested }: { allowances: Allowances; digested: ReadonlySet<string> },
): void => {
  const members = membersOf(scene);
  const all = new Map(scene.alerts.map((alert) => [alert.series, alert]));
  for (const id of [...new Set([...scene.groups.keys(), ...members.keys()])].toSorted()) {
    const own = members.get(id) ?? [];
    const written = scene.groups.get(id);
    const row =
      written === undefined
        ? opened(scene, id, own)
        : {
            ...written,
            labels: own[0]?.groupLabels ?? {},
            destinations:
              own[0]?.rule.receiver.destinations ?? destinationsOf(written.destinations),
          };
    if (row === null) continue;
    const tells = own.filter((alert) => digested.has(alert.id)).map(({ series }) => series);
    const told = known(row, tells, scene.lapsed);
    const after = tells.length > 0 ? { ...told, sentAt: plan.now } : told;
    const standings = new Map(
      own.map((alert) => [
        alert.series,
        digested.has(alert.id) ? ('firing' as const) : standingOf(alert),
      ]),
    );
    const alerts = new Map(own.map((alert) => [alert.series, alert]));
    if (row.next_flush_at <= plan.now)
      flush(
        { scene, plan, row, alerts, moved: movedFrom(row, alerts, all), standings },
        after,
        allowances,
      );
    else if (
      written === undefined ||
      tells.length > 0 ||
      own.some(({ series }) => scene.lapsed.has(series))
    )
      plan.groups.push({ ...row, sent_at: after.sentAt, firing: after.firing, stale: after.stale });
  }
};
