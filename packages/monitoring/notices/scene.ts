import type { RowOf } from '@rookery/db/statement';
import type { readUntoldPagers } from './acknowledged.sql.ts';
import type { Labels } from '../alerts/sample.ts';
import type { ToldAlert } from './content.ts';
import type { readAlerts, readGroups, readRules } from './dispatch.sql.ts';
import type { readClimbs, readEnds } from './escalation.sql.ts';
import type { Standing } from './group.ts';
import { mutesOf, seenLabels, type Mute, type Muting } from './mute.ts';
import {
  destinationsOf,
  groupIdOf,
  groupLabelsOf,
  receiverOf,
  type Destination,
  type Receiver,
} from './receiver.ts';

/** A rule with whom it tells. */
export type SceneRule = RowOf<(typeof readRules)['columns']> & { readonly receiver: Receiver };

/** A group as the database holds it. */
export type SceneGroup = RowOf<(typeof readGroups)['columns']>;

/** How far an alert is escalated, as the database holds it. */
export type SceneClimb = RowOf<(typeof readClimbs)['columns']>;

/** A pager that is to hear of an acknowledgement, as the database holds it. */
export type ScenePager = RowOf<(typeof readUntoldPagers)['columns']>;

/** An alert with its rule, what mutes it, and the group it belongs to. */
export type SceneAlert = {
  readonly id: string;
  readonly rule: SceneRule;
  /** Hash of the labels, a colon, rule: the same for all alerts of a series. */
  readonly series: string;
  readonly status: string;
  readonly isOpen: boolean;
  readonly isOverRate: boolean;
  readonly mutes: readonly Mute[];
  readonly groupId: string | null;
  readonly groupLabels: Labels;
  readonly writtenGroupId: string | null;
  readonly triggeredAt: Date;
  readonly told: ToldAlert;
};

/** An alert that is over, and whom its levels of escalation told that it fires. */
export type SceneEnd = {
  readonly alert: SceneAlert;
  readonly destinations: readonly Destination[];
};

/** All of one tenant that a dispatch looks at. */
export type Scene = {
  readonly tenantId: string;
  readonly now: Date;
  readonly alerts: readonly SceneAlert[];
  readonly rules: readonly SceneRule[];
  readonly groups: ReadonlyMap<string, SceneGroup>;
  readonly climbs: ReadonlyMap<string, SceneClimb>;
  readonly ends: readonly SceneEnd[];
  readonly muting: Muting;
  /** Series whose acknowledgement has just lapsed. */
  readonly lapsed: ReadonlySet<string>;
  /** Pagers that wait to hear that an alert is acknowledged. */
  readonly pagers: readonly ScenePager[];
};

type AlertRow = RowOf<(typeof readAlerts)['columns']>;
type EndRow = RowOf<(typeof readEnds)['columns']>;
type RuleRow = RowOf<(typeof readRules)['columns']>;

/** What the statements of a dispatch returned, of one tenant. */
export type Rows = {
  readonly alerts: readonly AlertRow[];
  readonly rules: readonly RuleRow[];
  readonly groups: readonly SceneGroup[];
  readonly climbs: readonly SceneClimb[];
  readonly ends: readonly EndRow[];
  readonly lapsed: ReadonlySet<string>;
  readonly pagers: readonly ScenePager[];
};

/** The name of a series within its tenant, as groups remember it; readAlerts takes it apart. */
export const seriesOf = (row: { readonly fingerprint: string; readonly rule_id: string }): string =>
  `${row.fingerprint}:${row.rule_id}`;

/** How an alert stands for its group. */
export const standingOf = ({ mutes, isOpen, status }: SceneAlert): Standing => {
  if (mutes.length > 0) return 'muted';
  if (!isOpen) return 'ended';
  if (status === 'suppressed') return 'held';
  return status === 'acknowledged' ? 'acknowledged' : 'firing';
};

const textsOf = (labels: unknown): Labels =>
  typeof labels === 'object' && labels !== null
    ? Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]))
    : {};

const toldOf = (row: AlertRow, labels: Labels, rule: RuleRow): ToldAlert => ({
  id: row.id,
  rule_id: row.rule_id,
  rule_name: rule.name,
  severity: row.severity,
  state: row.is_open ? 'firing' : 'resolved',
  message: row.message,
  metric_name: rule.metric_name,
  labels,
  value: Number.isFinite(row.value) ? row.value : null,
  threshold: row.threshold,
  triggered_at: row.triggered_at.toISOString(),
  resolved_at: row.resolved_at?.toISOString() ?? null,
});

const tellsSomebody = ({ destinations, missing }: Receiver): boolean =>
  destinations.length + missing.length > 0;

type Known = {
  readonly row: AlertRow;
  readonly rule: SceneRule;
  readonly own: Labels;
  readonly seen: Labels;
};

const alertOf = ({ row, rule, own, seen }: Known, mutes: readonly Mute[]): SceneAlert => {
  const groupLabels = groupLabelsOf(rule.group_by, seen);
  return {
    id: row.id,
    rule,
    series: seriesOf(row),
    status: row.status,
    isOpen: row.is_open,
    isOverRate: row.is_over_rate,
    mutes,
    groupId: tellsSomebody(rule.receiver)
      ? groupIdOf(rule.receiver, rule.template, groupLabels)
      : null,
    groupLabels,
    writtenGroupId: row.group_id,
    triggeredAt: row.triggered_at,
    told: toldOf(row, own, rule),
  };
};

const knownOf = (row: AlertRow, rules: ReadonlyMap<string, SceneRule>): Known | null => {
  const rule = rules.get(row.rule_id);
  if (rule === undefined) return null;
  const own = textsOf(row.labels);
  const { name, metric_name } = rule;
  return {
    row,
    rule,
    own,
    seen: seenLabels({ ...row, rule_name: name, metric_name, labels: own }),
  };
};

/** Puts the rows of a tenant together. An alert that two groups owe its end to is there once. */
export const sceneOf = (tenantId: string, now: Date, rows: Rows, muting: Muting): Scene => {
  const rules = new Map(rows.rules.map((row) => [row.id, { ...row, receiver: receiverOf(row) }]));
  const known = new Map<string, Known>();
  for (const row of rows.alerts) {
    const one = knownOf(row, rules);
    if (one !== null) known.set(row.id, one);
  }
  const open = [...known.values()].filter(({ row }) => row.is_open);
  const why = mutesOf(
    muting,
    open.map(({ row, seen }) => ({ id: row.id, labels: seen })),
  );
  const seen = (one: Known): SceneAlert => alertOf(one, why({ id: one.row.id, labels: one.seen }));
  return {
    tenantId,
    now,
    alerts: [...known.values()].map(seen),
    rules: [...rules.values()],
    groups: new Map(rows.groups.map((group) => [group.id, group])),
    climbs: new Map(rows.climbs.map((climb) => [climb.alert_id, climb])),
    ends: rows.ends.flatMap(({ destinations, ...row }) => {
      const one = knownOf({ ...row, is_open: false }, rules);
      return one === null ? [] : [{ alert: seen(one), destinations: destinationsOf(destinations) }];
    }),
    muting,
    lapsed: rows.lapsed,
    pagers: rows.pagers,
  };
};
