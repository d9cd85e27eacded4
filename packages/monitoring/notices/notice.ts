import type { Labels } from '../alerts/sample.ts';
import type { Content, ToldAlert } from './content.ts';
import { hashOf, type Receiver } from './receiver.ts';

/** What is to be told to a receiver. */
export type Announcement = {
  readonly tenantId: string;
  readonly kind: Content['kind'];
  /** What is decided: the same decision has the same key, and is told once. */
  readonly decision: string;
  readonly receiver: Receiver;
  readonly template: string | null;
  readonly groupId: string | null;
  readonly groupLabels: Labels;
  readonly alerts: readonly ToldAlert[];
  /** Those of the alerts that are why it is told: they stand first. */
  readonly news: ReadonlySet<string>;
  /** Rules whose alerts newly fire in it. */
  readonly ruleIds: readonly string[];
  readonly note: string | null;
};

/** A row of the outbox. */
export type Notice = {
  readonly tenant_id: string;
  readonly id: string;
  readonly dedup_key: string;
  readonly kind: Content['kind'];
  readonly channel: string;
  readonly recipient: string;
  readonly group_id: string | null;
  readonly alert_ids: readonly string[];
  readonly rule_ids: readonly string[];
  readonly content: Content;
  readonly problem: string | null;
};

const mostAlerts = 20;
const severities = ['debug', 'info', 'warning', 'error', 'fatal', 'critical'];
const badness = (severity: string): number => severities.indexOf(severity);

const placeOf = ({ id, state }: ToldAlert, news: ReadonlySet<string>): number => {
  if (!news.has(id)) return 2;
  return state === 'firing' ? 0 : 1;
};

const ranked = (alerts: readonly ToldAlert[], news: ReadonlySet<string>): ToldAlert[] =>
  alerts.toSorted(
    (a, b) =>
      placeOf(a, news) - placeOf(b, news) ||
      badness(b.severity) - badness(a.severity) ||
      b.triggered_at.localeCompare(a.triggered_at) ||
      a.id.localeCompare(b.id),
  );

const worstOf = (alerts: readonly ToldAlert[]): string =>
  alerts.reduce(
    (worst, { severity }) => (badness(severity) > badness(worst) ? severity : worst),
    'debug',
  );

/** What a notice tells: what newly fires first, then what newly ended, then the rest; of each the worst and newest. */
export const contentOf = (said: Announcement): Content => {
  const alerts = ranked(said.alerts, said.news);
  return {
    kind: said.kind,
    severity: worstOf(alerts),
    template: said.template,
    group_labels: said.groupLabels,
    alerts: alerts.slice(0, mostAlerts),
    more: Math.max(0, alerts.length - mostAlerts),
    note: said.note,
  };
};

const nobody = 'nobody';

/** The notices of an announcement: one for each destination, and for each channel without one that says what is missing. */
export const noticesOf = (said: Announcement): Notice[] => {
  const content = contentOf(said);
  const row = (channel: string, recipient: string, problem: string | null): Notice => {
    const dedupKey = `${said.decision}:${channel}:${recipient}`;
    return {
      tenant_id: said.tenantId,
      id: `ntc_${hashOf(said.tenantId, dedupKey)}`,
      dedup_key: dedupKey,
      kind: said.kind,
      channel,
      recipient,
      group_id: said.groupId,
      alert_ids: said.alerts.map(({ id }) => id),
      rule_ids: said.ruleIds,
      content,
      problem,
    };
  };
  const { destinations, missing } = said.receiver;
  return [
    ...destinations.map(({ channel, recipient }) => row(channel, recipient, null)),
    ...missing.map((channel) =>
      row(
        channel,
        nobody,
        `nobody is named for ${channel}: add recipients.${channel} where it is chosen`,
      ),
    ),
  ];
};
