import type { Labels } from '../alerts/sample.ts';
import type { Content, ToldAlert } from './content.ts';
import { hashOf, type Destination, type Receiver } from './receiver.ts';

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

const contentWith = (said: Announcement, alerts: readonly ToldAlert[], more: number): Content => ({
  kind: said.kind,
  severity: worstOf(said.alerts),
  template: said.template,
  group_labels: said.groupLabels,
  alerts,
  more,
  note: said.note,
});

/** What a notice tells: what newly fires first, then what newly ended, then the rest; of each the worst and newest. */
const contentOf = (said: Announcement): Content =>
  contentWith(
    said,
    ranked(said.alerts, said.news).slice(0, mostAlerts),
    Math.max(0, said.alerts.length - mostAlerts),
  );

// Pagerduty opens and closes an incident for each alert: one that is only counted is never called out, or never closed. What
// is repeated has its incident.
const contentsOf = (said: Announcement, channel: string): Content[] => {
  if (channel !== 'pagerduty' || said.kind === 'repeat' || said.alerts.length <= mostAlerts)
    return [contentOf(said)];
  const alerts = ranked(said.alerts, said.news);
  return Array.from({ length: Math.ceil(alerts.length / mostAlerts) }, (_, part) =>
    contentWith(said, alerts.slice(part * mostAlerts, (part + 1) * mostAlerts), 0),
  );
};

const nobody = 'nobody';

/**
 * The notices of an announcement: one for each destination, for pagerduty one for each 20 alerts, and for each channel
 * without one that says what is missing.
 */
export const noticesOf = (said: Announcement): Notice[] => {
  const rowOf = (
    { channel, recipient }: Destination,
    problem: string | null,
    {
      content,
      part,
      isPart,
    }: { readonly content: Content; readonly part: number; readonly isPart: boolean },
  ): Notice => {
    const dedupKey = `${said.decision}:${channel}:${recipient}${part === 0 ? '' : `:${part}`}`;
    return {
      tenant_id: said.tenantId,
      id: `ntc_${hashOf(said.tenantId, dedupKey)}`,
      dedup_key: dedupKey,
      kind: said.kind,
      channel,
      recipient,
      group_id: said.groupId,
      alert_ids: (isPart ? content.alerts : said.alerts).map(({ id }) => id),
      rule_ids: said.ruleIds,
      content,
      problem,
    };
  };
  const rows = (to: Destination, problem: string | null): Notice[] => {
    const contents = contentsOf(said, to.channel);
    const isPart = contents.length > 1;
    return contents.map((content, part) => rowOf(to, problem, { content, part, isPart }));
  };
  const { destinations, missing } = said.receiver;
  return [
    ...destinations.flatMap((to) => rows(to, null)),
    ...missing.flatMap((channel) =>
      rows(
        { channel, recipient: nobody },
        `nobody is named for ${channel}: add recipients.${channel} where it is chosen`,
      ),
    ),
  ];
};
