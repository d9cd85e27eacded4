import { matches, type Matcher } from '../alerts/matcher.ts';
import type { Labels } from '../alerts/sample.ts';

/** What keeps people from being told of alerts, of one tenant at one moment. */
export type Muting = {
  readonly silences: readonly Silence[];
  readonly inhibitions: readonly Inhibition[];
  /** Services under maintenance, with those that depend on them, and the name of the window. */
  readonly maintenance: ReadonlyMap<string, string>;
};

/** A silence that is in force. */
export type Silence = {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly comment: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly remindedAt: Date | null;
};

/** While an alert of the source fires, those of the target are not told. */
export type Inhibition = {
  readonly id: string;
  readonly name: string;
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
};

/** Why an alert is not told: by what (of maintenance the name of the window), and in words. */
export type Mute = {
  readonly by: 'silence' | 'inhibition' | 'maintenance';
  readonly id: string;
  readonly reason: string;
};

/** An alert as matchers see it. */
export type Seen = { readonly id: string; readonly labels: Labels };

/** What names the service of an alert. */
const serviceLabel = 'service_id';

const valuesOf = (names: readonly string[], labels: Labels): string =>
  JSON.stringify(names.map((name) => (Object.hasOwn(labels, name) ? labels[name] : '')));

/**
 * The labels that matchers see: the alert's own, and rule, rule_name, severity, metric and tenant, which nobody can fake.
 */
export const seenLabels = (alert: {
  readonly tenant_id: string;
  readonly rule_id: string;
  readonly rule_name: string;
  readonly severity: string;
  readonly metric_name: string;
  readonly labels: Labels;
}): Labels => ({
  ...alert.labels,
  rule: alert.rule_id,
  rule_name: alert.rule_name,
  severity: alert.severity,
  metric: alert.metric_name,
  tenant: alert.tenant_id,
});

type Inhibitor = (alert: Seen) => Mute | null;

/**
 * What one inhibition does while `open` alerts fire. As in Alertmanager a source counts even if it is muted itself, or
 * nobody is to be told of it, and alerts that are on both sides do not inhibit each other.
 */
const inhibitorOf = (inhibition: Inhibition, open: readonly Seen[]): Inhibitor => {
  const any = new Map<string, Seen>();
  const oneSided = new Map<string, Seen>();
  for (const alert of open) {
    if (!matches(inhibition.source, alert.labels)) continue;
    const key = valuesOf(inhibition.equal, alert.labels);
    if (!any.has(key)) any.set(key, alert);
    if (!matches(inhibition.target, alert.labels) && !oneSided.has(key)) oneSided.set(key, alert);
  }
  return (alert) => {
    if (any.size === 0 || !matches(inhibition.target, alert.labels)) return null;
    const sources = matches(inhibition.source, alert.labels) ? oneSided : any;
    const source = sources.get(valuesOf(inhibition.equal, alert.labels));
    if (source === undefined) return null;
    const reason = `inhibited by alert ${source.id}, as ${inhibition.name} says, while that fires`;
    return { by: 'inhibition', id: inhibition.id, reason };
  };
};

/** Tells of alerts why they are muted, given all alerts of the tenant that fire; nothing: they are not. */
export const mutesOf = (muting: Muting, open: readonly Seen[]): ((alert: Seen) => Mute[]) => {
  const inhibitors = muting.inhibitions.map((inhibition) => inhibitorOf(inhibition, open));
  return (alert) => {
    const mutes: Mute[] = muting.silences
      .filter(({ matchers }) => matches(matchers, alert.labels))
      .map(({ id, comment, endsAt }) => ({
        by: 'silence',
        id,
        reason: `silenced until ${endsAt.toISOString()}: ${comment}`,
      }));
    mutes.push(...inhibitors.flatMap((inhibitor) => inhibitor(alert) ?? []));
    const window = muting.maintenance.get(alert.labels[serviceLabel] ?? '');
    if (window !== undefined)
      mutes.push({
        by: 'maintenance',
        id: window,
        reason: `its service is under maintenance: ${window}`,
      });
    return mutes;
  };
};
