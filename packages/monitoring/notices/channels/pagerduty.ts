import { seriesKey } from '../../alerts/judge.ts';
import type { Content, ToldAlert } from '../content.ts';
import { hashOf } from '../receiver.ts';
import { wordsOf } from '../template.ts';
import type { Outgoing, Parcel } from './outgoing.ts';

const severities: Readonly<Record<string, string>> = {
  debug: 'info',
  info: 'info',
  warning: 'warning',
  error: 'error',
  fatal: 'critical',
  critical: 'critical',
};

// https://developer.pagerduty.com/docs/events-api-v2/trigger-events: 1,024 characters of summary, 255 of dedup_key.
const summaryLength = 1_024;
const sourceLength = 255;

// Of the series and not of the alert: what ends may be a later alert than the one that was told to fire, when the series
// recovered and breached again between two looks at its group.
const incidentOf = (tenantId: string, { rule_id, labels }: ToldAlert): string =>
  `rookery/${tenantId}/${hashOf(rule_id, seriesKey(labels))}`;

const actionOf = (
  { kind }: Content,
  { state }: ToldAlert,
): 'trigger' | 'acknowledge' | 'resolve' => {
  if (state === 'resolved') return 'resolve';
  return kind === 'acknowledged' ? 'acknowledge' : 'trigger';
};

const eventOf = (parcel: Parcel, alert: ToldAlert): string => {
  const { content, tenantId, secrets, noticeId, dashboardUrl } = parcel;
  const words = wordsOf({ ...content, alerts: [alert], more: 0 }, dashboardUrl);
  const item = words.items[0];
  const action = actionOf(content, alert);
  return JSON.stringify({
    routing_key: secrets[0],
    event_action: action,
    dedup_key: incidentOf(tenantId, alert),
    ...(action !== 'trigger'
      ? {}
      : {
          client: 'Rookery',
          ...(item === undefined || item.link === null ? {} : { client_url: item.link }),
          payload: {
            summary: `${alert.rule_name}: ${alert.message}`.slice(0, summaryLength),
            source: (Object.values(alert.labels)[0] ?? tenantId).slice(0, sourceLength),
            severity: severities[alert.severity] ?? 'error',
            timestamp: alert.triggered_at,
            class: alert.metric_name,
            custom_details: {
              ...Object.fromEntries(item?.facts ?? []),
              labels: alert.labels,
              notice_id: noticeId,
              ...(content.more === 0 ? {} : { more_alerts: content.more }),
              ...(content.note === null ? {} : { note: content.note }),
            },
          },
        }),
  });
};

/**
 * A notice as events of the Events API v2, one for each alert: a series is one incident, whose key follows from rule and
 * labels, so that a second trigger adds to it and a second resolve finds it resolved.
 */
export const pagerduty = (parcel: Parcel): Outgoing => {
  const { content } = parcel;
  if (content.kind === 'reminder')
    return { by: 'nothing', why: 'a reminder is no incident: pagerduty is not told of it' };
  return { by: 'pagerduty', bodies: content.alerts.map((alert) => eventOf(parcel, alert)) };
};
